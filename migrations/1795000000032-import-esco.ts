import type { MigrationInterface, QueryRunner } from 'typeorm';

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

      -- A code that is obsolete keeps its title for who reads an old record, and is found by no word of it.
      alter table classification_titles
        drop constraint classification_titles_kind_check,
        add constraint classification_titles_kind_check
          check (kind in ('preferred', 'alternative', 'hidden', 'obsolete')),
        add column import_id integer references classification_imports,
        alter column folded set expression as (case when kind = 'obsolete' then '' else ' ' || search_fold(title) end);
      drop index one_preferred_title;
      create unique index one_preferred_title on classification_titles (scheme, lang, code)
        where kind in ('preferred', 'obsolete');
      comment on column classification_titles.kind is
        'hidden: found, never shown, such as a common misspelling; obsolete: shown, never found';
      comment on column classification_titles.import_id is 'brought the title; null: it came with the program';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from classification_titles where import_id is not null;
      drop index one_preferred_title;
      create unique index one_preferred_title on classification_titles (scheme, lang, code) where kind = 'preferred';
      alter table classification_titles
        drop column import_id,
        drop constraint classification_titles_kind_check,
        add constraint classification_titles_kind_check check (kind in ('preferred', 'alternative', 'hidden')),
        alter column folded set expression as (' ' || search_fold(title));
      comment on column classification_titles.kind is 'hidden: found, never shown, such as a common misspelling';
      drop table esco_occupation_skills, esco_skills, esco_occupations, classification_imports;
    `);
  }
}
