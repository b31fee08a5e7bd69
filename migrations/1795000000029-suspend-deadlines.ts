import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SuspendDeadlines1795000000029 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Days on which the deadlines of some rules stand still; the last one included, none while nobody knows.
      create table deadline_suspensions (
        id uuid primary key,
        rule_keys text[] not null check (cardinality(rule_keys) > 0),
        from_on date not null,
        to_on date,
        legal_basis text not null,
        source text not null,
        confidence text not null check (confidence in ('H', 'M', 'L')),
        added_by uuid not null constraint deadline_suspensions_added_by references staff_accounts,
        added_at timestamptz not null default clock_now(),
        withdrawn_at timestamptz,
        constraint deadline_suspensions_in_order check (from_on <= to_on)
      );
      comment on table deadline_suspensions is 'person: none';
      create index deadline_suspensions_newest on deadline_suspensions (from_on, id);

      grant select, insert on deadline_suspensions to ankomst_app;
      -- It ends once, and may be withdrawn; nothing else of it ever changes.
      grant update (to_on, withdrawn_at) on deadline_suspensions to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table deadline_suspensions; update plans set stale = true;');
  }
}
