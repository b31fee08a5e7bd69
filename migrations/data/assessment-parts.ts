/** The relational parts an assessment had before its form was data, as migration 9 made them. */
export const PARTS = [
  'assessment_languages',
  'assessment_schooling',
  'assessment_work',
  'assessment_skills',
  'assessment_wished_occupations',
];

export const tablesOfParts = `
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
      );`;
