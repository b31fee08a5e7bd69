import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GiveOutCalendarFeeds1795000000027 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Whoever has the token reads the days of an account's follow-ups, and nothing of the people they are about.
      create table calendar_feeds (
        id uuid primary key,
        account_id uuid not null constraint calendar_feeds_account references staff_accounts,
        name text,
        token_hash bytea not null constraint calendar_feeds_token unique,
        created_at timestamptz not null default clock_now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      comment on table calendar_feeds is 'person: none';
      create index calendar_feeds_of_account on calendar_feeds (account_id, created_at, id);

      grant select, insert on calendar_feeds to ankomst_app;
      grant update (last_used_at, revoked_at) on calendar_feeds to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table calendar_feeds;');
  }
}
