import { amendsOlder, type Answers, type AnswerValue } from '../competences/competences.contract.js';
import { seenCase } from '../refugees/refugees.contract.js';
import { PACK_DAYS } from './visit-packs.contract.js';

export interface PackedRow {
  /** Null in the one row of a visit without a participant for the pack. */
  participant_id: string | null;
  refugee_id: string;
  given_names: string;
  family_name: string;
  birth_year: number;
  mother_tongue: string | null;
  languages: string[];
  interpreter_needed: boolean;
  interpreter_language: string | null;
  outcome: string | null;
  outcome_revision: number;
  assessment_id: string | null;
  assessment_revision: number;
  draft: {
    id: string;
    formVersion: number;
    answers: Record<string, { value: AnswerValue; revision: number }>;
  } | null;
  earlier: { formVersion: number; answers: Answers } | null;
}

/**
 * A visit the reader sees, `$3`, with the participants they work with and who are still to be met: a row for each, or
 * one row without. No more of a person than a talk begins with.
 */
export const PACKED = `
  select pk.*
  from visible_visits($1) s join centre_visits cv on cv.id = s.visit_id
  left join (
    select p.visit_id, p.id as participant_id, p.refugee_id, p.refugee_id as person_id, v.basis, r.given_names,
      r.family_name, extract(year from r.born_on)::int as birth_year, r.mother_tongue, r.interpreter_needed,
      r.interpreter_language,
      (select coalesce(array_agg(l.language order by l.language), '{}') from refugee_languages l where l.refugee_id = r.id)
        as languages,
      p.outcome, p.outcome_revision, p.assessment_id, p.assessment_revision,
      (select jsonb_build_object('id', a.id, 'formVersion', a.form_version, 'answers',
         (select coalesce(jsonb_object_agg(field, jsonb_build_object('value', value, 'revision', revision)), '{}')
          from assessment_answers where assessment_id = a.id))
       from assessments a where a.refugee_id = r.id and a.signed_at is null and not ${amendsOlder('a')}) as draft,
      (select jsonb_build_object('formVersion', a.form_version, 'answers',
         (select coalesce(jsonb_object_agg(field, value), '{}') from assessment_answers
          where assessment_id = a.id and value <> 'null'))
       from assessments a
       where a.refugee_id = r.id and a.signed_at is not null
         and not exists (select from assessments m where m.amends_id = a.id and m.signed_at is not null)
       order by a.first_signed_at desc, a.id desc limit 1) as earlier
    from visit_participants p join refugees r on r.id = p.refugee_id ${seenCase('p.refugee_id')}
    where v.basis <> 'grant' and (p.outcome is null or p.outcome in ('met', 'absent'))
      and not exists (select from erased_people e where e.refugee_id = r.id)
  ) pk on pk.visit_id = cv.id
  where cv.id = $3 order by pk.family_name, pk.given_names, pk.participant_id`;

export interface CodeLists {
  [scheme: string]: { code: string; da: string | null; en: string; direction?: string }[];
}

const list = (table: string, more = ''): string => `
  (select jsonb_agg(jsonb_build_object('code', code, 'da', title_da, 'en', title_en${more}) order by code) from ${table})`;

/** What a form can be answered with, by scheme. */
export const CODE_LISTS = `
  select jsonb_build_object(
    'language', ${list('languages', `, 'direction', direction`)}, 'country', ${list('countries')},
    'isced_level', ${list('isced_levels')}, 'isced_field', ${list('isced_fields')}, 'cefr', ${list('cefr_levels')},
    'isco08', ${list('isco_08_groups')}, 'esco_skill_group', ${list('esco_skill_groups')}) as lists`;

export interface OwnPack {
  id: string;
  content: string;
  issued_at: Date;
  expires_at: Date;
  expired: boolean;
}

/**
 * Packs of an account that this device may still hold, the newest first: `$1` visit, `$2` account, `$3` the pack it says
 * it holds, `$4` which device it says it is; either may be null.
 */
export const OWN_PACKS = `
  select id, content, issued_at, expires_at, expires_at <= clock_now() as expired from visit_packs
  where visit_id = $1 and account_id = $2 and replaced_by is null and (id = $3::uuid or device_id = $4::text)
  order by issued_at desc, id desc`;

/** `$1` pack, `$2` visit, `$3` account, `$4` form, `$5` digest of the content, `$6` device or null. */
export const ISSUE_PACK = `
  insert into visit_packs (id, visit_id, account_id, form_version, content, device_id, expires_at)
  values ($1, $2, $3, $4, $5, $6, clock_now() + interval '${PACK_DAYS} days')
  returning id, content, issued_at, expires_at, false as expired`;

/** `$1` pack, `$2` rows. */
export const PACK_PEOPLE = `
  insert into visit_pack_people (pack_id, participant_id, refugee_id, assessment_id, form_version, revisions)
  select $1, participant_id, refugee_id, assessment_id, form_version, revisions
  from jsonb_to_recordset($2::jsonb) as p(participant_id uuid, refugee_id uuid, assessment_id uuid, form_version int,
                                          revisions jsonb)`;

/** `$1` packs, `$2` the one that takes their place. */
export const REPLACE_PACKS = 'update visit_packs set replaced_by = $2 where id = any ($1)';

/** Participants in packs of an account who were erased: `$1` visit, `$2` account. */
export const ERASED_IN_PACKS = `
  select distinct t.participant_id as id from visit_packs k
  join visit_pack_people t on t.pack_id = k.id join erased_people e on e.refugee_id = t.refugee_id
  where k.visit_id = $1 and k.account_id = $2`;
