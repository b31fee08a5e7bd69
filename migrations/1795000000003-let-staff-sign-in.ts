import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetStaffSignIn1795000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table units (
        id uuid primary key,
        name text not null constraint units_name unique,
        leader_id uuid
      );
      comment on table units is 'person: none';

      create table staff_accounts (
        id uuid primary key,
        email text not null,
        name text not null,
        role text not null check (role in ('job_consultant', 'coordinator', 'caseworker',
          'welcome_house_coordinator', 'team_leader', 'analyst', 'administrator')),
        unit_id uuid not null constraint staff_accounts_unit references units,
        language text not null default 'da' check (language in ('da', 'en')),
        password_hash text,
        disabled_at timestamptz,
        created_at timestamptz not null default clock_now()
      );
      comment on table staff_accounts is 'person: none';
      create unique index staff_accounts_email on staff_accounts (lower(email));
      create index staff_accounts_unit_role on staff_accounts (unit_id, role);
      alter table units add constraint units_leader foreign key (leader_id) references staff_accounts;

      create table sessions (
        id uuid primary key,
        account_id uuid not null constraint sessions_account references staff_accounts,
        started_at timestamptz not null default clock_now(),
        ended_at timestamptz,
        ended_because text
      );
      comment on table sessions is 'person: none';
      create index sessions_of_account on sessions (account_id) where ended_at is null;

      create table refresh_tokens (
        token_hash bytea primary key,
        session_id uuid not null constraint refresh_tokens_session references sessions,
        issued_at timestamptz not null default clock_now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );
      comment on table refresh_tokens is 'person: none';
      create index refresh_tokens_of_session on refresh_tokens (session_id);

      create table sign_in_events (
        id uuid primary key default uuidv7(),
        at timestamptz not null default clock_now(),
        event text not null check (event in ('signed_in', 'refused', 'signed_out', 'refreshed', 'refresh_reused')),
        email_index bytea,
        account_id uuid,
        session_id uuid
      );
      comment on table sign_in_events is 'person: none';
      create index sign_in_events_email on sign_in_events (email_index, at);

      grant select on units to ankomst_app;
      grant select, insert on staff_accounts, sessions, refresh_tokens to ankomst_app;
      grant update (ended_at, ended_because) on sessions to ankomst_app;
      grant update (used_at) on refresh_tokens to ankomst_app;
      grant select, insert on sign_in_events to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table sign_in_events, refresh_tokens, sessions;
      alter table units drop constraint units_leader;
      drop table staff_accounts;
      drop table units;
    `);
  }
}
