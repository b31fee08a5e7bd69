import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskTheClockOnce1795000000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The day and the instant stand in selects of their own: those Postgres answers once a statement. As plain
    // calls they were made for every row, and the clock, which reads a table, cost more than all the rest of a list.
    await db.query(visibleCases('(select on_day)', '(select clock_now())'));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(visibleCases('on_day', 'clock_now()'));
  }
}

// Written as the migration that made it did, so that taking this one back leaves what was there.
const visibleCases = (day: string, now: string): string => `
      create or replace function visible_cases(actor uuid, on_day date) returns table (refugee_id uuid, basis case_basis)
      language sql stable as $$
        select seen.refugee_id, min(seen.basis)
        from (
          select t.refugee_id, 'case_work'::case_basis as basis from case_team t
          where t.staff_id = actor and t.from_on <= ${day} and ${day} < coalesce(t.until_on, 'infinity')
          union all
          select r.id, 'supervision'::case_basis from units u join refugees r on r.unit_id = u.id
          where u.leader_id = actor
          union all
          select g.refugee_id, 'grant'::case_basis from access_grant g
          where g.staff_id = actor and g.from_at <= ${now} and ${now} < g.until_at
        ) as seen
        group by seen.refugee_id
      $$`;
