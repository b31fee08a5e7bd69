import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepTimelineAndReadLog1795000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table timeline (
        id uuid primary key default uuidv7(),
        at timestamptz not null default clock_now(),
        actor_id uuid,
        subject_type text not null,
        subject_id uuid not null,
        case_ids uuid[] not null,
        fact text not null check (fact ~ '^[a-z_]+\\.[a-z_]+$'),
        details jsonb not null default '{}'
      );
      comment on table timeline is 'person: case_ids';
      create index timeline_cases on timeline using gin (case_ids);

      create table read_log (
        id uuid primary key default uuidv7(),
        at timestamptz not null default clock_now(),
        actor_id uuid not null,
        what text not null,
        purpose text not null,
        person_ids uuid[] not null
      );
      comment on table read_log is 'person: person_ids';
      create index read_log_persons on read_log using gin (person_ids);

      -- Append only: the serving role may never change or remove what was written.
      grant select, insert on timeline, read_log to ankomst_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table read_log; drop table timeline;');
  }
}
