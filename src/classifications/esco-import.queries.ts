import { KEPT, type EscoKind } from './esco.rules.js';

const STAGED = {
  occupations: 'read_occupations',
  skills: 'read_skills',
  relations: 'read_relations',
} as const;

/** What is read goes here first, and is gone with the transaction. */
export const MAKE_STAGING = Object.entries(STAGED)
  .map(([kind, table]) => {
    const kept = KEPT[kind as EscoKind].map((column) => `${column} text collate "C"`).join(', ');
    return `create temp table ${table} (lang text, file text, line int, ${kept}) on commit drop`;
  })
  .join('; ');

export const stagingOf = (kind: EscoKind): string =>
  `copy ${STAGED[kind]} (lang, file, line, ${KEPT[kind].join(', ')}) from stdin`;

/** After the rows: Postgres would guess their number wrongly. */
export const ANALYZE_STAGING = Object.values(STAGED)
  .map((table) => `analyze ${table}`)
  .join('; ');

export interface FaultRow {
  file: string;
  line: number;
  rule: string;
}

const twice = (table: string): string => `
  select file, line, 'the concept ' || uri || ' stands there twice' as rule
  from (select *, count(*) over (partition by file, code) as times from ${table}) as counted where times > 1`;

/** Of concepts: what no row says alone. */
export const CONCEPT_FAULTS = `
  select * from (
    ${twice(STAGED.occupations)} union all ${twice(STAGED.skills)}
    union all
    select file, line, 'ISCO-08 has no group ' || coalesce(isco_group, '(empty)')
    from read_occupations where isco_group is null or not exists (select from isco_08_groups where code = isco_group)
    union all
    select file, line, 'ISCO group or status of ' || uri || ' differ from ' || first_file from (
      select *, first_value(file) over of_code as first_file,
        first_value((isco_group, status)) over of_code as first_said from read_occupations
      window of_code as (partition by code order by file)
    ) as compared where (isco_group, status) is distinct from first_said
    union all
    select file, line, 'status of ' || uri || ' differs from ' || first_file from (
      select *, first_value(file) over of_code as first_file, first_value(status) over of_code as first_said
      from read_skills window of_code as (partition by code order by file)
    ) as compared where status <> first_said
  ) as faults order by file, line`;

/** Of relations, once the concepts are merged. */
export const RELATION_FAULTS = `
  select * from (
    select file, line, 'no released occupation has the code ' || occupation as rule from read_relations
    where not exists (select from esco_occupations where code = occupation and status = 'released')
    union all
    select file, line, 'no released skill has the code ' || skill from read_relations
    where not exists (select from esco_skills where code = skill and status = 'released')
    union all
    select file, line, 'the skill ' || skill || ' is both essential and optional for ' || occupation from (
      select *, min(relation) over of_pair as least, max(relation) over of_pair as most
      from read_relations window of_pair as (partition by occupation, skill)
    ) as compared where least <> most
  ) as faults order by file, line`;

/** What an import did, counted in concepts and in relations. */
export interface Change {
  what: 'esco_occupation' | 'esco_skill' | 'esco_occupation_skill';
  /** Of the titles; null: of the concepts themselves, or of relations. */
  lang: string | null;
  added: number;
  changed: number;
  /** No longer in ESCO: a concept is kept and marked, a relation is gone. */
  obsolete: number;
  unchanged: number;
}

type Counts = Omit<Change, 'what' | 'lang'>;
export type ConceptCounts = Pick<Counts, 'added' | 'changed' | 'obsolete'>;

/** `$1` the import. A concept that the release has no more is marked, never deleted: records point at it. */
const mergeConcepts = (table: string, staged: string, columns: readonly string[]): string => {
  const of = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(', ');
  return `
    with release as (
      select distinct on (code) code, ${columns.join(', ')} from ${staged} order by code, lang <> 'en', lang
    ), merged as (
      merge into ${table} as kept using release on kept.code = release.code
      when matched and (${of('kept')}) is distinct from (${of('release')}) then
        update set ${columns.map((column) => `${column} = release.${column}`).join(', ')}, import_id = $1
      when not matched then
        insert (code, ${columns.join(', ')}, import_id) values (release.code, ${of('release')}, $1)
      when not matched by source and kept.status = 'released' then update set status = 'obsolete', import_id = $1
      returning old.status as before, new.status as after
    )
    select count(*) filter (where before is null)::int as added,
      count(*) filter (where before is not null and not (before = 'released' and after = 'obsolete'))::int as changed,
      count(*) filter (where before = 'released' and after = 'obsolete')::int as obsolete
    from merged`;
};

export const CONCEPTS = {
  occupations: {
    what: 'esco_occupation',
    table: 'esco_occupations',
    merge: mergeConcepts('esco_occupations', STAGED.occupations, ['uri', 'isco_group', 'status']),
  },
  skills: {
    what: 'esco_skill',
    table: 'esco_skills',
    merge: mergeConcepts('esco_skills', STAGED.skills, ['uri', 'skill_type', 'reuse_level', 'status']),
  },
} as const;

/** `$1` the import. */
export const countUnchanged = (table: string): string =>
  `select count(*)::int as unchanged from ${table} where import_id <> $1 and status = 'released'`;

const titlesRead = (what: string, staged: string): string => `
  select '${what}' as scheme, lang, code, title.* from ${staged}
  cross join lateral (
    select case status when 'obsolete' then status else 'preferred' end as kind, 1 as rank, preferred as title
    union all select 'alternative', 2, string_to_table(alternatives, e'\\n') where status = 'released'
    union all select 'hidden', 3, string_to_table(hidden, e'\\n') where status = 'released'
  ) as title where preferred is not null`;

