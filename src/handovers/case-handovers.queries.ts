import type { Label } from '../competences/forms.contract.js';
import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import type { ReceiverRole } from './case-handovers.contract.js';

interface Person {
  id: string;
  name: string;
}

export interface CaseHandoverRow {
  id: string;
  refugee_id: string;
  to_role: ReceiverRole;
  outcome: 'accepted' | 'returned' | null;
  note: string | null;
  offered_by: Person;
  offered_at: Date;
  receiver: Person;
  form_version: number;
  answered: number;
  required: number;
  missing: Label[];
  decided_by: Person | null;
  decided_at: Date | null;
  questions: {
    id: string;
    field: string | null;
    label: Label | null;
    text: string;
    ended: boolean;
    answer: string | null;
    answeredBy: Person | null;
    answeredAt: string | null;
  }[];
}

/**
 * Whether question `q` of handover `h` is over: it was answered in words, or its field was answered in an assessment
 * after the return, known or asked and not known; what only came along from earlier answers nothing.
 */
export const ENDED = `(q.answered_at is not null or exists (
  select from form_fields asked
  join form_fields f on f.meaning = asked.meaning
  join assessment_answers an on (an.form_version, an.field) = (f.version, f.name)
  join assessments a on a.id = an.assessment_id
  where (asked.version, asked.name) = (q.form_version, q.field) and a.refugee_id = h.refugee_id
    and an.value <> 'null' and an.source <> 'earlier' and an.answered_at > h.decided_at))`;

const person = (table: string): string => `json_build_object('id', ${table}.id, 'name', ${table}.name)`;
const HANDOVER = `
  h.id, h.refugee_id, h.refugee_id as person_id, v.basis, h.to_role, h.outcome, h.note, h.offered_at,
  ${person('giver')} as offered_by, ${person('receiver')} as receiver, h.form_version, h.answered, h.required,
  (select coalesce(json_agg(f.label order by f.position), '[]') from form_fields f
   where f.version = h.form_version and f.name = any (h.missing)) as missing,
  case when decider.id is not null then ${person('decider')} end as decided_by, h.decided_at,
  (select coalesce(json_agg(json_build_object('id', q.id, 'field', q.field, 'label', f.label, 'text', q.text,
            'ended', ${ENDED}, 'answer', q.answer, 'answeredAt', q.answered_at,
            'answeredBy', case when b.id is not null then ${person('b')} end) order by q.position), '[]')
   from case_handover_questions q left join form_fields f on (f.version, f.name) = (q.form_version, q.field)
   left join staff_accounts b on b.id = q.answered_by where q.handover_id = h.id) as questions`;
const from = (caseId: string): string => `
  from case_handovers h ${seenCase(caseId)}
  join staff_accounts giver on giver.id = h.offered_by join staff_accounts receiver on receiver.id = h.receiver_id
  left join staff_accounts decider on decider.id = h.decided_by`;

/** `$3` handover. */
export const CASE_HANDOVER_BY_ID = `select ${HANDOVER} ${from('h.refugee_id')} where h.id = $3`;

/** Handovers of a case: `$3`. */
export const CASE_HANDOVERS = {
  name: 'case-handovers.list',
  select: HANDOVER,
  from: `${from('$3')} where h.refugee_id = $3`,
  sorts: { offeredAt: { sql: 'h.offered_at', type: 'timestamptz' } },
  first: '-offeredAt',
  id: { sql: 'h.id', type: 'uuid' },
} satisfies List;

/** Whose handover it is, when the actor sees the case: `$1` actor, `$2` handover. */
export const PERSON_OF_HANDOVER = `
  select h.refugee_id, h.to_role from case_handovers h ${seenCase('h.refugee_id')} where h.id = $2`;

/** Who holds a role of a case's team today, or else leads its unit: `$1` case, `$2` role. */
export const RECEIVER = `
  select coalesce(holder.id, leader.id) as id
  from refugees r join units u on u.id = r.unit_id
  left join staff_accounts leader on leader.id = u.leader_id and leader.disabled_at is null
  left join case_team t on t.refugee_id = r.id and t.role = $2
    and t.from_on <= clock_today() and clock_today() < coalesce(t.until_on, 'infinity')
  left join staff_accounts holder on holder.id = t.staff_id and holder.role = t.role and holder.disabled_at is null
  where r.id = $1`;

export interface StandingHandover {
  outcome: string | null;
  questions_open: boolean;
}

/** How the last offer of a case to a role stands: `$1` case, `$2` role. */
export const LAST_OFFER = `
  select h.outcome, exists (select from case_handover_questions q where q.handover_id = h.id and not ${ENDED}) as questions_open
  from case_handovers h where h.refugee_id = $1 and h.to_role = $2 order by h.offered_at desc, h.id desc limit 1`;

/** `$1` id, `$2` case, `$3` role, `$4` note or null, `$5` by whom, `$6` receiver, `$7` form, `$8` answered, `$9` required, `$10` missing. */
export const INSERT_HANDOVER = `
  insert into case_handovers (id, refugee_id, to_role, note, offered_by, receiver_id, form_version, answered, required, missing)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Gives no row when it was decided already: `$1` handover, `$2` outcome, `$3` by whom. */
export const DECIDE = `
  with decided as (
    update case_handovers set outcome = $2, decided_by = $3, decided_at = clock_now() where id = $1 and outcome is null returning id
  )
  select id from decided`;

/** `$1` handover, `$2` form, `$3` rows `{id, field, text}` in order. */
export const INSERT_QUESTIONS = `
  insert into case_handover_questions (id, handover_id, position, form_version, field, text)
  select (q->>'id')::uuid, $1, ordinality, $2, q->>'field', q->>'text'
  from jsonb_array_elements($3::jsonb) with ordinality as asked (q, ordinality)`;

/** A question of a handover, and whether it is over: `$1` handover, `$2` question. */
export const QUESTION_OF = `
  select q.id, ${ENDED} as ended from case_handover_questions q join case_handovers h on h.id = q.handover_id
  where h.id = $1 and q.id = $2`;

/** `$1` question, `$2` answer, `$3` by whom. */
export const ANSWER_QUESTION =
  'update case_handover_questions set answer = $2, answered_by = $3, answered_at = clock_now() where id = $1';
