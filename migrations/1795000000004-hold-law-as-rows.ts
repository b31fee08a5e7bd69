import type { MigrationInterface, QueryRunner } from 'typeorm';
import { closingDays } from './data/closing-days.js';
import { legislationRules } from './data/legislation-rules.js';

export class HoldLawAsRows1795000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table legislation_rules (
        id uuid primary key default uuidv7(),
        key text not null check (key ~ '^[a-z0-9_]+(\\.[a-z0-9_]+)+$'),
        operator text not null check (operator in ('lt', 'lte', 'gte', 'eq')),
        value jsonb not null check (jsonb_typeof(value) in ('number', 'string', 'boolean')),
        unit text not null,
        selects_by text not null,
        valid_from date not null,
        valid_to date,
        legal_basis text not null,
        source text not null,
        confidence text not null check (confidence in ('H', 'M', 'L')),
        note text,
        added_by uuid,
        added_at timestamptz not null default clock_now(),
        constraint legislation_rules_in_order check (valid_from <= valid_to),
        constraint legislation_rules_one_at_a_time
          exclude using gist (key with =, daterange(valid_from, valid_to, '[]') with &&)
      );
      comment on table legislation_rules is 'person: none';

      create table closing_days (
        month int not null check (month between 1 and 12),
        day int not null check (day between 1 and 31),
        name_da text not null,
        name_en text not null,
        primary key (month, day)
      );
      comment on table closing_days is 'person: none';

      grant select, insert on legislation_rules to ankomst_app;
      -- A new row may close its predecessor; nothing else of a rule ever changes.
      grant update (valid_to) on legislation_rules to ankomst_app;
      grant select on closing_days to ankomst_app;
    `);
    await db.query(
      `insert into legislation_rules (key, operator, value, unit, selects_by, valid_from, valid_to, legal_basis, source, confidence, note)
       select key, operator, value, unit, "selectsBy", "validFrom", "validTo", "legalBasis", source, confidence, note
       from jsonb_to_recordset($1::jsonb) as r(key text, operator text, value jsonb, unit text, "selectsBy" text,
         "validFrom" date, "validTo" date, "legalBasis" text, source text, confidence text, note text)`,
      [JSON.stringify(legislationRules)],
    );
    for (const row of closingDays)
      await db.query('insert into closing_days values ($1, $2, $3, $4)', [...row]);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table closing_days, legislation_rules;');
  }
}
