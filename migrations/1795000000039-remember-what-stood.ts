import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RememberWhatStood1795000000039 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table visit_operations add stood jsonb;
      comment on column visit_operations.stood is 'what stood in the field when it was decided, by whom and since when';
      grant update (stood) on visit_operations to ankomst_app;

      -- An answer may have been taken back meanwhile: then nothing stood when the question was settled.
      alter table operator_form_answers drop constraint operator_form_answers_beside;
      alter table operator_form_answers add constraint operator_form_answers_beside
        check (settled_at is not null or (outcome = 'filled') = (standing is null));
      comment on column operator_form_answers.standing is
        'what stood in the draft when the form came; of a question that is settled, what stood when it was';
      grant update (standing) on operator_form_answers to ankomst_app;
      -- A question is over, too, when the draft says by now what the operator says.
      update plans set stale = true where subject_type = 'case' and subject_id in (
        select o.refugee_id from operator_forms o join operator_form_answers w on w.operator_form_id = o.id
        where w.outcome = 'differs' and w.settled_at is null);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      revoke update (standing) on operator_form_answers from ankomst_app;
      comment on column operator_form_answers.standing is 'what stood in the draft when the form came';
      update operator_form_answers set standing = 'null' where standing is null and outcome = 'differs';
      alter table operator_form_answers drop constraint operator_form_answers_beside;
      alter table operator_form_answers add constraint operator_form_answers_beside
        check ((outcome = 'filled') = (standing is null));
      update plans set stale = true where subject_type = 'case' and subject_id in (
        select o.refugee_id from operator_forms o join operator_form_answers w on w.operator_form_id = o.id
        where w.outcome = 'differs' and w.settled_at is null);

      alter table visit_operations drop stood;
    `);
  }
}
