import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RememberWhatStood1795000000037 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger assessments_frozen on assessments;
      alter table assessments add first_signed_at timestamptz;
      -- Of an amendment, open or signed, when what it corrects was first signed: it makes an old talk right, not new.
      with recursive chain as (
        select id, signed_at from assessments where amends_id is null
        union all
        select a.id, chain.signed_at from assessments a join chain on a.amends_id = chain.id
      )
      update assessments a set first_signed_at = chain.signed_at
      from chain where chain.id = a.id and (a.signed_at is not null or a.amends_id is not null);
      alter table assessments add constraint assessments_first_signed
        check ((first_signed_at is null) = (signed_at is null and amends_id is null));
      create trigger assessments_frozen before update or delete on assessments
        for each row when (old.signed_at is not null) execute function keep_frozen('assessments_frozen');
      grant update (first_signed_at) on assessments to ankomst_app;

      alter table visit_operations add stood jsonb;
      comment on column visit_operations.stood is 'what stood in the field when it was decided, by whom and since when';
      grant update (stood) on visit_operations to ankomst_app;

      alter table visit_packs add device_id text;
      comment on column visit_packs.device_id is 'the device it was fetched by, where that said which it is';
      comment on column visit_packs.returned_at is
        'when operations, or that there are none, came back with it, for the first time since it was written off';
      grant delete on visit_attachments to ankomst_app;

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

      revoke delete on visit_attachments from ankomst_app;
      comment on column visit_packs.returned_at is 'when operations, or that there are none, last came back with it';
      alter table visit_packs drop device_id;
      alter table visit_operations drop stood;

      alter table assessments drop first_signed_at;
    `);
  }
}
