import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReviseContracts1795000000020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The day on which the municipality found out what somebody can take part in (Integration Act § 17).
      create table visitations (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint visitations_refugee references refugees,
        held_on date not null,
        category text check (category in ('job_ready', 'activity_ready')),
        recorded_at timestamptz not null default clock_now(),
        constraint visitations_one unique (refugee_id)
      );
      comment on table visitations is 'person: refugee_id';
      grant select, insert on visitations to ankomst_app;
      grant update (version, held_on, category) on visitations to ankomst_app;

      alter table integration_contracts rename column goal to goals;
      alter table integration_contracts rename column signed_by to municipality_signed_by;
      alter table integration_contracts rename constraint integration_contracts_signed_by to integration_contracts_municipality_signed_by;
      -- Both were free texts of any contents: one goal of work, one activity of another kind.
      alter table integration_contracts
        alter column goals type jsonb
          using jsonb_build_array(jsonb_build_object('kind', 'employment', 'description', goals, 'occupation', null)),
        alter column activities type jsonb
          using jsonb_build_array(jsonb_build_object('kind', 'other', 'description', activities,
                                                     'fromOn', null, 'untilOn', null, 'hoursPerWeek', null)),
        add constraint integration_contracts_goals check (jsonb_array_length(goals) between 1 and 10),
        add constraint integration_contracts_activities check (jsonb_array_length(activities) between 0 and 20),
        add column revises_id uuid,
        add column person_signed_on date,
        add column municipality_signed_on date,
        add column declaration_signed_on date,
        drop constraint integration_contracts_one,
        drop constraint integration_contracts_signed;
      alter table integration_contracts disable trigger integration_contracts_frozen;
      update integration_contracts set person_signed_on = signed_on, municipality_signed_on = signed_on;
      alter table integration_contracts enable trigger integration_contracts_frozen;
      alter table integration_contracts
        add constraint integration_contracts_of_person unique (id, refugee_id),
        add constraint integration_contracts_revises foreign key (revises_id, refugee_id) references integration_contracts (id, refugee_id),
        add constraint integration_contracts_signed_by_both check (signed_on is not distinct from
          case when num_nulls(person_signed_on, municipality_signed_on) = 0 then greatest(person_signed_on, municipality_signed_on) end),
        add constraint integration_contracts_signed_for_municipality check ((municipality_signed_on is null) = (municipality_signed_by is null)),
        add constraint integration_contracts_declared check (declaration_signed_on is null or person_signed_on is not null);
      -- Each revises the one before it, from the first on, and only the last may be a draft.
      create unique index integration_contracts_one_first on integration_contracts (refugee_id) where revises_id is null;
      create unique index integration_contracts_one_revision on integration_contracts (revises_id) where revises_id is not null;
      create unique index integration_contracts_one_draft on integration_contracts (refugee_id) where signed_on is null;

      create or replace function keep_signed_contract() returns trigger language plpgsql as $$
      begin
        if old.signed_on is not null then
          raise exception 'a signed contract stays as it is'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_frozen', table = 'integration_contracts';
        end if;
        if num_nonnulls(old.person_signed_on, old.municipality_signed_on) > 0
           and (tg_op = 'DELETE' or (new.goals, new.activities) is distinct from (old.goals, old.activities)) then
          raise exception 'what one party has signed says what it said until the signature is withdrawn'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_half_signed', table = 'integration_contracts';
        end if;
        return coalesce(new, old);
      end $$;
      -- A draft that nobody signed may be discarded.
      grant delete on integration_contracts to ankomst_app;
      grant update (person_signed_on, municipality_signed_on, declaration_signed_on) on integration_contracts to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      revoke delete on integration_contracts from ankomst_app;
      create or replace function keep_signed_contract() returns trigger language plpgsql as $$
      begin
        if old.signed_on is not null then
          raise exception 'a signed contract stays as it is'
            using errcode = 'restrict_violation', constraint = 'integration_contracts_frozen', table = 'integration_contracts';
        end if;
        return coalesce(new, old);
      end $$;
      drop index integration_contracts_one_first, integration_contracts_one_revision, integration_contracts_one_draft;
      alter table integration_contracts
        drop constraint integration_contracts_revises,
        drop constraint integration_contracts_of_person,
        drop constraint integration_contracts_goals,
        drop constraint integration_contracts_activities,
        drop constraint integration_contracts_signed_by_both,
        drop constraint integration_contracts_signed_for_municipality,
        drop constraint integration_contracts_declared;
      -- There was room for one contract of a person: the one in force or, without one, the draft.
      alter table integration_contracts disable trigger integration_contracts_frozen;
      delete from integration_contracts c
      where c.signed_on is null and c.revises_id is not null
         or exists (select from integration_contracts n where n.revises_id = c.id and n.signed_on is not null);
      update integration_contracts set municipality_signed_by = null where signed_on is null;
      alter table integration_contracts enable trigger integration_contracts_frozen;
      create function descriptions_of(list jsonb) returns text language sql as
        $$ select coalesce(string_agg(e->>'description', chr(10)), '') from jsonb_array_elements(list) e $$;
      alter table integration_contracts
        drop column revises_id, drop column person_signed_on, drop column municipality_signed_on, drop column declaration_signed_on,
        alter column goals type text using descriptions_of(goals),
        alter column activities type text using descriptions_of(activities),
        add constraint integration_contracts_one unique (refugee_id),
        add constraint integration_contracts_signed check ((signed_on is null) = (municipality_signed_by is null));
      drop function descriptions_of(jsonb);
      alter table integration_contracts rename constraint integration_contracts_municipality_signed_by to integration_contracts_signed_by;
      alter table integration_contracts rename column municipality_signed_by to signed_by;
      alter table integration_contracts rename column goals to goal;
      drop table visitations;
    `);
  }
}
