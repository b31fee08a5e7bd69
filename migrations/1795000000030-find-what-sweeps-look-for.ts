import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindWhatSweepsLookFor1795000000030 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Few among millions, and asked for by every sweep, change of an account, or page of an inbox.
      create index follow_ups_assigned on follow_ups (assigned_id) where state = 'open' and assigned_id is not null;
      create index follow_ups_undelivered on follow_ups (refugee_id) where key = 'undelivered' and state = 'open';
      create index reminders_unread_of_recipient on reminders (recipient_id)
        where channel = 'in_app' and state = 'sent' and read_at is null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index reminders_unread_of_recipient, follow_ups_undelivered, follow_ups_assigned;');
  }
}
