import type { MigrationInterface, QueryRunner } from 'typeorm';
import { escoSkillGroups } from './data/esco-skill-groups.js';
import { iscedFields } from './data/isced-fields.js';
import { isco08Da } from './data/isco-08-da.js';

export class SearchClassifications1795000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `update isco_08_groups set title_da = e->>1 from jsonb_array_elements($1::jsonb) as e where code = e->>0`,
      [JSON.stringify(isco08Da)],
    );
    await table(db, 'esco_skill_groups', escoSkillGroups);
    await table(db, 'isced_fields', iscedFields);
    await db.query(`
      create extension if not exists pg_trgm;

      -- For searching only: words in small letters, one space between them, accents and the ways to write Danish
      -- letters without a Danish keyboard folded together (ø ö oe o, å aa a, æ ä ae a). "+" and "#" stay: C, C++ and C#.
      create function search_fold(text) returns text language sql immutable parallel safe strict
        return btrim(regexp_replace(
          replace(replace(replace(fold($1), 'aa', 'a'), 'ae', 'a'), 'oe', 'o'), '[^[:alnum:]+#]+', ' ', 'g'));

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

      insert into classification_titles (scheme, lang, code, kind, title, translation)
      select scheme, lang, code, 'preferred', title, translation from (
        select 'isco08', code, title_en, title_da from isco_08_groups
        union all
        select 'esco_skill_group', code, title_en, title_da from esco_skill_groups
      ) as groups (scheme, code, title_en, title_da)
      cross join lateral (values ('en', title_en, 'official'), ('da', title_da, 'own')) as t (lang, title, translation);

      -- After the rows: those that come later wait in a list that every search reads, until vacuum or the one who brought
      -- many (gin_clean_pending_list) sorts them in.
      create index classification_titles_folded on classification_titles using gin (folded gin_trgm_ops);

      -- A folded word with one slip, as patterns: another letter, one too many, one missing, two swapped. Three letters are
      -- too few to guess from, more than forty no word; up to six must begin a word of the title, more stand anywhere,
      -- also inside a compound.
      create function slips(word text) returns text[] language sql immutable parallel safe strict as $$
        select array_agg(distinct case when length(word) < 7 then '% ' else '%' end || slip || '%')
        from generate_series(1, length(word)) as i
        cross join lateral (values
          (overlay(word placing '_' from i for 1)),
          (overlay(word placing '' from i for 1)),
          (overlay(word placing '_' from i for 0)),
          (overlay(word placing reverse(substr(word, i, 2)) from i for 2))) as v (slip)
        where length(word) between 4 and 40
      $$;

      -- Titles that hold a folded word, and how well: 1 as a word, 0.95 as the beginning of one, 0.85 inside one (two
      -- letters must begin one). If those fill no list of fifty, also titles that hold it with one slip: 0.75. If they do
      -- not either, also those that hold something similar: 0.7 of its similarity, which must be 0.45, about two slips in
      -- eleven letters; set in here, because only a superuser may attach a setting of an extension to a function.
      create function titles_with(scheme text, lang text, word text)
        returns table (code text, title text, folded text, quality float8) language plpgsql stable rows 500
      as $$
      declare
        as_typed text := case when length(word) < 3 then '% ' else '%' end || word || '%';
        slips text[] := slips(word);
        found_as_typed bigint;
        found_with_slip bigint;
      begin
        return query
          select t.code, t.title, t.folded, case when t.folded || ' ' like '% ' || word || ' %' then 1
            when t.folded like '% ' || word || '%' then 0.95 else 0.85 end::float8
          from classification_titles as t
          where t.scheme = titles_with.scheme and t.lang = titles_with.lang and t.folded like as_typed;
        get diagnostics found_as_typed = row_count;
        if length(word) < 4 or found_as_typed >= 50 then return; end if;

        return query
          select t.code, t.title, t.folded, 0.75::float8 from classification_titles as t
          where t.scheme = titles_with.scheme and t.lang = titles_with.lang
            and t.folded like any (slips) and t.folded not like as_typed;
        get diagnostics found_with_slip = row_count;
        if found_as_typed + found_with_slip >= 50 then return; end if;

        perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
        return query
          select t.code, t.title, t.folded, 0.7 * word_similarity(word, t.folded) from classification_titles as t
          where t.scheme = titles_with.scheme and t.lang = titles_with.lang
            and t.folded %> word and not t.folded like any (as_typed || slips);
      end $$;
    `);
    await db.query('analyze classification_titles');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function titles_with(text, text, text);
      drop function slips(text);
      drop table classification_titles;
      drop function search_fold(text);
      drop extension pg_trgm;
      drop table isced_fields, esco_skill_groups;
      update isco_08_groups set title_da = null;
    `);
  }
}

async function table(
  db: QueryRunner,
  name: string,
  entries: readonly [code: string, titleEn: string, titleDa: string][],
): Promise<void> {
  await db.query(`
    create table ${name} (code text primary key, title_en text not null, title_da text not null);
    comment on table ${name} is 'person: none';
    grant select on ${name} to ankomst_app;
  `);
  await db.query(`insert into ${name} select e->>0, e->>1, e->>2 from jsonb_array_elements($1::jsonb) as e`, [
    JSON.stringify(entries),
  ]);
}
