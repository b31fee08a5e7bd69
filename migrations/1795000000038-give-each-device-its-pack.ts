import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GiveEachDeviceItsPack1795000000038 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table visit_packs add device_id text;
      comment on column visit_packs.device_id is 'the device it was fetched by, where that said which it is';
      comment on column visit_packs.returned_at is
        'when operations, or that there are none, came back with it, for the first time since it was written off';
      grant delete on visit_attachments to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      revoke delete on visit_attachments from ankomst_app;
      comment on column visit_packs.returned_at is 'when operations, or that there are none, last came back with it';
      alter table visit_packs drop device_id;
    `);
  }
}
