import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowTheProgramme1795000000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table talks (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint talks_refugee references refugees,
        state text not null check (state in ('planned', 'held', 'not_shown', 'cancelled')),
        planned_at timestamptz,
        held_on date,
        form text not null check (form in ('in_person', 'phone', 'video')),
        summary text,
        cancelled_because text check (cancelled_because in ('person_unable', 'municipality_unable', 'recorded_by_mistake')),
        constraint talks_when check (case state
          when 'planned' then planned_at is not null and held_on is null
          when 'not_shown' then planned_at is not null and held_on is null
          when 'held' then held_on is not null
          else true end),
        constraint talks_summary_of_held check (summary is null or held_on is not null),
        constraint talks_cancelled_because check ((state = 'cancelled') = (cancelled_because is not null))
      );
      comment on table talks is 'person: refugee_id';
      create index talks_of_refugee on talks (refugee_id);

      -- What somebody lives of, works at or is kept from, and when: the last day is included, no last day is open.
      create table spells (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint spells_refugee references refugees,
        kind text not null check (kind in
          ('benefit', 'self_supporting', 'work', 'wage_subsidy', 'education', 'leave', 'birth', 'illness', 'suspended')),
        from_on date not null,
        to_on date,
        employer text,
        hours_per_week double precision check (hours_per_week between 0.5 and 60 and hours_per_week * 2 = floor(hours_per_week * 2)),
        -- The record it follows from, such as an internship; null when a person entered it.
        source_type text,
        source_id uuid,
        -- Recorded by mistake: kept as history, its days are free again.
        withdrawn_at timestamptz,
        constraint spells_in_order check (from_on <= to_on),
        constraint spells_birth_is_a_day check (kind <> 'birth' or to_on is not distinct from from_on),
        constraint spells_employer check ((employer is not null) = (kind in ('work', 'wage_subsidy'))),
        constraint spells_hours check (hours_per_week is null or kind in ('work', 'wage_subsidy', 'education')),
        constraint spells_source check ((source_type is null) = (source_id is null)),
        -- One at a time. Benefit and self-supporting count as one kind: each says that the other is not so.
        -- A subsidised job is an offer of the programme, of which one runs at a time; leave, illness and suspension
        -- are states one is in or not. Work and education may overlap themselves (two part-time jobs, a course beside
        -- school) and all the others; twins are two births on one day.
        constraint spells_one_at_a_time
          exclude using gist (refugee_id with =, (case kind when 'self_supporting' then 'benefit' else kind end) with =,
                              daterange(from_on, to_on, '[]') with &&)
          where (withdrawn_at is null and kind not in ('work', 'education', 'birth'))
      );
      comment on table spells is 'person: refugee_id';
      create index spells_of_refugee on spells (refugee_id, from_on, id);

      create table danish_courses (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint danish_courses_refugee references refugees,
        education text not null check (education in ('du1', 'du2', 'du3')),
        module int not null check (module between 1 and 6),
        from_on date not null,
        to_on date,
        class_hours_per_week double precision not null
          check (class_hours_per_week between 0.5 and 60 and class_hours_per_week * 2 = floor(class_hours_per_week * 2)),
        outcome text check (outcome in ('completed', 'stopped')),
        constraint danish_courses_in_order check (from_on <= to_on),
        constraint danish_courses_ended check (outcome is null or to_on is not null),
        -- A module is attended after another, at one school.
        constraint danish_courses_one_at_a_time
          exclude using gist (refugee_id with =, daterange(from_on, to_on, '[]') with &&)
      );
      comment on table danish_courses is 'person: refugee_id';

      create table danish_exams (
        id uuid primary key,
        refugee_id uuid not null constraint danish_exams_refugee references refugees,
        exam text not null check (exam in ('pd1', 'pd2', 'pd3', 'studieproeven')),
        taken_on date not null,
        passed boolean not null,
        constraint danish_exams_once unique (refugee_id, exam, taken_on)
      );
      comment on table danish_exams is 'person: refugee_id';

      grant select, insert on talks, spells, danish_courses, danish_exams to ankomst_app;
      grant update (version, state, planned_at, held_on, form, summary, cancelled_because) on talks to ankomst_app;
      grant update (version, from_on, to_on, employer, hours_per_week, withdrawn_at) on spells to ankomst_app;
      grant update (version, education, module, from_on, to_on, class_hours_per_week, outcome) on danish_courses to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table danish_exams, danish_courses, spells, talks;');
  }
}
