import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RememberWhatWasDone1795000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A step of a request that may be repeated. Key and fingerprint are blind indexes, the result holds ids.
      create table done_once (
        account_id uuid not null,
        key bytea not null,
        step smallint not null,
        fingerprint bytea not null,
        result jsonb,
        done_at timestamptz not null default now(),
        primary key (account_id, key, step)
      );
      comment on table done_once is 'person: none';
      create index done_once_expiry on done_once (done_at);

      grant select, insert, update, delete on done_once to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table done_once');
  }
}
