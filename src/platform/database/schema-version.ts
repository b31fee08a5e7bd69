import { LATEST_SCHEMA_VERSION } from 'bullmq';
import type { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** @throws when the database is not on the schema this program was built for: only `npm run migrate` changes it. */
export async function requireCurrentSchema(source: DataSource): Promise<void> {
  const [found] = await source.query<{ domain: string | null; queue: string | null }[]>(
    `select to_regclass('public.migrations')::text as domain, to_regclass('bullmq.migration')::text as queue`,
  );
  const missing = [
    ...(found.domain ? await missingMigrations(source) : ['all of them']),
    ...(found.queue && (await queueVersion(source)) >= LATEST_SCHEMA_VERSION ? [] : ['the queue schema']),
  ];
  if (missing.length > 0) {
    throw new Error(`The database lacks migrations (${missing.join(', ')}): run \`npm run migrate\` first.`);
  }
}

async function missingMigrations(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>('select name from migrations');
  const done = new Set(rows.map((row) => row.name));
  return migrations.map((migration) => migration.name).filter((name) => !done.has(name));
}

async function queueVersion(source: DataSource): Promise<number> {
  const [row] = await source.query<{ version: number }[]>(
    'select max(version)::int as version from bullmq.migration',
  );
  return row.version ?? 0;
}
