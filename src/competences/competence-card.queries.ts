import { SIGNED_ASSESSMENTS, type ProfileRow } from './competences.queries.js';

export interface CardRow extends ProfileRow {
  given_names: string;
  family_name: string;
}

/** What the card of a person, `$3`, says: the name, and what is signed. Nothing else of the person is read. */
export const CARD = `
  select signed.*, r.given_names, r.family_name
  from (${SIGNED_ASSESSMENTS}) signed join refugees r on r.id = signed.person_id`;

/** `$1` rows of {scheme, code}, `$2` the person's language in two letters. */
export const TITLES = `
  with wanted as (select distinct scheme, code from jsonb_to_recordset($1::jsonb) as w(scheme text, code text)),
  listed as (
    select 'language' as scheme, code, title_da, title_en from languages
    union all select 'region', code, title_da, title_en from countries
    union all select 'isced_field', code, title_da, title_en from isced_fields
  )
  select scheme, code, title_da as da, title_en as en, null as own from wanted join listed using (scheme, code)
  union all
  select scheme, code, max(t.title) filter (where lang = 'da'), max(t.title) filter (where lang = 'en'),
         max(t.title) filter (where lang = $2)
  from wanted join classification_titles t using (scheme, code) where t.kind in ('preferred', 'obsolete') group by scheme, code`;
