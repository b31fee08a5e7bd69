import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GuardSignIn1795000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A try at a password is 'tried' before the work and then 'refused', 'signed_in' or 'password_changed'
      -- under the same attempt_id; one that a lock keeps out is 'locked'.
      alter table sign_in_events
        add attempt_id uuid,
        add address_index bytea,
        drop constraint sign_in_events_event_check,
        add constraint sign_in_events_event_check check (event in ('tried', 'refused', 'signed_in', 'locked',
          'signed_out', 'session_ended', 'refreshed', 'refresh_reused',
          'password_changed', 'password_set', 'reset_asked', 'reset_locked'));
      create index sign_in_events_address on sign_in_events (address_index, at);
      create index sign_in_events_attempt on sign_in_events (attempt_id);

      alter table staff_accounts
        add version int not null default 1,
        -- counts the passwords there were, not the hashes: a stronger hash of the same password is no new one
        add password_version int not null default 0;

      -- What lets somebody choose a password: asked for, sent by the worker, which makes the token, and ended.
      create table password_tokens (
        id uuid primary key,
        account_id uuid not null constraint password_tokens_account references staff_accounts,
        purpose text not null check (purpose in ('invitation', 'reset')),
        asked_at timestamptz not null default clock_now(),
        attempts int not null default 0,
        retry_at timestamptz,
        token_hash bytea constraint password_tokens_token unique,
        expires_at timestamptz,
        sent_at timestamptz,
        ended_at timestamptz,
        ended_because text check (ended_because in ('used', 'another was used', 'account closed', 'not sent')),
        constraint password_tokens_ended check ((ended_at is null) = (ended_because is null))
      );
      comment on table password_tokens is 'person: none';
      create index password_tokens_of_account on password_tokens (account_id) where ended_at is null;
      create index password_tokens_to_send on password_tokens (asked_at) where sent_at is null and ended_at is null;

      grant update (name, role, unit_id, language, disabled_at, version, password_hash, password_version)
        on staff_accounts to ankomst_app;
      grant select, insert on password_tokens to ankomst_app;
      grant update (attempts, retry_at, token_hash, expires_at, sent_at, ended_at, ended_because)
        on password_tokens to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table password_tokens;
      revoke update (name, role, unit_id, language, disabled_at, version, password_hash, password_version)
        on staff_accounts from ankomst_app;
      alter table staff_accounts drop version, drop password_version;
      drop index sign_in_events_address, sign_in_events_attempt;
      delete from sign_in_events
        where event not in ('signed_in', 'refused', 'signed_out', 'refreshed', 'refresh_reused');
      alter table sign_in_events
        drop attempt_id,
        drop address_index,
        drop constraint sign_in_events_event_check,
        add constraint sign_in_events_event_check
          check (event in ('signed_in', 'refused', 'signed_out', 'refreshed', 'refresh_reused'));
    `);
  }
}
