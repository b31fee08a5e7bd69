import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HandOverCaseloads1795000000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A colleague's places in the case teams of a unit, given to another from a day on. Which cases: the timeline says.
      create table handovers (
        id uuid primary key,
        unit_id uuid not null constraint handovers_unit references units,
        role text not null check (role in ('job_consultant', 'coordinator', 'caseworker')),
        from_id uuid not null constraint handovers_from references staff_accounts,
        to_id uuid not null constraint handovers_to references staff_accounts,
        from_on date not null,
        cases int not null check (cases > 0),
        done_by uuid not null constraint handovers_done_by references staff_accounts,
        done_at timestamptz not null default clock_now(),
        constraint handovers_to_another check (from_id <> to_id)
      );
      comment on table handovers is 'person: none';
      create index handovers_of_unit on handovers (unit_id, done_at);
      create index handovers_from_whom on handovers (from_id);
      create index handovers_to_whom on handovers (to_id);
      grant select, insert on handovers to ankomst_app;

      -- A leader counts what is open in thousands of cases from the indexes alone; who is on their teams has one already.
      create index follow_ups_open_of_case on follow_ups (refugee_id, act_by) include (id, owner_id, snoozed_until)
        where state = 'open' and not suspended;
      create index reminders_unread_of_follow_up on reminders (follow_up_id, recipient_id)
        where channel = 'in_app' and state = 'sent' and read_at is null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index follow_ups_open_of_case, reminders_unread_of_follow_up;
      drop table handovers;
    `);
  }
}