/** The titles as they should be; a concept without a preferred title in a language has none in it. */
export const MAKE_TITLES = `
  create temp table read_titles on commit drop as
  select distinct on (scheme, lang, code, title) scheme, lang, code, title, kind from (
    ${titlesRead('esco_occupation', STAGED.occupations)}
    union all ${titlesRead('esco_skill', STAGED.skills)}
  ) as every_title order by scheme, lang, code, title, rank;
  analyze read_titles;
  create temp table read_codes on commit drop as
  select 'esco_occupation' as scheme, lang, code from read_occupations
  union all select 'esco_skill', lang, code from read_skills;
  analyze read_codes;
  create temp table titled_before on commit drop as
  select scheme, lang, code, kind from classification_titles
  where scheme in ('esco_occupation', 'esco_skill') and kind in ('preferred', 'obsolete');
  analyze titled_before;
  create temp table touched (scheme text, lang text, code text collate "C") on commit drop`;

const turned = (status: string): string => `
  select code from esco_occupations where status = '${status}' and import_id = $1
  union all select code from esco_skills where status = '${status}' and import_id = $1`;

const ofEsco = `scheme in ('esco_occupation', 'esco_skill')`;
const noting = (change: string): string => `
  with done as (${change} returning scheme, lang, code)
  insert into touched select scheme, lang, code from done`;

/**
 * One after another; each takes the import as `$1`. What differs is replaced, not updated: the preferred title and
 * another one of a code may change places.
 */
export const MERGE_TITLES = [
  // In every language, also those that are not read now.
  noting(`delete from classification_titles
    where ${ofEsco} and kind in ('alternative', 'hidden') and code in (${turned('obsolete')})`),
  noting(`update classification_titles set kind = 'obsolete', import_id = $1
    where ${ofEsco} and kind = 'preferred' and code in (${turned('obsolete')})`),
  noting(`update classification_titles set kind = 'preferred', import_id = $1
    where ${ofEsco} and kind = 'obsolete' and code in (${turned('released')})`),
  noting(`delete from classification_titles as kept
    where $1::int is not null and (scheme, lang) in (select scheme, lang from read_codes)
      and (kind <> 'obsolete' or (scheme, lang, code) in (select scheme, lang, code from read_codes))
      and not exists (select from read_titles as read where (read.scheme, read.lang, read.code, read.title, read.kind)
                        = (kept.scheme, kept.lang, kept.code, kept.title, kept.kind))`),
  noting(`insert into classification_titles (scheme, lang, code, title, kind, translation, import_id)
    select scheme, lang, code, title, kind, 'official', $1 from read_titles as read
    where not exists (select from classification_titles as kept where (kept.scheme, kept.lang, kept.code, kept.title)
                        = (read.scheme, read.lang, read.code, read.title))`),
];

export const TITLE_CHANGES = `
  with after as (
    select scheme, lang, code, kind from classification_titles where ${ofEsco} and kind in ('preferred', 'obsolete')
  ), read as (select distinct scheme, lang from read_codes),
  code as (
    select scheme, lang, code, before.kind as before, after.kind as after, found.code is not null as is_touched
    from titled_before as before full join after using (scheme, lang, code)
    left join (select distinct scheme, lang, code from touched) as found using (scheme, lang, code)
  )
  select scheme as what, lang,
    count(*) filter (where is_touched and before is null)::int as added,
    count(*) filter (where is_touched and before is not null and not (before = 'preferred' and after is distinct from 'preferred'))::int
      as changed,
    count(*) filter (where is_touched and before = 'preferred' and after is distinct from 'preferred')::int as obsolete,
    count(*) filter (where not is_touched and after = 'preferred')::int as unchanged
  from code group by scheme, lang
  having bool_or(is_touched) or (scheme, lang) in (select scheme, lang from read)
  order by scheme, lang`;

/** `$1` the import. */
export const MERGE_RELATIONS = `
  with release as (select distinct occupation, skill, relation from read_relations),
  merged as (
    merge into esco_occupation_skills as kept using release
      on kept.occupation = release.occupation and kept.skill = release.skill
    when matched and kept.relation <> release.relation then update set relation = release.relation, import_id = $1
    when not matched then insert (occupation, skill, relation, import_id)
      values (release.occupation, release.skill, release.relation, $1)
    when not matched by source then delete
    returning merge_action() as action
  )
  select count(*) filter (where action = 'INSERT')::int as added, count(*) filter (where action = 'UPDATE')::int as changed,
    count(*) filter (where action = 'DELETE')::int as obsolete,
    (select count(*)::int from release) - count(*) filter (where action <> 'DELETE')::int as unchanged
  from merged`;

/** Who imports sorts in what waits: every search would read that list. */
export const FINISH = `
  select gin_clean_pending_list(inhrelid) from pg_inherits where inhparent = 'classification_titles_folded'::regclass;
  analyze classification_titles, esco_occupations, esco_skills, esco_occupation_skills`;

/** One at a time; the lock goes with the transaction. */
export const CLAIM = `select pg_try_advisory_xact_lock(hashtext('ankomst.classifications')) as mine`;

/** `$1` release. */
export const BEGIN_IMPORT = `
  insert into classification_imports (release, files, changes, started_at, finished_at)
  values ($1, '[]', '[]', clock_now(), clock_now()) returning id`;

/** `$1` import, `$2` files, `$3` changes; the clock of the transaction stands still, so the real one is asked. */
export const END_IMPORT = `
  update classification_imports
  set files = $2, changes = $3, finished_at = started_at + (clock_timestamp() - now()) where id = $1`;

export const LAST_RELEASE = `
  select release from classification_imports where release is not null order by id desc limit 1`;
