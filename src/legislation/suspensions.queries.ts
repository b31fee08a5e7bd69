import type { List } from '../platform/http/paging.js';
import type { Suspension } from './rule-book.js';

export interface SuspensionRow extends Suspension {
  legalBasis: string;
  source: string;
  confidence: 'H' | 'M' | 'L';
  withdrawnAt: Date | null;
}

const SUSPENSION = `
  s.id, s.rule_keys as "ruleKeys", s.from_on as "fromOn", s.to_on as "toOn", s.legal_basis as "legalBasis", s.source,
  s.confidence, s.withdrawn_at as "withdrawnAt"`;

export const SUSPENSIONS = {
  name: 'deadline_suspensions.list',
  select: SUSPENSION,
  from: 'from deadline_suspensions s where true',
  sorts: { fromOn: { sql: 's.from_on', type: 'date' } },
  first: '-fromOn',
  id: { sql: 's.id', type: 'uuid' },
} satisfies List;

export const SUSPENSION_BY_ID = `select ${SUSPENSION} from deadline_suspensions s where s.id = $1`;

export const SUSPENSIONS_IN_FORCE = `
  select id, rule_keys as "ruleKeys", from_on as "fromOn", to_on as "toOn" from deadline_suspensions where withdrawn_at is null`;

/** The keys of `$1` that no rule has. */
export const UNKNOWN_KEYS = `
  select key from unnest($1::text[]) as asked(key)
  where not exists (select from legislation_rules l where l.key = asked.key)`;

/** `$1` id, `$2` keys, `$3` first day, `$4` last day or null, `$5` legal basis, `$6` source, `$7` confidence, `$8` who. */
export const INSERT_SUSPENSION = `
  insert into deadline_suspensions (id, rule_keys, from_on, to_on, legal_basis, source, confidence, added_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** `$1` id, `$2` last day: no row when it has ended or was withdrawn. */
export const END_SUSPENSION = `
  update deadline_suspensions set to_on = $2::date where id = $1 and to_on is null and withdrawn_at is null returning id`;

export const WITHDRAW_SUSPENSION = `
  update deadline_suspensions set withdrawn_at = clock_now() where id = $1 and withdrawn_at is null returning id`;
