import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PlanFollowUps1795000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One row a planned subject: what planning locks, what a new rule marks for the sweep,
      -- and the next day on which the people around the case change.
      create table plans (
        subject_type text not null,
        subject_id uuid not null,
        stale boolean not null default false,
        again_on date,
        primary key (subject_type, subject_id)
      );
      comment on table plans is 'person: none';
      create index plans_stale on plans (subject_type, subject_id) where stale;
      create index plans_again on plans (again_on);

      create table follow_ups (
        id uuid primary key,
        subject_type text not null,
        subject_id uuid not null,
        refugee_id uuid constraint follow_ups_refugee references refugees,
        key text not null,
        owner_id uuid constraint follow_ups_owner references staff_accounts,
        state text not null default 'open' check (state in ('open', 'done', 'superseded', 'cancelled')),
        earliest_on date not null,
        target_on date not null,
        latest_on date not null,
        act_by date not null,
        rule_ids uuid[] not null,
        act_method text not null,
        act_href text not null,
        planned_at timestamptz not null default clock_now(),
        ended_at timestamptz,
        ended_because text,
        constraint follow_ups_in_order check (earliest_on <= latest_on and act_by <= latest_on),
        constraint follow_ups_ended check ((state = 'open') = (ended_at is null))
      );
      comment on table follow_ups is 'person: refugee_id';
      create unique index follow_ups_one_open on follow_ups (subject_type, subject_id, key) where state = 'open';
      create index follow_ups_my_day on follow_ups (owner_id, act_by, id) where state = 'open';
      create index follow_ups_refugee_planned on follow_ups (refugee_id, planned_at);

      create table reminders (
        id uuid primary key default uuidv7(),
        follow_up_id uuid not null constraint reminders_follow_up references follow_ups,
        step text not null check (step in ('target', 'last')),
        recipient_id uuid not null constraint reminders_recipient references staff_accounts,
        channel text not null check (channel in ('email')),
        due_on date not null,
        due_at timestamptz not null,
        state text not null default 'planned' check (state in ('planned', 'sending', 'sent', 'unsure', 'failed', 'cancelled')),
        attempts int not null default 0,
        claimed_at timestamptz,
        retry_at timestamptz,
        sent_at timestamptz,
        constraint reminders_once unique (follow_up_id, step, recipient_id, channel, due_on)
      );
      comment on table reminders is 'person: follow_up_id -> follow_ups.refugee_id';
      create index reminders_due on reminders (due_at, id) where state in ('planned', 'sending');

      grant select, insert, update on plans, follow_ups, reminders to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table reminders, follow_ups, plans;');
  }
}
