import type { Answers } from './competences.contract.js';

/** `$1` assessments. */
export const STANDING = `
  select a.id, a.refugee_id, a.form_version, a.signed_at is not null as signed,
    (select coalesce(jsonb_object_agg(field, jsonb_build_object('value', value, 'revision', revision)), '{}')
     from assessment_answers where assessment_id = a.id) as fields
  from assessments a where a.id = any ($1::uuid[])`;

export interface EarlierRow {
  refugee_id: string;
  form_version: number;
  signed_on: string;
  answers: Answers;
}

/** Of each of the people `$1` the assessment of the last talk that is signed, as its amendments have it. */
export const EARLIER = `
  select distinct on (a.refugee_id) a.refugee_id, a.form_version, a.signed_on,
    (select coalesce(jsonb_object_agg(field, value), '{}') from assessment_answers
     where assessment_id = a.id and value <> 'null') as answers
  from assessments a
  where a.refugee_id = any ($1::uuid[]) and a.signed_at is not null
    and not exists (select from assessments m where m.amends_id = a.id and m.signed_at is not null)
  order by a.refugee_id, a.first_signed_at desc, a.id desc`;

/** `$1` rows `{id, refugee_id, form_version}`, `$2` who drafts. */
export const BEGIN_DRAFTS = `
  insert into assessments (id, refugee_id, form_version, drafted_by)
  select id, refugee_id, form_version, $2 from jsonb_to_recordset($1::jsonb) as d(id uuid, refugee_id uuid, form_version int)`;

/** `$1` assessments. */
export const COUNT_CHANGE = 'update assessments set version = version + 1 where id = any ($1::uuid[])';
