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

/** Select-list item: the answers of assessment `a` by what their fields mean. */
export const ANSWERS_BY_MEANING = `(
  select coalesce(jsonb_object_agg(f.meaning, an.value), '{}')
  from assessment_answers an join form_fields f on (f.version, f.name) = (an.form_version, an.field)
  where an.assessment_id = a.id and an.value <> 'null')`;

export interface StoredAnswers {
  answers: Answers;
  form_version: number;
}

/** `$1` assessment: its form and all its answers, by field. */
export const ANSWERS_OF = `
  select a.form_version, (select coalesce(jsonb_object_agg(field, value), '{}') from assessment_answers
                          where assessment_id = a.id and value <> 'null') as answers
  from assessments a where a.id = $1`;

/** How an answer was changed. */
export interface WrittenAnswer {
  field: string;
  revision: number;
}

/**
 * Writes answers, however many: those that differ from what stands get the next revision and are given back.
 * `$1` assessment, `$2` form version, `$3` `{field: value}`, `$4` source, `$5` its day, `$6` who.
 */
export const WRITE_ANSWERS = `
  insert into assessment_answers as an (assessment_id, form_version, field, value, source, source_on, answered_by, answered_at)
  select $1, $2, key, value, $4, $5, $6, clock_now() from jsonb_each($3::jsonb)
  order by key
  on conflict (assessment_id, field) do update set
    revision = an.revision + 1, value = excluded.value, source = excluded.source, source_on = excluded.source_on,
    answered_by = excluded.answered_by, answered_at = excluded.answered_at
  where an.value <> excluded.value
  returning field, revision`;

/** Which way each of the languages, `$1`, is written. */
export const DIRECTIONS = 'select code, direction from languages where code = any ($1)';
