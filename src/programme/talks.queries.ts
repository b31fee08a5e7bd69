import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import type { CancellationReason, TalkForm, TalkState } from './talks.contract.js';

export interface TalkRow {
  id: string;
  person_id: string;
  version: number;
  state: TalkState;
  planned_at: Date | null;
  held_on: string | null;
  form: TalkForm;
  summary: string | null;
  cancelled_because: CancellationReason | null;
}

const TALK = `
  t.id, t.refugee_id as person_id, v.basis, t.version, t.state, t.planned_at, t.held_on, t.form, t.summary, t.cancelled_because`;
const SEEN_TALK = `from talks t ${seenCase('t.refugee_id')}`;

/** `$3` talk. */
export const TALK_BY_ID = `select ${TALK} ${SEEN_TALK} where t.id = $3`;

/** Talks of a case, `$3`, by the day they were held or else are planned for. */
export const TALKS = {
  name: 'talks.list',
  select: TALK,
  from: `${SEEN_TALK} where t.refugee_id = $3`,
  sorts: {
    onDay: {
      sql: `coalesce(t.held_on, (t.planned_at at time zone 'Europe/Copenhagen')::date)`,
      type: 'date',
    },
  },
  first: '-onDay',
  id: { sql: 't.id', type: 'uuid' },
} satisfies List;

/** Whose talk it is, when the actor sees the case: `$1` actor, `$2` talk. */
export const PERSON_OF_TALK = `select t.refugee_id ${SEEN_TALK} where t.id = $2`;
