import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HandCasesOver1795000000036 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What the asylum operator filled in of a person, and what became of each answer in the person's draft.
      create table operator_forms (
        id uuid primary key,
        refugee_id uuid not null constraint operator_forms_refugee references refugees,
        assessment_id uuid not null,
        form_version int not null constraint operator_forms_form references form_versions,
        dated_on date not null,
        digest bytea not null,
        received_by uuid not null constraint operator_forms_received_by references staff_accounts,
        received_at timestamptz not null default clock_now(),
        constraint operator_forms_assessment foreign key (assessment_id, refugee_id) references assessments (id, refugee_id),
        constraint operator_forms_once unique (refugee_id, digest)
      );
      comment on table operator_forms is 'person: refugee_id';
      comment on column operator_forms.assessment_id is 'the draft it was taken into';
      comment on column operator_forms.form_version is 'the form it was sent as answers to';
      comment on column operator_forms.digest is 'of what was sent, with which it is known again';
      create index operator_forms_of_person on operator_forms (refugee_id, received_at, id);

      create table operator_form_answers (
        id uuid primary key default uuidv7(),
        operator_form_id uuid not null constraint operator_form_answers_form references operator_forms,
        form_version int not null,
        field text not null,
        value jsonb not null,
        standing jsonb,
        outcome text not null check (outcome in ('filled', 'confirmed', 'differs')),
        settled_at timestamptz,
        settled_by uuid constraint operator_form_answers_settled_by references staff_accounts,
        taken boolean,
        constraint operator_form_answers_once unique (operator_form_id, field),
        constraint operator_form_answers_field foreign key (form_version, field) references form_fields (version, name),
        constraint operator_form_answers_beside check ((outcome = 'filled') = (standing is null)),
        constraint operator_form_answers_settled check (
          num_nulls(settled_at, settled_by, taken) in (0, 3) and (settled_at is null or outcome = 'differs'))
      );
      comment on table operator_form_answers is 'person: operator_form_id -> operator_forms.refugee_id';
      comment on column operator_form_answers.form_version is 'the form of the draft, whose field it is';
      comment on column operator_form_answers.standing is 'what stood in the draft when the form came';

      -- A case handed from the job consultant to another role of its team; how complete it was is as of then.
      create table case_handovers (
        id uuid primary key,
        refugee_id uuid not null constraint case_handovers_refugee references refugees,
        to_role text not null check (to_role in ('coordinator', 'caseworker')),
        note text,
        offered_by uuid not null constraint case_handovers_offered_by references staff_accounts,
        offered_at timestamptz not null default clock_now(),
        receiver_id uuid not null constraint case_handovers_receiver references staff_accounts,
        form_version int not null constraint case_handovers_form references form_versions,
        answered int not null check (answered >= 0),
        required int not null check (required >= answered),
        missing text[] not null,
        outcome text check (outcome in ('accepted', 'returned')),
        decided_by uuid constraint case_handovers_decided_by references staff_accounts,
        decided_at timestamptz,
        constraint case_handovers_decided check (num_nulls(outcome, decided_by, decided_at) in (0, 3))
      );
      comment on table case_handovers is 'person: refugee_id';
      comment on column case_handovers.receiver_id is 'who held the role, or stood in for it, when it was offered';
      comment on column case_handovers.missing is 'fields of the form that nobody had asked';
      create unique index case_handovers_one_open on case_handovers (refugee_id, to_role) where outcome is null;
      create index case_handovers_of_person on case_handovers (refugee_id, offered_at, id);

      create table case_handover_questions (
        id uuid primary key,
        handover_id uuid not null constraint case_handover_questions_handover references case_handovers,
        position int not null,
        form_version int not null,
        field text,
        text text not null,
        answer text,
        answered_by uuid constraint case_handover_questions_answered_by references staff_accounts,
        answered_at timestamptz,
        constraint case_handover_questions_in_order unique (handover_id, position),
        constraint case_handover_questions_field foreign key (form_version, field) references form_fields (version, name),
        constraint case_handover_questions_answered check (num_nulls(answer, answered_by, answered_at) in (0, 3))
      );
      comment on table case_handover_questions is 'person: handover_id -> case_handovers.refugee_id';
      comment on column case_handover_questions.field is 'what it is about, if that is a field of the form';

      grant select, insert on operator_forms, operator_form_answers, case_handovers, case_handover_questions to ankomst_app;
      grant update (settled_at, settled_by, taken) on operator_form_answers to ankomst_app;
      grant update (outcome, decided_by, decided_at) on case_handovers to ankomst_app;
      grant update (answer, answered_by, answered_at) on case_handover_questions to ankomst_app;
      update plans set stale = true;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table case_handover_questions, case_handovers, operator_form_answers, operator_forms;
      update plans set stale = true;
    `);
  }
}
