import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTS = [
  'assessment_languages',
  'assessment_schooling',
  'assessment_work',
  'assessment_skills',
  'assessment_wished_occupations',
];

export class AssessCompetences1795000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table assessments (
        id uuid primary key,
        version int not null default 1,
        refugee_id uuid not null constraint assessments_refugee references refugees,
        amends_id uuid,
        amendment_reason text,
        interpreter_present boolean not null default false,
        interpreter_language text constraint assessments_interpreter_language references languages,
        wishes text,
        available_from date,
        hours_per_week int check (hours_per_week between 1 and 48),
        available_weekdays text[] check (available_weekdays <@ '{mon,tue,wed,thu,fri,sat,sun}'),
        drafted_by uuid not null constraint assessments_drafted_by references staff_accounts,
        drafted_at timestamptz not null default clock_now(),
        signed_by uuid constraint assessments_signed_by references staff_accounts,
        signed_at timestamptz,
        signed_on date,
        constraint assessments_of_person unique (id, refugee_id),
        constraint assessments_amends foreign key (amends_id, refugee_id) references assessments (id, refugee_id),
        constraint assessments_amendment_has_reason check ((amends_id is null) = (amendment_reason is null)),
        constraint assessments_interpreter_named check (not interpreter_present or interpreter_language is not null),
        constraint assessments_whole_signature check (num_nulls(signed_by, signed_at, signed_on) in (0, 3))
      );
      comment on table assessments is 'person: refugee_id';
      create index assessments_refugee_drafted on assessments (refugee_id, drafted_at, id);
      create unique index assessments_one_amendment on assessments (amends_id) where amends_id is not null;
      create unique index assessments_one_draft on assessments (refugee_id) where signed_at is null;

      create table assessment_languages (
        assessment_id uuid not null constraint assessment_languages_assessment references assessments,
        position int not null,
        language text not null constraint assessment_languages_language references languages,
        mother_tongue boolean not null,
        spoken text constraint assessment_languages_spoken references cefr_levels,
        read text constraint assessment_languages_read references cefr_levels,
        written text constraint assessment_languages_written references cefr_levels,
        reads_latin_script boolean,
        primary key (assessment_id, position),
        constraint assessment_languages_once unique (assessment_id, language)
      );

      create table assessment_schooling (
        assessment_id uuid not null constraint assessment_schooling_assessment references assessments,
        position int not null,
        level text not null constraint assessment_schooling_level references isced_levels,
        field text,
        country text constraint assessment_schooling_country references countries,
        years int check (years between 0 and 40),
        ended_year int check (ended_year between 1901 and 2150),
        documents text not null check (documents in ('original', 'copy', 'lost', 'none')),
        recognition text not null check (recognition in ('none', 'applied', 'recognised')),
        primary key (assessment_id, position)
      );

      -- What the person said, in the person's words and in Danish, and the unit group it was coded as.
      create table assessment_work (
        assessment_id uuid not null constraint assessment_work_assessment references assessments,
        position int not null,
        own_words text not null,
        own_words_language text constraint assessment_work_own_words_language references languages,
        danish_text text,
        occupation text not null constraint assessment_work_occupation references isco_08_groups
          constraint assessment_work_unit_group check (occupation ~ '^[0-9]{4}$'),
        coded text not null check (coded in ('sure', 'likely', 'guess')),
        country text constraint assessment_work_country references countries,
        years int not null check (years between 0 and 70),
        last_year int check (last_year between 1901 and 2150),
        primary key (assessment_id, position)
      );

      create table assessment_skills (
        assessment_id uuid not null constraint assessment_skills_assessment references assessments,
        position int not null,
        description text not null,
        evidence text not null check (evidence in ('claimed', 'described', 'documented', 'observed', 'tested')),
        primary key (assessment_id, position)
      );

      -- A wish may be as wide as a major group.
      create table assessment_wished_occupations (
        assessment_id uuid not null constraint assessment_wished_occupations_assessment references assessments,
        position int not null,
        occupation text not null constraint assessment_wished_occupations_occupation references isco_08_groups,
        primary key (assessment_id, position),
        constraint assessment_wished_occupations_once unique (assessment_id, occupation)
      );

      -- A signature freezes an assessment and its parts, whoever writes and by whatever way.
      create function keep_signed_assessment() returns trigger language plpgsql as $$
      begin
        if old.signed_at is not null then
          raise exception 'a signed assessment stays as it is'
            using errcode = 'restrict_violation', constraint = 'assessments_frozen', table = 'assessments';
        end if;
        return coalesce(new, old);
      end $$;
      create trigger assessments_frozen before update or delete on assessments
        for each row execute function keep_signed_assessment();

      create function keep_part_of_signed_assessment() returns trigger language plpgsql as $$
      begin
        -- Waits for a signature that is being written, and lets none come before this change is committed.
        perform from assessments where id in (old.assessment_id, new.assessment_id) for share;
        if exists (select from assessments
                   where id in (old.assessment_id, new.assessment_id) and signed_at is not null) then
          raise exception 'a part of a signed assessment stays as it is'
            using errcode = 'restrict_violation', constraint = 'assessments_frozen', table = tg_table_name;
        end if;
        return coalesce(new, old);
      end $$;
    `);
    for (const part of PARTS) {
      await db.query(`
        comment on table ${part} is 'person: assessment_id -> assessments.refugee_id';
        create trigger ${part}_frozen before insert or update or delete on ${part}
          for each row execute function keep_part_of_signed_assessment();
        grant select, insert, delete on ${part} to ankomst_app;
      `);
    }
    await db.query(`
      -- Whose it is, what it amends and who drafted it never change.
      grant select, insert on assessments to ankomst_app;
      grant update (version, interpreter_present, interpreter_language, wishes, available_from, hours_per_week,
                    available_weekdays, signed_by, signed_at, signed_on) on assessments to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table ${PARTS.join(', ')}, assessments;
      drop function keep_part_of_signed_assessment();
      drop function keep_signed_assessment();
    `);
  }
}
