import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARTS, tablesOfParts } from './data/assessment-parts.js';
import { form1 } from './data/form-1.js';

const RIGHT_TO_LEFT =
  `acm aeb afb aii apc apd ara arb arq ary arz ayl ayn azb bal bej brh ckb cld div fas glk haz heb
  kas lki lrc mzn pes pnb prs pus rhg sdh skr snd syr uig urd yid`.split(/\s+/);

/** Rows of a part of assessment `a` as the value of an answer; none, no answer. */
const asAnswer = (field: string, part: string, row: string): string => `
  select a.id, '${field}', x.value from assessments a
  cross join lateral (
    select jsonb_agg(${row} order by p.position) as value from assessment_${part} p where p.assessment_id = a.id
  ) x where x.value is not null`;
const FACT = (text: string, words: string): string => `
  'words', ${words}, 'danish', ${text}, 'country', p.country, 'documents', p.documents`;

export class AnswerForms1795000000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `alter table languages add direction text not null default 'ltr' check (direction in ('ltr', 'rtl'))`,
    );
    await db.query(`update languages set direction = 'rtl' where code = any ($1)`, [RIGHT_TO_LEFT]);
    await db.query(`
      create table form_versions (
        version int primary key check (version > 0),
        id uuid not null default uuidv7(),
        field_count int not null check (field_count between 1 and 200),
        published_by uuid constraint form_versions_published_by references staff_accounts,
        published_at timestamptz not null default clock_now()
      );
      comment on table form_versions is 'person: none';

      create table form_fields (
        version int not null constraint form_fields_version references form_versions,
        name text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
        position int not null,
        meaning text not null,
        kind text not null,
        label jsonb not null,
        required_for text check (required_for in ('signature', 'handover')),
        bounds jsonb,
        options jsonb,
        replaces jsonb,
        primary key (version, name),
        constraint form_fields_in_order unique (version, position),
        constraint form_fields_one_meaning unique (version, meaning)
      );
      comment on table form_fields is 'person: none';
      comment on column form_fields.meaning is 'what it asks, whatever it is called: the name it had when it was first asked';
      comment on column form_fields.replaces is 'the field of the version before whose answers it takes over, and how options map';

      -- Published is final: a version comes with all its fields, which never change.
      create function keep_published_form_whole() returns trigger language plpgsql as $$
      begin
        if (select count(*) from form_fields where version = new.version)
           >= (select field_count from form_versions where version = new.version) then
          raise exception 'a published form has all its fields'
            using errcode = 'restrict_violation', constraint = 'forms_frozen', table = tg_table_name;
        end if;
        return new;
      end $$;
      create trigger form_versions_frozen before update or delete on form_versions
        for each row execute function keep_frozen('forms_frozen');
      create trigger form_fields_frozen before update or delete on form_fields
        for each row execute function keep_frozen('forms_frozen');
      create trigger form_fields_whole before insert on form_fields
        for each row execute function keep_published_form_whole();
    `);
    await db.query('insert into form_versions (version, field_count) values (1, $1)', [form1.length]);
    await db.query(
      `insert into form_fields (version, name, meaning, position, kind, label, required_for, bounds, options)
       select 1, f->>'name', f->>'name', ordinality, f->>'kind', f->'label', f->>'requiredFor',
              nullif(f->'bounds', 'null'), nullif(f->'options', 'null')
       from jsonb_array_elements($1::jsonb) with ordinality as f (f, ordinality)`,
      [JSON.stringify(form1)],
    );
    await db.query(`
      drop trigger assessments_frozen on assessments;
      alter table assessments add form_version int not null default 1
        constraint assessments_form references form_versions;
      alter table assessments alter form_version drop default,
        add constraint assessments_by_form unique (id, form_version);

      create table assessment_answers (
        assessment_id uuid not null,
        form_version int not null,
        field text not null,
        revision int not null default 1 check (revision > 0),
        value jsonb not null,
        source text not null check (source in ('talk', 'earlier', 'operator')),
        source_on date not null,
        answered_by uuid not null constraint assessment_answers_by references staff_accounts,
        answered_at timestamptz not null default clock_now(),
        primary key (assessment_id, field),
        constraint assessment_answers_assessment foreign key (assessment_id, form_version)
          references assessments (id, form_version),
        constraint assessment_answers_field foreign key (form_version, field) references form_fields (version, name)
      );
      comment on table assessment_answers is 'person: assessment_id -> assessments.refugee_id';
      comment on column assessment_answers.value is 'null: taken back; {"unknown": true}: asked, and not known';
      comment on column assessment_answers.source is 'talk: with the person; earlier: an earlier assessment; operator: the asylum operator';

      insert into assessment_answers (assessment_id, form_version, field, value, source, source_on, answered_by, answered_at)
      select answer.id, 1, answer.field, answer.value, 'talk', (d.drafted_at at time zone 'Europe/Copenhagen')::date, d.drafted_by, d.drafted_at
      from (
        ${asAnswer(
          'languages',
          'languages',
          `jsonb_build_object('language', p.language, 'motherTongue', p.mother_tongue, 'spoken', p.spoken,
             'read', p.read, 'written', p.written, 'readsLatinScript', p.reads_latin_script, 'evidence', null)`,
        )}
        union all
        ${asAnswer(
          'schooling',
          'schooling',
          `jsonb_build_object(${FACT('p.field', 'null')}, 'level', p.level, 'field', null, 'years', p.years,
             'endedYear', p.ended_year, 'recognition', p.recognition, 'evidence', null, 'attachments', '[]'::jsonb)`,
        )}
        union all
        ${asAnswer(
          'work',
          'work',
          `jsonb_build_object(${FACT(
            'p.danish_text',
            `jsonb_build_object('text', p.own_words, 'language', p.own_words_language,
               'direction', (select l.direction from languages l where l.code = p.own_words_language))`,
          ).replace('p.documents', 'null')}, 'years', p.years, 'lastYear', p.last_year,
             'coded', jsonb_build_object('scheme', 'isco08', 'code', p.occupation, 'sure', p.coded, 'by', a.drafted_by),
             'evidence', null, 'attachments', '[]'::jsonb)`,
        )}
        union all
        ${asAnswer(
          'skills',
          'skills',
          `jsonb_build_object('words', null, 'danish', p.description, 'coded', null, 'attachments', '[]'::jsonb,
             'evidence', jsonb_build_object('grade', p.evidence, 'source', null, 'on', null))`,
        )}
        union all
        ${asAnswer(
          'wished_occupations',
          'wished_occupations',
          `jsonb_build_object('scheme', 'isco08', 'code', p.occupation)`,
        )}
        union all
        select id, 'wishes', jsonb_build_object('words', null, 'danish', wishes) from assessments where wishes is not null
        union all
        select id, 'available_from', to_jsonb(available_from) from assessments where available_from is not null
        union all
        select id, 'hours_per_week', to_jsonb(hours_per_week) from assessments where hours_per_week is not null
        union all
        select id, 'weekdays', to_jsonb(available_weekdays) from assessments where available_weekdays is not null
        union all
        select id, 'interpreter', jsonb_build_object('present', interpreter_present, 'language', interpreter_language)
        from assessments where interpreter_present or interpreter_language is not null
      ) as answer (id, field, value) join assessments d on d.id = answer.id;

      drop table ${PARTS.join(', ')};
      alter table assessments drop interpreter_present, drop interpreter_language, drop wishes, drop available_from,
        drop hours_per_week, drop available_weekdays;
      create trigger assessments_frozen before update or delete on assessments
        for each row when (old.signed_at is not null) execute function keep_frozen('assessments_frozen');
      alter function keep_part_of_signed_assessment() rename to keep_answer_of_signed_assessment;
      create trigger assessment_answers_frozen before insert or update or delete on assessment_answers
        for each row execute function keep_answer_of_signed_assessment();

      grant select, insert on form_versions, form_fields to ankomst_app;
      grant select, insert, update (revision, value, source, source_on, answered_by, answered_at)
        on assessment_answers to ankomst_app;
    `);
  }

  /** Only what the parts could hold comes back: no work without a group of ISCO-08, no licence, no evidence of work. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger assessments_frozen on assessments;
      alter table assessments
        add interpreter_present boolean not null default false,
        add interpreter_language text constraint assessments_interpreter_language references languages,
        add wishes text,
        add available_from date,
        add hours_per_week int check (hours_per_week between 1 and 48),
        add available_weekdays text[] check (available_weekdays <@ '{mon,tue,wed,thu,fri,sat,sun}'),
        add constraint assessments_interpreter_named check (not interpreter_present or interpreter_language is not null);

      -- Behind those columns again, where they stood.
      alter table assessments rename drafted_by to old_drafted_by;
      alter table assessments rename drafted_at to old_drafted_at;
      alter table assessments rename signed_by to old_signed_by;
      alter table assessments rename signed_at to old_signed_at;
      alter table assessments rename signed_on to old_signed_on;
      alter table assessments add drafted_by uuid, add drafted_at timestamptz default clock_now(),
        add signed_by uuid, add signed_at timestamptz, add signed_on date;
      update assessments set drafted_by = old_drafted_by, drafted_at = old_drafted_at, signed_by = old_signed_by,
        signed_at = old_signed_at, signed_on = old_signed_on;
      alter table assessments drop old_drafted_by, drop old_drafted_at, drop old_signed_by, drop old_signed_at,
        drop old_signed_on;
      alter table assessments alter drafted_by set not null, alter drafted_at set not null,
        add constraint assessments_drafted_by foreign key (drafted_by) references staff_accounts,
        add constraint assessments_signed_by foreign key (signed_by) references staff_accounts,
        add constraint assessments_whole_signature check (num_nulls(signed_by, signed_at, signed_on) in (0, 3));
      create index assessments_refugee_drafted on assessments (refugee_id, drafted_at, id);
      create unique index assessments_one_draft on assessments (refugee_id) where signed_at is null;

      ${tablesOfParts}

      create temporary view given as
        select a.assessment_id, f.meaning, a.value from assessment_answers a
        join form_fields f on (f.version, f.name) = (a.form_version, a.field)
        where a.value <> 'null' and not a.value @> '{"unknown": true}';
      create temporary view listed as
        select g.assessment_id, g.meaning, x.value, x.ordinality as position from given g
        cross join lateral jsonb_array_elements(case jsonb_typeof(g.value) when 'array' then g.value else '[]' end)
          with ordinality as x (value, ordinality);

      insert into assessment_languages
      select assessment_id, position, value->>'language', (value->>'motherTongue')::boolean, value->>'spoken',
             value->>'read', value->>'written', (value->>'readsLatinScript')::boolean
      from listed where meaning = 'languages';
      insert into assessment_schooling
      select assessment_id, position, value->>'level', value->>'danish', value->>'country', (value->>'years')::int,
             (value->>'endedYear')::int, coalesce(value->>'documents', 'none'), coalesce(nullif(value->>'recognition', 'refused'), 'none')
      from listed where meaning = 'schooling';
      insert into assessment_work
      select assessment_id, position, coalesce(value#>>'{words,text}', value->>'danish', ''), value#>>'{words,language}',
             value->>'danish', value#>>'{coded,code}', value#>>'{coded,sure}', value->>'country',
             coalesce((value->>'years')::int, 0), (value->>'lastYear')::int
      from listed where meaning = 'work' and value#>>'{coded,scheme}' = 'isco08';
      insert into assessment_skills
      select assessment_id, position, coalesce(value->>'danish', value#>>'{words,text}'),
             coalesce(value#>>'{evidence,grade}', 'claimed')
      from listed where meaning = 'skills';
      insert into assessment_wished_occupations
      select assessment_id, position, value->>'code' from listed
      where meaning = 'wished_occupations' and value->>'scheme' = 'isco08';
      update assessments a set
        wishes = (select coalesce(value->>'danish', value#>>'{words,text}') from given where assessment_id = a.id and meaning = 'wishes'),
        available_from = (select (value#>>'{}')::date from given where assessment_id = a.id and meaning = 'available_from'),
        hours_per_week = (select case when value::int between 1 and 48 then value::int end
          from given where assessment_id = a.id and meaning = 'hours_per_week'),
        available_weekdays = (select array_agg(value#>>'{}' order by position) from listed where assessment_id = a.id and meaning = 'weekdays'),
        interpreter_present = coalesce((select (value->>'present')::boolean from given where assessment_id = a.id and meaning = 'interpreter'), false),
        interpreter_language = (select value->>'language' from given where assessment_id = a.id and meaning = 'interpreter');

      drop view listed, given;
      drop table assessment_answers;
      alter function keep_answer_of_signed_assessment() rename to keep_part_of_signed_assessment;
      create trigger assessments_frozen before update or delete on assessments
        for each row when (old.signed_at is not null) execute function keep_frozen('assessments_frozen');
      alter table assessments drop form_version;
      drop table form_fields, form_versions;
      drop function keep_published_form_whole();
      alter table languages drop direction;
      grant update (interpreter_present, interpreter_language, wishes, available_from, hours_per_week, available_weekdays,
                    signed_by, signed_at, signed_on) on assessments to ankomst_app;
    `);
    for (const part of PARTS) {
      await db.query(`
        comment on table ${part} is 'person: assessment_id -> assessments.refugee_id';
        create trigger ${part}_frozen before insert or update or delete on ${part}
          for each row execute function keep_part_of_signed_assessment();
        grant select, insert, delete on ${part} to ankomst_app;
      `);
    }
  }
}
