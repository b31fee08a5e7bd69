import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { connection } from '../src/platform/database/database.module.js';
import { QUEUE_SCHEMA } from '../src/platform/jobs/queue-backend.js';

/** Brings the database up to this program: our schema, then the queue's. Safe to repeat and to run twice at once. */
export async function migrate(url: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    // One at a time; TypeORM takes no lock of its own.
    await owner.query(`select pg_advisory_lock(hashtext('ankomst.migrate'))`);
    const done = await migrateDomain(url);
    // What is granted beforehand: the queue's own sequences come later and belong to the serving role, so a grant on
    // "all sequences" would fail from the second time on.
    await owner.query(`
      create schema if not exists ${QUEUE_SCHEMA};
      grant usage, create on schema ${QUEUE_SCHEMA} to ankomst_app;
      alter default privileges in schema ${QUEUE_SCHEMA}
        grant select, insert, update, delete on tables to ankomst_app;
      alter default privileges in schema ${QUEUE_SCHEMA}
        grant usage, select, update on sequences to ankomst_app;
      alter default privileges in schema ${QUEUE_SCHEMA} grant execute on functions to ankomst_app;
    `);
    await runMigrations(owner, QUEUE_SCHEMA);
    return done;
  } finally {
    await owner.end();
  }
}

async function migrateDomain(url: string): Promise<string[]> {
  const source = new DataSource({ ...connection(url, 2), extra: { lock_timeout: 2_000 }, migrations });
  await source.initialize();
  try {
    return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

if (process.argv[1]?.endsWith('migrate.js')) {
  const url = process.env.MIGRATION_DATABASE_URL;
  if (!url) throw new Error('MIGRATION_DATABASE_URL is missing: the owning role, see .env.example');
  const done = await migrate(url);
  console.log(done.length > 0 ? `migrated: ${done.join(', ')}` : 'already up to date');
}
