import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MoveTheClock1795000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create extension if not exists btree_gist;
      create extension if not exists unaccent;

      create table clock (
        only_row boolean primary key default true check (only_row),
        ahead interval not null default '0'
      );
      comment on table clock is 'person: none';
      insert into clock default values;
      grant select on clock to ankomst_app;

      create function clock_now() returns timestamptz language sql stable
        return now() + (select ahead from clock);
      create function clock_today() returns date language sql stable
        return (clock_now() at time zone 'Europe/Copenhagen')::date;

      grant select on migrations to ankomst_app;
      comment on table migrations is 'person: none';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function clock_today();
      drop function clock_now();
      drop table clock;
      drop extension unaccent;
      drop extension btree_gist;
    `);
  }
}
