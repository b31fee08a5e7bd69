import pg from 'pg';
import { migrate } from '../scripts/migrate.js';
import { provision } from '../scripts/provision.js';
import { keptSecrets, makeSecrets, type Secrets } from './home.js';

const DATABASE = 'ankomst';

export interface DemoDatabase {
  secrets: Secrets;
  migrationDatabaseUrl: string;
  databaseUrl: string;
  /** What had to be done. */
  done: string;
}

/** The database with its two roles, on the schema of this program. Safe to repeat after a kill at any point. */
export async function prepareDatabase(adminUrl: string): Promise<DemoDatabase> {
  const secrets = keptSecrets() ?? (await beginAnew(adminUrl));
  const { ownerPassword, appPassword } = secrets;
  const urls = await provision(adminUrl, { database: DATABASE, ownerPassword, appPassword });
  const migrations = await migrate(urls.migrationDatabaseUrl);
  const done = migrations.length > 0 ? `${migrations.length} migrations done` : 'is up to date';
  return { secrets, ...urls, done };
}

/**
 * Where PostgreSQL could not live in our folder, its data outlives the folder's removal. Without the secrets nobody
 * can read the CPR numbers in it any more, so it goes before new ones are made.
 */
async function beginAnew(adminUrl: string): Promise<Secrets> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${DATABASE} with (force)`);
  } finally {
    await admin.end();
  }
  return makeSecrets();
}
