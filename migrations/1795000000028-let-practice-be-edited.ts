import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetPracticeBeEdited1795000000028 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What the leader of a unit asks the unit to do besides the law. Its words are shown to people and sent in mails:
      -- they are of no person.
      create table practice_rules (
        id uuid primary key,
        unit_id uuid not null constraint practice_rules_unit references units,
        created_at timestamptz not null default clock_now()
      );
      comment on table practice_rules is 'person: none';
      create index practice_rules_of_unit on practice_rules (unit_id, created_at, id);

      create table practice_rule_versions (
        id uuid primary key,
        version int not null default 1,
        rule_id uuid not null constraint practice_rule_versions_rule references practice_rules,
        number int not null check (number > 0),
        state text not null default 'draft' check (state in ('draft', 'on', 'replaced', 'off')),
        terms jsonb not null,
        drafted_by uuid not null constraint practice_rule_versions_drafted_by references staff_accounts,
        drafted_at timestamptz not null default clock_now(),
        switched_on_at timestamptz,
        ended_at timestamptz,
        constraint practice_rule_versions_number unique (rule_id, number),
        constraint practice_rule_versions_turns check (
          (state = 'draft') = (switched_on_at is null) and (state in ('replaced', 'off')) = (ended_at is not null))
      );
      comment on table practice_rule_versions is 'person: none';
      create unique index practice_rule_versions_one_draft on practice_rule_versions (rule_id) where state = 'draft';
      create unique index practice_rule_versions_one_on on practice_rule_versions (rule_id) where state = 'on';
      -- What was ever on stays as it was: the history of cases rests on it. It can only end, once.
      create trigger practice_rule_versions_frozen before update on practice_rule_versions
        for each row when (old.state in ('replaced', 'off') or old.state = 'on'
          and (new.state = 'draft' or (new.rule_id, new.number, new.terms, new.switched_on_at)
                is distinct from (old.rule_id, old.number, old.terms, old.switched_on_at)))
        execute function keep_frozen('practice_rule_versions_frozen');
      create trigger practice_rule_versions_kept before delete on practice_rule_versions
        for each row when (old.state <> 'draft') execute function keep_frozen('practice_rule_versions_frozen');

      alter table follow_ups
        add column practice_version_id uuid constraint follow_ups_practice_version references practice_rule_versions;

      -- Whom a version would touch if it were on. The terms are those that were asked about: a draft can change meanwhile.
      create table dry_runs (
        id uuid primary key,
        version_id uuid not null constraint dry_runs_version references practice_rule_versions,
        terms jsonb not null,
        asked_by uuid not null constraint dry_runs_asked_by references staff_accounts,
        asked_at timestamptz not null default clock_now(),
        on_day date not null default clock_today(),
        state text not null default 'running' check (state in ('running', 'done')),
        -- The last case that was looked at: it goes on behind it.
        reached_id uuid not null default '00000000-0000-0000-0000-000000000000',
        total int not null,
        seen int not null default 0,
        cases int not null default 0,
        opened int not null default 0,
        moved int not null default 0,
        ended int not null default 0,
        ended_at timestamptz
      );
      comment on table dry_runs is 'person: none';
      create index dry_runs_of_version on dry_runs (version_id);
      create index dry_runs_running on dry_runs (asked_at) where state = 'running';
      create index dry_runs_oldest on dry_runs (asked_at);

      create table dry_run_cases (
        dry_run_id uuid not null constraint dry_run_cases_dry_run references dry_runs on delete cascade,
        refugee_id uuid not null constraint dry_run_cases_refugee references refugees,
        changes jsonb not null,
        primary key (dry_run_id, refugee_id)
      );
      comment on table dry_run_cases is 'person: refugee_id';
      create index dry_run_cases_of_case on dry_run_cases (refugee_id);

      grant select, insert on practice_rules to ankomst_app;
      grant select, insert, update (version, state, terms, switched_on_at, ended_at) on practice_rule_versions to ankomst_app;
      grant select, insert, delete, update (state, reached_id, total, seen, cases, opened, moved, ended, ended_at) on dry_runs to ankomst_app;
      grant select, insert on dry_run_cases to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table dry_run_cases, dry_runs;
      delete from reminders r using follow_ups f where f.id = r.follow_up_id and f.practice_version_id is not null;
      delete from follow_up_moves m using follow_ups f where f.id = m.follow_up_id and f.practice_version_id is not null;
      delete from follow_up_notes n using follow_ups f where f.id = n.follow_up_id and f.practice_version_id is not null;
      delete from follow_ups where practice_version_id is not null;
      alter table follow_ups drop column practice_version_id;
      drop table practice_rule_versions, practice_rules;
    `);
  }
}
