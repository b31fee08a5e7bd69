import type { RequiredField } from './completeness.rules.js';

export interface RequiredRow {
  form_version: number;
  fields: RequiredField[];
}

/**
 * The form in use and its fields that must be answered, each with the answers of the person's open draft and of the
 * assessments that count, newest first, also those taken back; of what form they are does not matter, a field is known by what it means.
 * @param person SQL for the id of the person
 */
const required = (person: string): string => `
  latest.version as form_version,
  (select coalesce(json_agg(json_build_object(
     'field', f.name, 'meaning', f.meaning, 'label', f.label, 'requiredFor', f.required_for, 'answers', (
       select coalesce(json_agg(json_build_object('assessmentId', a.id, 'source', an.source, 'on', an.source_on,
                'known', an.value <> 'null' and not an.value @> '{"unknown": true}',
                'takenBack', an.value = 'null') order by a.first_signed_at desc nulls first, a.id desc), '[]')
       from assessments a
       join assessment_answers an on an.assessment_id = a.id
       join form_fields q on (q.version, q.name) = (an.form_version, an.field)
       where a.refugee_id = ${person} and q.meaning = f.meaning
         and not exists (select from assessments m where m.amends_id = a.id and m.signed_at is not null)
     )) order by f.position), '[]')
   from form_fields f where f.version = latest.version and f.required_for is not null) as fields`;
const LATEST = '(select max(version) as version from form_versions) as latest';

/** `$3` case. */
export const REQUIRED_OF_CASE = `
  select v.refugee_id as person_id, v.basis, ${required('v.refugee_id')}
  from visible_cases($1, clock_today()) v cross join ${LATEST} where v.refugee_id = $3`;

/** The same for whoever holds the case: `$1` case. */
export const REQUIRED_OF = `select ${required('$1::uuid')} from ${LATEST}`;
