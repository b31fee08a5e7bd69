import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asylumCentres } from './data/asylum-centres.js';

export class VisitAsylumCentres1795000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table asylum_centres (
        id uuid primary key default uuidv7(),
        code text not null constraint asylum_centres_code unique,
        name text not null,
        operator text not null check (operator in ('red_cross', 'municipal', 'prison_service')),
        municipality text not null
      );
      comment on table asylum_centres is 'person: none';

      create table centre_visits (
        id uuid primary key,
        version int not null default 1,
        unit_id uuid not null constraint centre_visits_unit references units,
        centre_id uuid not null constraint centre_visits_centre references asylum_centres,
        on_day date not null,
        interpreter_language text constraint centre_visits_interpreter_language references languages,
        planned_by uuid not null constraint centre_visits_planned_by references staff_accounts,
        planned_at timestamptz not null default clock_now(),
        closed_at timestamptz
      );
      comment on table centre_visits is 'person: none';
      create index centre_visits_day on centre_visits (on_day, id);
      create index centre_visits_centre_day on centre_visits (centre_id, on_day, id);
      create index centre_visits_unit_day on centre_visits (unit_id, on_day, id);

      create table visit_consultants (
        visit_id uuid not null constraint visit_consultants_visit references centre_visits,
        staff_id uuid not null constraint visit_consultants_staff references staff_accounts,
        primary key (visit_id, staff_id)
      );
      comment on table visit_consultants is 'person: none';
      create index visit_consultants_of_staff on visit_consultants (staff_id);

      -- Who is to be met, and how that ended; null while nobody has said.
      create table visit_participants (
        id uuid primary key,
        visit_id uuid not null constraint visit_participants_visit references centre_visits,
        refugee_id uuid not null constraint visit_participants_refugee references refugees,
        outcome text check (outcome in ('met', 'absent', 'declined', 'moved')),
        assessment_id uuid,
        recorded_at timestamptz,
        constraint visit_participants_once unique (visit_id, refugee_id),
        constraint visit_participants_assessment_of_person
          foreign key (assessment_id, refugee_id) references assessments (id, refugee_id),
        constraint visit_participants_assessed_when_met check (assessment_id is null or outcome = 'met'),
        constraint visit_participants_outcome_at check ((outcome is null) = (recorded_at is null))
      );
      comment on table visit_participants is 'person: refugee_id';
      create index visit_participants_of_refugee on visit_participants (refugee_id);
      create index visit_participants_assessment on visit_participants (assessment_id);

      -- Every visit the account sees, once: its consultants, its unit's job consultants and its unit's leader do.
      -- Inlined by the planner.
      create function visible_visits(actor uuid) returns table (visit_id uuid) language sql stable as $$
        select c.visit_id from visit_consultants c where c.staff_id = actor
        union
        select v.id from staff_accounts s join centre_visits v on v.unit_id = s.unit_id
        where s.id = actor and s.role = 'job_consultant'
        union
        select v.id from units u join centre_visits v on v.unit_id = u.id where u.leader_id = actor
      $$;

      grant select on asylum_centres to ankomst_app;
      grant select, insert on centre_visits, visit_consultants, visit_participants to ankomst_app;
      grant update (version, closed_at) on centre_visits to ankomst_app;
      grant update (outcome, assessment_id, recorded_at), delete on visit_participants to ankomst_app;
    `);
    for (const centre of asylumCentres) {
      await db.query(
        'insert into asylum_centres (code, name, operator, municipality) values ($1, $2, $3, $4)',
        [...centre],
      );
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function visible_visits(uuid);
      drop table visit_participants, visit_consultants, centre_visits, asylum_centres;
    `);
  }
}
