import type { MigrationInterface, QueryRunner } from 'typeorm';
import { cefrLevels } from './data/cefr.js';
import { countries } from './data/countries.js';
import { isced2011Levels } from './data/isced.js';
import { isco08 } from './data/isco-08.js';
import { languages } from './data/languages.js';

type Entry = readonly [code: string, titleEn: string, titleDa?: string];

export class ListTheClassifications1795000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function fold(text) returns text language sql immutable parallel safe strict
        return lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, nfc)));
      create function words(text) returns tsvector language sql immutable parallel safe strict
        return array_to_tsvector(array_remove(regexp_split_to_array(fold($1), '[^[:alnum:]]+'), ''));
      -- Every word of what was typed must begin some word of the text; no word typed matches nothing.
      create function beginnings(text) returns tsquery language sql immutable parallel safe strict
        return (select string_agg(quote_literal(word) || ':*', ' & ')::tsquery
                from unnest(array_remove(regexp_split_to_array(fold($1), '[^[:alnum:]]+'), '')) as word);
    `);
    await table(db, 'isco_08_groups', isco08);
    await table(db, 'isced_levels', isced2011Levels);
    await table(db, 'cefr_levels', cefrLevels);
    await table(db, 'languages', languages);
    await table(db, 'countries', countries);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table countries, languages, cefr_levels, isced_levels, isco_08_groups;
      drop function beginnings(text);
      drop function words(text);
      drop function fold(text);
    `);
  }
}

async function table(db: QueryRunner, name: string, entries: readonly Entry[]): Promise<void> {
  await db.query(`
    create table ${name} (code text primary key, title_en text not null, title_da text);
    comment on table ${name} is 'person: none';
    grant select on ${name} to ankomst_app;
  `);
  await db.query(`insert into ${name} select e->>0, e->>1, e->>2 from jsonb_array_elements($1::jsonb) as e`, [
    JSON.stringify(entries),
  ]);
}
