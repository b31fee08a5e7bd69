import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { nativeFolder, serverAccount, spawnOptions } from '../../scripts/embedded-postgres-files.js';
import { startPostgres } from '../../scripts/embedded-postgres.js';
import { provision } from '../../scripts/provision.js';
import { QUEUE_SCHEMA } from '../../src/platform/jobs/queue-backend.js';
import { startRedis } from './redis.js';

/** All that the queue keeps in Postgres, but not which schema it has. */
export const EMPTY_QUEUE = `do $$ begin execute (
  select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables
  where schemaname = '${QUEUE_SCHEMA}' and tablename <> 'migration'
); end $$`;

/** A store of its own for the queue, to be crashed and emptied at will. */
export interface QueueStore {
  /** What of the configuration leads to it. */
  config: { DATABASE_URL: string; REDIS_URL?: string };
  /** At once and without a farewell, as if the power failed; until `start`. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** All that the queue keeps is gone. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

export async function redisStore(): Promise<QueueStore> {
  const redis = await startRedis();
  return {
    config: { REDIS_URL: redis.url, DATABASE_URL: '' },
    crash: () => redis.crash(),
    start: () => redis.start(),
    empty: async () => void (await redis.ask('flushall')),
    remove: () => redis.remove(),
  };
}

export async function postgresStore(): Promise<QueueStore> {
  const home = join(tmpdir(), `ankomst-queue-${randomUUID().slice(0, 8)}`);
  const server = await startPostgres({ home, persistent: false });
  const { dataFolder } = server;
  const passwords = { ownerPassword: 'owner', appPassword: 'app' };
  const urls = await provision(server.adminUrl, { database: 'queue', ...passwords });
  await promisify(execFile)(process.execPath, [join(process.cwd(), 'dist/scripts/migrate.js')], {
    env: { MIGRATION_DATABASE_URL: urls.migrationDatabaseUrl },
  });
  // A throw-away server answers before it has written: here a commit must outlive the crash.
  await ask(server.adminUrl, 'alter role ankomst_app set synchronous_commit = on');
  const control = async (...words: string[]): Promise<void> => {
    const pgCtl = join(await nativeFolder(dirname(dataFolder)), 'bin', 'pg_ctl');
    const log = join(dataFolder, 'control.log');
    const account = spawnOptions(serverAccount(dataFolder));
    await promisify(execFile)(pgCtl, ['-D', dataFolder, '-l', log, '-w', ...words], account);
  };
  return {
    config: { DATABASE_URL: urls.databaseUrl },
    crash: () => control('-m', 'immediate', 'stop'),
    // restart, since only that keeps the port and the settings of the first start
    start: () => control('restart'),
    empty: async () => void (await ask(urls.migrationDatabaseUrl, EMPTY_QUEUE)),
    remove: () => server.stop(),
  };
}

async function ask<Row>(connectionString: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}
