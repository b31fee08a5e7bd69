import type { MigrationInterface, QueryRunner } from 'typeorm';

const SCHEMES = ['isco08', 'esco_skill_group', 'esco_occupation', 'esco_skill'];

export class ImportEsco1795000000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table classification_imports (
        id integer generated always as identity primary key,
        release text,
        files jsonb not null,
        changes jsonb not null,
        started_at timestamptz not null,
        finished_at timestamptz not null
      );
      comment on table classification_imports is 'person: none';
      comment on column classification_imports.release is 'as ESCO numbers it, such as 1.2.0; null: nobody said';
      comment on column classification_imports.files is '[{name, sha256, bytes, rows}]';
      comment on column classification_imports.changes is '[{what, lang, added, changed, obsolete, unchanged}]';

      create table esco_occupations (
        code text collate "C" primary key,
        uri text not null unique,
        isco_group text not null references isco_08_groups,
        status text not null check (status in ('released', 'obsolete')),
        import_id integer not null references classification_imports
      );
      comment on table esco_occupations is 'person: none';
      comment on column esco_occupations.code is 'the end of its URI';
      comment on column esco_occupations.status is 'obsolete: no longer in ESCO; it is found by its code alone';
      comment on column esco_occupations.import_id is 'brought the row, or changed it last';

      create table esco_skills (
        code text collate "C" primary key,
        uri text not null unique,
        skill_type text,
        reuse_level text,
        status text not null check (status in ('released', 'obsolete')),
        import_id integer not null references classification_imports
      );
      comment on table esco_skills is 'person: none';
      comment on column esco_skills.skill_type is 'in the words of ESCO, such as knowledge';
      comment on column esco_skills.reuse_level is 'in the words of ESCO, such as cross-sector';

      create table esco_occupation_skills (
        occupation text collate "C" not null references esco_occupations,
        skill text collate "C" not null references esco_skills,
        relation text not null check (relation in ('essential', 'optional')),
        import_id integer not null references classification_imports,
        primary key (occupation, skill)
      );
      create index on esco_occupation_skills (skill);
      comment on table esco_occupation_skills is 'person: none';

      grant select on classification_imports, esco_occupations, esco_skills, esco_occupation_skills to ankomst_app;

      -- A part for each scheme, with an index of its own: what is like a word among ESCO's many titles would have to be
      -- looked through by whoever searches in another scheme.
      create temp table kept_titles on commit drop as
      select scheme, lang, code, kind, title, translation from classification_titles;
      drop table classification_titles;
      create table classification_titles (
        scheme text not null,
        lang text not null check (lang ~ '^[a-z]{2}$'),
        code text collate "C" not null,
        kind text not null check (kind in ('preferred', 'alternative', 'hidden', 'obsolete')),
        title text not null,
        translation text not null check (translation in ('official', 'own')),
        import_id integer references classification_imports,
        -- A code that is obsolete keeps its title for who reads an old record, and is found by no word of it.
        folded text not null generated always as
          (case when kind = 'obsolete' then '' else ' ' || search_fold(title) end) stored,
        primary key (scheme, lang, code, title)
      ) partition by list (scheme);
      comment on table classification_titles is 'person: none';
      comment on column classification_titles.kind is
        'hidden: found, never shown, such as a common misspelling; obsolete: shown, never found';
      comment on column classification_titles.translation is 'official: as its publisher has it; own: our working translation';
      comment on column classification_titles.import_id is 'brought the title; null: it came with the program';
      comment on column classification_titles.folded is 'each word with a space before it, so that " word" finds beginnings';
      grant select on classification_titles to ankomst_app;
      ${SCHEMES.map(
        (scheme) => `
          create table classification_titles_${scheme} partition of classification_titles for values in ('${scheme}');
          comment on table classification_titles_${scheme} is 'person: none';`,
      ).join('')}
      create unique index one_preferred_title on classification_titles (scheme, lang, code)
        where kind in ('preferred', 'obsolete');
      create index on classification_titles (scheme, lang, lower(code));
      insert into classification_titles (scheme, lang, code, kind, title, translation) select * from kept_titles;
      create index classification_titles_folded on classification_titles using gin (folded gin_trgm_ops);
      -- Planning for each word anew takes longer than searching: Postgres weighs every slip against its statistics.
      alter function titles_with(text, text, text) set plan_cache_mode = force_generic_plan;
    `);
    await db.query('analyze classification_titles');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter function titles_with(text, text, text) reset plan_cache_mode;
      create temp table kept_titles on commit drop as
      select scheme, lang, code, kind, title, translation from classification_titles where import_id is null;
      drop table classification_titles;
      create table classification_titles (
        scheme text not null check (scheme in ('isco08', 'esco_skill_group', 'esco_occupation', 'esco_skill')),
        lang text not null check (lang ~ '^[a-z]{2}$'),
        code text collate "C" not null,
        kind text not null check (kind in ('preferred', 'alternative', 'hidden')),
        title text not null,
        translation text not null check (translation in ('official', 'own')),
        folded text not null generated always as (' ' || search_fold(title)) stored,
        primary key (scheme, lang, code, title)
      );
      create unique index one_preferred_title on classification_titles (scheme, lang, code) where kind = 'preferred';
      create index on classification_titles (scheme, lang, lower(code));
      comment on table classification_titles is 'person: none';
      comment on column classification_titles.kind is 'hidden: found, never shown, such as a common misspelling';
      comment on column classification_titles.translation is 'official: as its publisher has it; own: our working translation';
      comment on column classification_titles.folded is 'each word with a space before it, so that " word" finds beginnings';
      grant select on classification_titles to ankomst_app;
      insert into classification_titles (scheme, lang, code, kind, title, translation) select * from kept_titles;
      create index classification_titles_folded on classification_titles using gin (folded gin_trgm_ops);
      drop table esco_occupation_skills, esco_skills, esco_occupations, classification_imports;
    `);
  }
}
