import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ForgetOldSignIns1795000000018 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The serving role may forget what is a year old, and nothing younger: what happened stays until then.
      create function forget_old_sign_ins(most int) returns int language sql security definer
        set search_path = public, pg_temp
        as $$
          with old_events as (
            delete from sign_in_events where id in (
              select id from sign_in_events where at < clock_now() - interval '1 year' order by at limit most)
            returning id
          ), old_alerts as (
            delete from read_alerts where id in (
              select id from read_alerts where raised_at < clock_now() - interval '1 year' limit most)
            returning id
          )
          select ((select count(*) from old_events) + (select count(*) from old_alerts))::int
        $$;
      revoke execute on function forget_old_sign_ins(int) from public;
      grant execute on function forget_old_sign_ins(int) to ankomst_app;
      grant delete on sessions, refresh_tokens, password_tokens to ankomst_app;

      create index sign_in_events_at on sign_in_events (at);
      -- What ends the count of an e-mail's failures, however many tries a lock has kept out since.
      create index sign_in_events_proven on sign_in_events (email_index, at)
        where event in ('signed_in', 'password_changed', 'password_set');
      create index sessions_started on sessions (started_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index sessions_started, sign_in_events_proven, sign_in_events_at;
      revoke delete on sessions, refresh_tokens, password_tokens from ankomst_app;
      drop function forget_old_sign_ins(int);
    `);
  }
}
