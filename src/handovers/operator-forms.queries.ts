import type { AnswerValue } from '../competences/competences.contract.js';
import type { FieldKind, Label } from '../competences/forms.contract.js';
import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import type { Outcome } from './operator-forms.rules.js';

interface Person {
  id: string;
  name: string;
}

export interface OperatorFormRow {
  id: string;
  refugee_id: string;
  assessment_id: string;
  form_version: number;
  dated_on: string;
  received_by: Person;
  received_at: Date;
  answers: {
    id: string;
    field: string;
    label: Label;
    kind: FieldKind;
    value: AnswerValue;
    /** What stands; of a question that is settled, what stood until then. */
    standing: AnswerValue;
    revision: number;
    outcome: Outcome;
    settled: { taken: boolean; by: Person; at: string } | null;
  }[];
}

/** Assessments of the talk that form `o` was taken into: the draft, and what corrects it once it is signed. */
const TALK = `
  with recursive talk as (
    select o.assessment_id as id, 1 as nth
    union all
    select m.id, talk.nth + 1 from assessments m join talk on m.amends_id = talk.id
  )`;

/**
 * `now`: what stands in the field of answer `w` to form `o`, in the last of its talk; and how often it was written in
 * all of them, for an amendment counts anew. Nothing, and 0, where nobody wrote.
 */
export const STANDS_NOW = `
  cross join lateral (
    ${TALK}
    select (array_agg(nullif(an.value, 'null') order by talk.nth desc))[1] as value,
           coalesce(sum(an.revision), 0)::int as revision
    from talk left join assessment_answers an on (an.assessment_id, an.field) = (talk.id, w.field)) now`;

const FORM = `
  o.id, o.refugee_id, o.refugee_id as person_id, v.basis, o.assessment_id, o.form_version, o.dated_on,
  json_build_object('id', b.id, 'name', b.name) as received_by, o.received_at,
  (select coalesce(json_agg(json_build_object('id', w.id, 'field', w.field, 'label', f.label, 'kind', f.kind,
            'value', w.value, 'standing', case when w.settled_at is null then now.value else w.standing end,
            'revision', now.revision, 'outcome', w.outcome, 'settled', case when w.settled_at is not null then
              json_build_object('taken', w.taken, 'by', json_build_object('id', s.id, 'name', s.name), 'at', w.settled_at)
            end) order by f.position), '[]')
   from operator_form_answers w join form_fields f on (f.version, f.name) = (w.form_version, w.field)
   ${STANDS_NOW}
   left join staff_accounts s on s.id = w.settled_by
   where w.operator_form_id = o.id) as answers`;
const from = (caseId: string): string =>
  `from operator_forms o ${seenCase(caseId)} join staff_accounts b on b.id = o.received_by`;

/** `$3` form. */
export const OPERATOR_FORM_BY_ID = `select ${FORM} ${from('o.refugee_id')} where o.id = $3`;

/** Forms of a case: `$3`. */
export const OPERATOR_FORMS = {
  name: 'operator-forms.list',
  select: FORM,
  from: `${from('$3')} where o.refugee_id = $3`,
  sorts: {
    receivedAt: { sql: 'o.received_at', type: 'timestamptz' },
    datedOn: { sql: 'o.dated_on', type: 'date' },
  },
  first: '-receivedAt',
  id: { sql: 'o.id', type: 'uuid' },
} satisfies List;

/** Whose form it is, when the actor sees the case: `$1` actor, `$2` form. */
export const PERSON_OF_FORM = `select o.refugee_id from operator_forms o ${seenCase('o.refugee_id')} where o.id = $2`;

/** `$1` person, `$2` digests, of which one may be its own; the newest of them. */
export const SAME_FORM = `
  select id from operator_forms where refugee_id = $1 and digest = any ($2::bytea[]) order by form_version desc limit 1`;

/** `$1` id, `$2` person, `$3` draft, `$4` form version, `$5` day, `$6` digest, `$7` by whom. */
export const INSERT_FORM = `
  insert into operator_forms (id, refugee_id, assessment_id, form_version, dated_on, digest, received_by)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/** `$1` form, `$2` form version of the draft, `$3` rows `{field, value, standing, outcome}`. */
export const INSERT_ANSWERS = `
  insert into operator_form_answers (operator_form_id, form_version, field, value, standing, outcome)
  select $1, $2, r.field, r.value, nullif(r.standing, 'null'), r.outcome
  from jsonb_to_recordset($3::jsonb) as r(field text, value jsonb, standing jsonb, outcome text)`;

export interface QuestionRow {
  id: string;
  field: string;
  kind: FieldKind;
  value: AnswerValue;
  standing: AnswerValue;
  revision: number;
  settled: boolean;
  /** The last of its talk. */
  assessment_id: string;
  dated_on: string;
}

/** What an operator answered otherwise than it stood, and what stands now: `$1` form, `$2` field. */
export const QUESTION_OF = `
  select w.id, w.field, f.kind, w.value, now.value as standing, now.revision, w.settled_at is not null as settled,
    o.dated_on, (${TALK} select id from talk order by nth desc limit 1) as assessment_id
  from operator_form_answers w join operator_forms o on o.id = w.operator_form_id
  join form_fields f on (f.version, f.name) = (w.form_version, w.field)
  ${STANDS_NOW}
  where o.id = $1 and w.field = $2 and w.outcome = 'differs'`;

/** `$1` answer, `$2` by whom, `$3` whether it was taken, `$4` what stood until then. */
export const SETTLE = `
  update operator_form_answers set settled_at = clock_now(), settled_by = $2, taken = $3, standing = nullif($4::jsonb, 'null')
  where id = $1`;
