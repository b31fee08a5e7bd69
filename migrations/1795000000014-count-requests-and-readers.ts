import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountRequestsAndReaders1795000000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What a caller, an account or the index of an address, has asked for this minute. Unlogged: every request writes
      -- here and must not wait for the disk; a crash of Postgres forgets a minute, a restart of ours nothing.
      create unlogged table request_counts (
        caller text primary key,
        minute timestamptz not null,
        spent int not null,
        slow_until timestamptz
      ) with (fillfactor = 50);
      comment on table request_counts is 'person: none';

      -- An account that read unusually many different people within an hour.
      create table read_alerts (
        id uuid primary key default uuidv7(),
        account_id uuid not null constraint read_alerts_account references staff_accounts,
        hour timestamptz not null,
        persons int not null,
        raised_at timestamptz not null default clock_now(),
        constraint read_alerts_once unique (account_id, hour)
      );
      comment on table read_alerts is 'person: none';
      create index read_alerts_newest on read_alerts (hour, id);
      create index read_log_at on read_log (at);

      grant select, insert, update, delete on request_counts to ankomst_app;
      grant select, insert on read_alerts to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index read_log_at; drop table read_alerts, request_counts;');
  }
}
