import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DateAmendmentsByTheirTalk1795000000037 implements MigrationInterface {
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
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table assessments drop first_signed_at;
    `);
  }
}
