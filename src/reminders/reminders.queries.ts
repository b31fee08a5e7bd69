import type { Rule } from '../legislation/rule-book.js';
import type { List } from '../platform/http/paging.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

const rulesOf = (ids: string): string => `
  (select coalesce(json_agg(json_build_object('id', l.id, 'key', l.key, 'operator', l.operator, 'value', l.value, 'unit', l.unit,
     'validFrom', nullif(l.valid_from, '-infinity'), 'validTo', l.valid_to, 'legalBasis', l.legal_basis, 'source', l.source,
     'confidence', l.confidence) order by l.key), '[]') from legislation_rules l where l.id = any(${ids}))`;

export interface FollowUpRow {
  id: string;
  key: string;
  practice: PracticeOfFollowUp | null;
  occurrence: number;
  subject_type: string;
  subject_id: string;
  refugee_id: string | null;
  given_names: string | null;
  family_name: string | null;
  state: string;
  rules: Rule[];
  assumed: string[];
  suspended: boolean;
  snoozed_until: string | null;
  escalates_on: string | null;
  earliest_on: string;
  target_on: string;
  latest_on: string;
  act_by: string;
  act_method: string;
  act_href: string;
  owner_id: string | null;
}

/** A follow-up in the history of its case: also how it came to where it is. */
export interface PastFollowUpRow extends FollowUpRow {
  planned_at: Date;
  ended_at: Date | null;
  ended_because: string | null;
  ended_subject_type: string | null;
  ended_subject_id: string | null;
  ended_rules: Rule[];
  superseded_by: string | null;
  moves: MoveRow[];
}

export interface MoveRow {
  at: string;
  because: string;
  becauseSubjectType: string | null;
  becauseSubjectId: string | null;
  fromTargetOn: string;
  fromLatestOn: string;
  toTargetOn: string;
  toLatestOn: string;
}

/** The next day on which somebody else is told, because the owner has not read the reminder. */
const ESCALATES_ON = `
  (select min(case m.escalated when 'deputy' then m.leader_on else m.deputy_on end) from reminders m
   where m.follow_up_id = f.id and m.recipient_id = f.owner_id and m.channel = 'in_app' and m.state in ('planned', 'sent')
     and m.read_at is null and m.escalated is distinct from 'leader')`;

/** What every list and read of follow-ups shows; the follow-up is `f`, its person `r`, the reader's sight `v`. */
export const FOLLOW_UP = `
  f.id, f.refugee_id as person_id, v.basis, f.key, ${PRACTICE} as practice, f.occurrence, f.subject_type, f.subject_id, f.refugee_id, r.given_names,
  r.family_name, f.state, ${rulesOf('f.rule_ids')} as rules, f.assumed, f.suspended, f.snoozed_until,
  case when f.state = 'open' then ${ESCALATES_ON} end as escalates_on, f.earliest_on, f.target_on, f.latest_on, f.act_by,
  f.act_method, f.act_href, f.owner_id`;

/** How a follow-up came to where it is. */
export const PAST = `
  f.planned_at, f.ended_at, f.ended_because, f.ended_subject_type, f.ended_subject_id,
  ${rulesOf('f.ended_rule_ids')} as ended_rules, f.superseded_by,
  (select coalesce(json_agg(json_build_object('at', m.at, 'because', m.because, 'becauseSubjectType', m.because_subject_type,
     'becauseSubjectId', m.because_subject_id, 'fromTargetOn', m.from_target_on, 'fromLatestOn', m.from_latest_on,
     'toTargetOn', m.to_target_on, 'toLatestOn', m.to_latest_on) order by m.at, m.id), '[]')
   from follow_up_moves m where m.follow_up_id = f.id) as moves`;

/** What an account has to do: `$1` actor, `$3` whether what is put off until later instead. */
export const MY_DAY = {
  name: 'my_day.list',
  select: FOLLOW_UP,
  from: `
    from follow_ups f
    left join refugees r on r.id = f.refugee_id
    ${seenCaseIfAny('f.refugee_id')}
    where f.owner_id = $1 and f.state = 'open' and not f.suspended
      and (coalesce(f.snoozed_until, '-infinity') > (select clock_today())) = $3::boolean
      and (f.refugee_id is null or v.basis is not null)`,
  sorts: { actBy: { sql: 'f.act_by', type: 'date' } },
  first: 'actBy',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;

/** Every follow-up of a case, also what ended and why: `$3` case. */
export const FOLLOW_UPS = {
  name: 'follow_ups.list',
  select: `${FOLLOW_UP}, ${PAST}`,
  from: `
    from visible_cases($1, clock_today()) v
    join refugees r on r.id = v.refugee_id
    join follow_ups f on f.refugee_id = r.id
    where r.id = $3`,
  sorts: { plannedAt: { sql: 'f.planned_at', type: 'timestamptz' } },
  first: '-plannedAt',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;

/** Some follow-ups the reader sees: `$3` ids. */
export const FOLLOW_UPS_BY_ID = `
  select ${FOLLOW_UP}
  from follow_ups f
  left join refugees r on r.id = f.refugee_id
  ${seenCaseIfAny('f.refugee_id')}
  where f.id = any($3::uuid[]) and (v.basis is not null or f.refugee_id is null and f.owner_id = $1)
  order by f.act_by, f.id`;
