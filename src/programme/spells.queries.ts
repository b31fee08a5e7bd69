import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import type { SpellKind } from './spells.contract.js';

export interface SpellRow {
  id: string;
  person_id: string;
  version: number;
  kind: SpellKind;
  from_on: string;
  to_on: string | null;
  employer: string | null;
  hours_per_week: number | null;
  source_type: string | null;
  source_id: string | null;
  withdrawn_at: Date | null;
}

const SPELL = `
  s.id, s.refugee_id as person_id, v.basis, s.version, s.kind, s.from_on, s.to_on, s.employer, s.hours_per_week,
  s.source_type, s.source_id, s.withdrawn_at`;
const SEEN_SPELL = `from spells s ${seenCase('s.refugee_id')}`;

/** `$3` spell. */
export const SPELL_BY_ID = `select ${SPELL} ${SEEN_SPELL} where s.id = $3`;

/** Spells of a case, `$3`, also those that were withdrawn. */
export const SPELLS = {
  name: 'spells.list',
  select: SPELL,
  from: `${SEEN_SPELL} where s.refugee_id = $3`,
  sorts: { fromOn: { sql: 's.from_on', type: 'date' } },
  first: '-fromOn',
  id: { sql: 's.id', type: 'uuid' },
} satisfies List;

/** Whose spell it is, when the actor sees the case: `$1` actor, `$2` spell. */
export const PERSON_OF_SPELL = `select s.refugee_id ${SEEN_SPELL} where s.id = $2`;

/** The first other spell in the days: `$1` person, `$2` this spell, `$3` kinds, `$4` first day, `$5` last day or null. */
export const SPELL_IN_THE_WAY = `
  select id, from_on from spells
  where refugee_id = $1 and id <> $2 and kind = any($3) and withdrawn_at is null
    and daterange(from_on, to_on, '[]') && daterange($4, $5, '[]')
  order by from_on limit 1`;

export const WITHDRAW_SPELL =
  'update spells set withdrawn_at = clock_now(), version = version + 1 where id = $1';
