import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepRefugeesAndTheirCases1795000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create sequence case_numbers;

      create table refugees (
        id uuid primary key,
        version int not null default 1,
        case_number bigint not null default nextval('case_numbers') constraint refugees_case_number unique,
        unit_id uuid not null constraint refugees_unit references units,
        given_names text not null,
        family_name text not null,
        name_words tsvector,
        born_on date not null,
        sex text not null check (sex in ('female', 'male', 'unknown')),
        nationality text not null constraint refugees_nationality references countries,
        mother_tongue text constraint refugees_mother_tongue references languages,
        interpreter_needed boolean not null default false,
        interpreter_language text constraint refugees_interpreter_language references languages,
        household_adults int check (household_adults between 1 and 20),
        household_children int check (household_children between 0 and 20),
        childcare text check (childcare in ('not_needed', 'needed', 'arranged')),
        permit_basis text,
        permit_granted_on date,
        permit_expires_on date,
        allocation_decided_on date,
        early_cv_handover_on date,
        early_contract_handover_on date,
        handover_on date,
        registered_on date,
        takeover_agreed_on date,
        takeover_on date,
        takeover_rule_ids uuid[] not null default '{}',
        takeover_stale boolean not null default false,
        registered_at timestamptz not null default clock_now(),
        constraint refugees_permit_in_order check (permit_expires_on >= permit_granted_on),
        constraint refugees_interpreter_named check (not interpreter_needed or interpreter_language is not null)
      );
      comment on table refugees is 'person: id';
      create index refugees_name on refugees ((family_name || ', ' || given_names), id);
      create index refugees_takeover on refugees ((coalesce(takeover_on, 'infinity')), id);
      create index refugees_name_words on refugees using gin (name_words);
      -- Kept beside the names: taking a name apart costs too much to do for every row of a search.
      create function keep_name_words() returns trigger language plpgsql as $$
      begin
        new.name_words := words(new.given_names || ' ' || new.family_name);
        return new;
      end $$;
      create trigger keep_name_words before insert or update of given_names, family_name on refugees
        for each row execute function keep_name_words();
      create index refugees_of_unit on refugees (unit_id);
      create index refugees_stale on refugees (id) where takeover_stale;
      alter sequence case_numbers owned by refugees.case_number;

      create table refugee_languages (
        refugee_id uuid not null constraint refugee_languages_refugee references refugees,
        language text not null constraint refugee_languages_language references languages,
        primary key (refugee_id, language)
      );
      comment on table refugee_languages is 'person: refugee_id';

      -- A number of a person in some register; an ended row is history.
      create table refugee_identifiers (
        id uuid primary key,
        refugee_id uuid not null constraint refugee_identifiers_refugee references refugees,
        system text not null check (system in ('asylum_person_id', 'cpr')),
        value text,
        sealed bytea,
        blind_index bytea,
        valid_from timestamptz not null default clock_now(),
        valid_to timestamptz,
        check (case system when 'cpr' then value is null and sealed is not null and blind_index is not null
               else value is not null and sealed is null and blind_index is null end)
      );
      comment on table refugee_identifiers is 'person: refugee_id';
      create index refugee_identifiers_refugee on refugee_identifiers (refugee_id);
      create unique index refugee_identifiers_one_current on refugee_identifiers (refugee_id, system) where valid_to is null;
      create unique index refugee_identifiers_asylum_person_id on refugee_identifiers (value) where system = 'asylum_person_id' and valid_to is null;
      create unique index refugee_identifiers_cpr on refugee_identifiers (blind_index) where system = 'cpr' and valid_to is null;

      -- Who works on a case, in which role, from which day until which (the first day no longer).
      create table case_team (
        id uuid primary key,
        refugee_id uuid not null constraint case_team_refugee references refugees,
        staff_id uuid not null constraint case_team_staff references staff_accounts,
        role text not null check (role in ('job_consultant', 'coordinator', 'caseworker')),
        from_on date not null,
        until_on date,
        constraint case_team_in_order check (from_on <= until_on),
        constraint case_team_one_holder
          exclude using gist (refugee_id with =, role with =, daterange(from_on, until_on) with &&)
      );
      comment on table case_team is 'person: refugee_id';
      create index case_team_staff_days on case_team (staff_id, from_on, until_on);

      -- Sight of a case for somebody outside its team, until an instant.
      create table access_grant (
        id uuid primary key,
        refugee_id uuid not null constraint access_grant_refugee references refugees,
        staff_id uuid not null constraint access_grant_staff references staff_accounts,
        granted_by uuid not null constraint access_grant_granted_by references staff_accounts,
        from_at timestamptz not null default clock_now(),
        until_at timestamptz not null,
        constraint access_grant_in_order check (from_at <= until_at)
      );
      comment on table access_grant is 'person: refugee_id';
      create index access_grant_staff_until on access_grant (staff_id, until_at);

      -- Weakest last: the read log keeps the weakest basis of a reply.
      create type case_basis as enum ('case_work', 'supervision', 'grant');

      -- Every case the account sees on the day, once, with the strongest basis. Inlined by the planner.
      create function visible_cases(actor uuid, on_day date) returns table (refugee_id uuid, basis case_basis)
      language sql stable as $$
        select seen.refugee_id, min(seen.basis)
        from (
          select t.refugee_id, 'case_work'::case_basis as basis from case_team t
          where t.staff_id = actor and t.from_on <= on_day and on_day < coalesce(t.until_on, 'infinity')
          union all
          select r.id, 'supervision'::case_basis from units u join refugees r on r.unit_id = u.id
          where u.leader_id = actor
          union all
          select g.refugee_id, 'grant'::case_basis from access_grant g
          where g.staff_id = actor and g.from_at <= clock_now() and clock_now() < g.until_at
        ) as seen
        group by seen.refugee_id
      $$;

      grant select, insert, update on refugees to ankomst_app;
      -- History is ended, never rewritten.
      grant select, insert on refugee_identifiers, case_team, access_grant to ankomst_app;
      grant update (valid_to) on refugee_identifiers to ankomst_app;
      grant update (until_on) on case_team to ankomst_app;
      grant update (until_at) on access_grant to ankomst_app;
      grant select, insert, delete on refugee_languages to ankomst_app;
      grant usage on sequence case_numbers to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function visible_cases(uuid, date);
      drop type case_basis;
      drop table access_grant, case_team, refugee_identifiers, refugee_languages, refugees;
      drop function keep_name_words();
      drop sequence if exists case_numbers;
    `);
  }
}
