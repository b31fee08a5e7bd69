import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetDeputiesStandIn1795000000023 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table staff_accounts
        -- Who is told when a reminder stays unread.
        add column deputy_id uuid constraint staff_accounts_deputy references staff_accounts,
        add column reminder_mails text not null default 'each' check (reminder_mails in ('each', 'daily_digest')),
        add constraint staff_accounts_deputy_is_another check (deputy_id <> id);
      create index staff_accounts_of_deputy on staff_accounts (deputy_id);
      grant update (deputy_id, reminder_mails) on staff_accounts to ankomst_app;

      -- The days on which somebody is away, and who does their work. Why is nobody's business and stands nowhere.
      -- One that was ended on its first day keeps the day before as its last.
      create table staff_absences (
        id uuid primary key,
        version int not null default 1,
        account_id uuid not null constraint staff_absences_account references staff_accounts,
        from_on date not null,
        to_on date not null,
        deputy_id uuid constraint staff_absences_deputy references staff_accounts,
        recorded_by uuid not null constraint staff_absences_recorded_by references staff_accounts,
        recorded_at timestamptz not null default clock_now(),
        constraint staff_absences_in_order check (from_on <= to_on + 1),
        constraint staff_absences_deputy_is_another check (deputy_id <> account_id),
        constraint staff_absences_one_at_a_time
          exclude using gist (account_id with =, daterange(from_on, to_on + 1) with &&)
      );
      comment on table staff_absences is 'person: none';
      create index staff_absences_of_account on staff_absences (account_id, to_on);
      create index staff_absences_of_deputy on staff_absences (deputy_id, to_on);
      grant select, insert, delete on staff_absences to ankomst_app;
      grant update (version, from_on, to_on, deputy_id) on staff_absences to ankomst_app;

      -- Who is away on the day, and who does their work: the deputy, if there is one of the same role whose account is
      -- open and who is not away, too; else null, and it is the unit leader's. The one place that says so.
      create function absences_on(on_day date) returns table (account_id uuid, deputy_id uuid)
      language sql stable as $$
        select away.account_id, deputy.id
        from staff_absences away
        join staff_accounts account on account.id = away.account_id
        left join staff_accounts deputy
          on deputy.id = away.deputy_id and deputy.role = account.role and deputy.disabled_at is null
         and not exists (select from staff_absences too where too.account_id = deputy.id
                         and too.from_on <= (select on_day) and (select on_day) <= too.to_on)
        where away.from_on <= (select on_day) and (select on_day) <= away.to_on
      $$;

      -- Who does an account's work on a day: itself, while it is away its deputy, or nobody.
      create function works_for(account uuid, on_day date) returns uuid language sql stable as $$
        select case when away.account_id is null then account else away.deputy_id end
        from (select) as once left join absences_on(on_day) away on away.account_id = account
      $$;

      -- Whether an account is in the team of one case is answered by this alone, as who is on the teams of thousands.
      create index case_team_of_case on case_team (refugee_id, from_on, until_on, staff_id);

      -- In whose place an account acts on a day: its own, and of those it is the deputy of. One array, asked for once a
      -- statement: written out in every query of a person it would take longer to plan than to run.
      create function acts_for(actor uuid, on_day date) returns uuid[] language sql stable cost 10000 as $$
        select array(select actor union all select account_id from absences_on(on_day) where deputy_id = actor)
      $$;

      -- Every case the account sees on the day, once, with the strongest basis. Inlined by the planner, but only
      -- where the day is given as a call or a value: given as a select, all cases are found for each row that asks.
      create or replace function visible_cases(actor uuid, on_day date) returns table (refugee_id uuid, basis case_basis)
      language sql stable as $$
        select seen.refugee_id, min(seen.basis)
        from (
          select t.refugee_id, 'case_work'::case_basis as basis from case_team t
          where t.staff_id = any ((select acts_for(actor, on_day))::uuid[])
            and t.from_on <= (select on_day) and (select on_day) < coalesce(t.until_on, 'infinity')
          union all
          select f.refugee_id, 'case_work'::case_basis from follow_ups f
          where f.deputy_id = actor and f.state = 'open' and f.refugee_id is not null
          union all
          select r.id, 'supervision'::case_basis from units u join refugees r on r.unit_id = u.id
          where u.leader_id = any ((select acts_for(actor, on_day))::uuid[])
          union all
          select g.refugee_id, 'grant'::case_basis from access_grant g
          where g.staff_id = actor and g.from_at <= (select clock_now()) and (select clock_now()) < g.until_at
        ) as seen
        group by seen.refugee_id
      $$;

      -- Every visit the account sees today, once: its consultants, its unit's job consultants and its unit's leader do.
      -- Inlined by the planner.
      create or replace function visible_visits(actor uuid) returns table (visit_id uuid) language sql stable as $$
        select c.visit_id from visit_consultants c where c.staff_id = any ((select acts_for(actor, clock_today()))::uuid[])
        union
        select v.id from staff_accounts s join centre_visits v on v.unit_id = s.unit_id
        where s.id = actor and s.role = 'job_consultant'
        union
        select v.id from units u join centre_visits v on v.unit_id = u.id
        where u.leader_id = any ((select acts_for(actor, clock_today()))::uuid[])
      $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(VISIBLE_VISITS_BEFORE);
    await db.query(VISIBLE_CASES_BEFORE);
    await db.query(`
      drop index case_team_of_case;
      drop function acts_for(uuid, date);
      drop function works_for(uuid, date);
      drop function absences_on(date);
      drop table staff_absences;
      revoke update (deputy_id, reminder_mails) on staff_accounts from ankomst_app;
      alter table staff_accounts drop column deputy_id, drop column reminder_mails;
    `);
  }
}

// Written as the migrations that made them did, so that taking this one back leaves what was there.
const VISIBLE_CASES_BEFORE = `
      create or replace function visible_cases(actor uuid, on_day date) returns table (refugee_id uuid, basis case_basis)
      language sql stable as $$
        select seen.refugee_id, min(seen.basis)
        from (
          select t.refugee_id, 'case_work'::case_basis as basis from case_team t
          where t.staff_id = actor and t.from_on <= (select on_day) and (select on_day) < coalesce(t.until_on, 'infinity')
          union all
          select r.id, 'supervision'::case_basis from units u join refugees r on r.unit_id = u.id
          where u.leader_id = actor
          union all
          select g.refugee_id, 'grant'::case_basis from access_grant g
          where g.staff_id = actor and g.from_at <= (select clock_now()) and (select clock_now()) < g.until_at
        ) as seen
        group by seen.refugee_id
      $$`;
const VISIBLE_VISITS_BEFORE = `
      create or replace function visible_visits(actor uuid) returns table (visit_id uuid) language sql stable as $$
        select c.visit_id from visit_consultants c where c.staff_id = actor
        union
        select v.id from staff_accounts s join centre_visits v on v.unit_id = s.unit_id
        where s.id = actor and s.role = 'job_consultant'
        union
        select v.id from units u join centre_visits v on v.unit_id = u.id where u.leader_id = actor
      $$`;
