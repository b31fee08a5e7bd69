import type { List } from '../platform/http/paging.js';
import { seenCase } from '../refugees/refugees.contract.js';
import { ANSWERS, ANSWERS_BY_MEANING, type AnswerRow } from './answers.queries.js';
import {
  amendsOlder,
  type Answers,
  type IscoGroups,
  type PassedExam,
  type SignedAssessment,
} from './competences.contract.js';

interface Assessor {
  id: string;
  name: string;
}

export interface AssessmentListRow {
  id: string;
  version: number;
  refugee_id: string;
  form_version: number;
  amends_id: string | null;
  /** The amendment that corrects it, signed or not. */
  amendment_id: string | null;
  superseded: boolean;
  drafted_by: Assessor;
  drafted_at: Date;
  signed_by: Assessor | null;
  signed_on: string | null;
}

export interface AssessmentRow extends AssessmentListRow {
  amendment_reason: string | null;
  answers: Record<string, AnswerRow>;
}

const ASSESSMENT = `
  a.id, a.version, a.refugee_id, a.form_version, a.amends_id, m.id as amendment_id, m.signed_at is not null as superseded,
  json_build_object('id', d.id, 'name', d.name) as drafted_by, a.drafted_at,
  case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as signed_by, a.signed_on`;
const WITH_PEOPLE = `
  left join assessments m on m.amends_id = a.id
  left join staff_accounts d on d.id = a.drafted_by
  left join staff_accounts s on s.id = a.signed_by`;

/** `$3` assessment. */
export const ASSESSMENT_BY_ID = `
  select ${ASSESSMENT}, a.refugee_id as person_id, v.basis, a.amendment_reason, ${ANSWERS} as answers
  from assessments a ${seenCase('a.refugee_id')} ${WITH_PEOPLE}
  where a.id = $3`;

/** Two assessments of one person, `$3` and `$4`. */
export const TWO_ASSESSMENTS = `
  select a.id, a.form_version, a.refugee_id as person_id, v.basis,
    (select coalesce(jsonb_object_agg(field, value), '{}') from assessment_answers
     where assessment_id = a.id and value <> 'null') as answers
  from assessments a ${seenCase('a.refugee_id')} where a.id in ($3, $4)`;

export interface ComparedRow {
  id: string;
  form_version: number;
  person_id: string;
  answers: Answers;
}

/** Assessments of a case: `$3`. */
export const ASSESSMENTS = {
  name: 'assessments.list',
  select: `${ASSESSMENT}, a.refugee_id as person_id, v.basis`,
  from: `from assessments a ${seenCase('a.refugee_id')} ${WITH_PEOPLE} where a.refugee_id = $3`,
  sorts: { draftedAt: { sql: 'a.drafted_at', type: 'timestamptz' } },
  first: '-draftedAt',
  id: { sql: 'a.id', type: 'uuid' },
} satisfies List;

export interface ProfileRow {
  today: string;
  assessments: SignedAssessment[];
  exams: PassedExam[];
  isco_groups: IscoGroups;
}

/** What counts of a case, `$3`: the assessments that are signed and that no signed amendment supersedes. */
export const SIGNED_ASSESSMENTS = `
  select v.refugee_id as person_id, v.basis, clock_today() as today,
    (select coalesce(json_agg(json_build_object('id', a.id, 'answers', ${ANSWERS_BY_MEANING},
              'signedAt', to_char(a.first_signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))), '[]')
     from assessments a
     where a.refugee_id = v.refugee_id and a.signed_at is not null
       and not exists (select from assessments m where m.amends_id = a.id and m.signed_at is not null)) as assessments,
    (select coalesce(json_agg(json_build_object('exam', e.exam, 'takenOn', e.taken_on) order by e.taken_on, e.exam), '[]')
     from danish_exams e where e.refugee_id = v.refugee_id and e.passed) as exams,
    (select coalesce(jsonb_object_agg(e.code, e.isco_group), '{}') from esco_occupations e where e.code in (
       select jsonb_path_query(an.value, '$[*].coded ? (@.scheme == "esco_occupation").code') #>> '{}'
       from assessments a join assessment_answers an on an.assessment_id = a.id
       where a.refugee_id = v.refugee_id and a.signed_at is not null)) as isco_groups
  from visible_cases($1, clock_today()) v
  where v.refugee_id = $3`;

/** Whose assessment it is, when the actor sees the case: `$1` actor, `$2` assessment. */
export const PERSON_OF_ASSESSMENT = `
  select a.refugee_id from assessments a ${seenCase('a.refugee_id')} where a.id = $2`;

/** `$1` assessment, `$2` id of the amendment, `$3` why, `$4` who drafts. */
export const BEGIN_AMENDMENT = `
  insert into assessments (id, refugee_id, form_version, amends_id, amendment_reason, drafted_by, first_signed_at)
  select $2, refugee_id, form_version, id, $3, $4, first_signed_at from assessments where id = $1`;

/** The answers of `$1` for the amendment `$2`, with where they are from; what was taken back stays so in it. */
export const COPY_ANSWERS = `
  insert into assessment_answers (assessment_id, form_version, field, value, source, source_on, answered_by, answered_at)
  select $2, form_version, field, value, source, source_on, answered_by, answered_at from assessment_answers
  where assessment_id = $1`;

export interface OpenDraft {
  id: string;
  amends_older: boolean;
}

/** `$1` person. */
export const OPEN_DRAFT_OF = `
  select a.id, ${amendsOlder('a')} as amends_older from assessments a
  where a.refugee_id = $1 and a.signed_at is null`;

/** `$1` assessment, `$2` who signs. */
export const SIGN = `
  update assessments set signed_by = $2, signed_at = clock_now(), signed_on = clock_today(), version = version + 1,
    first_signed_at = coalesce(first_signed_at, clock_now())
  where id = $1`;
