import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource, MigrationExecutor, type MigrationInterface } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { provision } from '../../scripts/provision.js';
import { connection } from '../../src/platform/database/database.module.js';

/** A database as it was before a migration, to put rows of the time into. */
export interface DatabaseBefore {
  source: DataSource;
  /** Runs the migration, or takes it back, as a whole. */
  run(step: 'up' | 'down'): Promise<void>;
  drop(): Promise<void>;
}

export async function databaseBefore(migration: new () => MigrationInterface): Promise<DatabaseBefore> {
  const { migrationDatabaseUrl } = await provision(process.env.TEST_ADMIN_URL!, {
    database: `old_${randomUUID().replaceAll('-', '')}`,
    ownerPassword: 'owner',
    appPassword: 'app',
  });
  const source = await new DataSource({ ...connection(migrationDatabaseUrl, 2), migrations }).initialize();
  const executor = new MigrationExecutor(source);
  for (const pending of await executor.getPendingMigrations()) {
    if (pending.name === migration.name) break;
    await executor.executeMigration(pending);
  }
  return {
    source,
    run: async (step) => {
      const runner = source.createQueryRunner();
      await runner.startTransaction();
      await new migration()[step](runner);
      await runner.commitTransaction();
      await runner.release();
    },
    drop: async () => {
      const { database } = source.driver;
      await source.destroy();
      const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
      await admin.connect();
      await admin.query(`drop database ${database} with (force)`);
      await admin.end();
    },
  };
}
