import type { Answers, AnswerSource, AnswerValue } from './competences.contract.js';

/** An answer as it is read: with who gave it in, where it is from and how often it changed. */
export interface AnswerRow {
  value: AnswerValue;
  revision: number;
  source: AnswerSource;
  source_on: string;
  answered_by: { id: string; name: string };
  answered_at: string;
}

/** Select-list item: the answers of assessment `a`, by field, with their provenance; what was taken back stays away. */
export const ANSWERS = `(
  select coalesce(jsonb_object_agg(an.field, jsonb_build_object('value', an.value, 'revision', an.revision,
    'source', an.source, 'source_on', an.source_on, 'answered_at', an.answered_at,
    'answered_by', jsonb_build_object('id', by.id, 'name', by.name))), '{}')
  from assessment_answers an join staff_accounts by on by.id = an.answered_by
  where an.assessment_id = a.id and an.value <> 'null')`;

/** Select-list item: the answers of assessment `a` by what their fields mean; null is one that was taken back. */
export const ANSWERS_BY_MEANING = `(
  select coalesce(jsonb_object_agg(f.meaning, an.value), '{}')
  from assessment_answers an join form_fields f on (f.version, f.name) = (an.form_version, an.field)
  where an.assessment_id = a.id)`;

export interface StoredAnswers {
  id: string;
  answers: Answers;
  form_version: number;
}

/** `$1` assessments: the form of each and all its answers, by field. */
export const ANSWERS_OF = `
  select a.id, a.form_version, (select coalesce(jsonb_object_agg(field, value), '{}') from assessment_answers
                          where assessment_id = a.id and value <> 'null') as answers
  from assessments a where a.id = any ($1::uuid[])`;

/** How an answer was changed. */
export interface WrittenAnswer {
  assessment_id: string;
  field: string;
}

/**
 * Writes answers, however many and of however many assessments: those that differ from what stands are given back. The
 * revision is the one that is said, or else the next; what is taken over from earlier begins at 0, nobody having
 * answered yet. `$1` rows `{assessment_id, form_version, field, value, revision, source, source_on}`, `$2` who.
 */
export const WRITE_ANSWERS = `
  insert into assessment_answers
    (assessment_id, form_version, field, revision, value, source, source_on, answered_by, answered_at)
  select r.assessment_id, r.form_version, r.field,
         coalesce(r.revision, stood.revision + 1, (r.source <> 'earlier')::int),
         coalesce(r.value, 'null'), r.source, r.source_on, $2, clock_now()
  from jsonb_to_recordset($1::jsonb) as r(assessment_id uuid, form_version int, field text, revision int, value jsonb,
                                          source text, source_on date)
  left join assessment_answers stood on (stood.assessment_id, stood.field) = (r.assessment_id, r.field)
  where r.revision is not null or coalesce(stood.value, 'null') <> coalesce(r.value, 'null')
  order by r.assessment_id, r.field
  on conflict (assessment_id, field) do update set
    revision = excluded.revision, value = excluded.value, source = excluded.source, source_on = excluded.source_on,
    answered_by = excluded.answered_by, answered_at = excluded.answered_at
  returning assessment_id, field`;

/** Which way each of the languages, `$1`, is written. */
export const DIRECTIONS = 'select code, direction from languages where code = any ($1)';
