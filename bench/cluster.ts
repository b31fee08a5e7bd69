import pg from 'pg';
import { migrations } from '../migrations/index.js';
import { startPostgres } from '../scripts/embedded-postgres.js';
import { migrate } from '../scripts/migrate.js';
import { provision, type ProvisionedUrls } from '../scripts/provision.js';
import { HOME, keptSecrets, makeSecrets, type Secrets } from './home.js';
import { seedScale } from './scale/seeding.js';

/** The bench's own PostgreSQL, with a seeded database for each size. */
export interface Cluster {
  secrets: Secrets;
  /** Of PostgreSQL. */
  version: string;
  /** Seeds it, unless an earlier run has. */
  seeded(persons: number, tell: (line: string) => void): Promise<string>;
  /** A copy to measure on: what a run registers is gone with it. */
  copyOf(database: string, name?: string): Promise<ProvisionedUrls & { drop: () => Promise<void> }>;
  stop: () => Promise<void>;
}

/** In its name, so that a database of another size or schema is never taken for it. */
const SCHEMA = /\d+$/.exec(migrations.at(-1)!.name)![0];
const nameOf = (persons: number): string => `scale_${persons}_${SCHEMA}`;

export async function startCluster(): Promise<Cluster> {
  const postgres = await startPostgres({ home: HOME });
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  const stop = async (): Promise<void> => {
    await admin.end();
    await postgres.stop();
  };
  try {
    await claim(admin);
    const { rows } = await admin.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    const secrets = keptSecrets() ?? (await beginAnew(admin));
    const { ownerPassword, appPassword } = secrets;
    const provisioned = (database: string): Promise<ProvisionedUrls> =>
      provision(postgres.adminUrl, { database, ownerPassword, appPassword });
    return {
      secrets,
      version: rows[0].version,
      stop,
      seeded: (persons, tell) => seeded(admin, provisioned, secrets, persons, tell),
      copyOf: (database, name) => copyOf(admin, provisioned, database, name),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The lock goes with the connection, so a killed run leaves nothing behind. */
async function claim(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ mine: boolean }>(
    `select pg_try_advisory_lock(hashtext('ankomst bench')) as mine`,
  );
  if (!rows[0].mine) throw new Error(`Another bench runs on ${HOME}: wait for it, or stop it`);
}

/** Without the keys nobody can read the numbers in what was seeded before. */
async function beginAnew(admin: pg.Client): Promise<Secrets> {
  for (const name of await databases(admin, '%')) await drop(admin, name);
  return makeSecrets();
}

/** Seeded under another name and renamed when it is whole. Those of an older schema go. */
async function seeded(
  admin: pg.Client,
  provisioned: (database: string) => Promise<ProvisionedUrls>,
  keys: Secrets,
  persons: number,
  tell: (line: string) => void,
): Promise<string> {
  const name = nameOf(persons);
  if ((await databases(admin, name)).length > 0) return name;
  const draft = `${name}_draft`;
  for (const old of await databases(admin, `scale_${persons}_%`)) if (old !== draft) await drop(admin, old);
  const { migrationDatabaseUrl } = await provisioned(draft);
  await migrate(migrationDatabaseUrl);
  await seedScale({
    url: migrationDatabaseUrl,
    persons,
    keys,
    password: keys.password,
    tell: progress(persons, tell),
  });
  await admin.query(`alter database ${draft} rename to ${name}`);
  return name;
}

async function copyOf(
  admin: pg.Client,
  provisioned: (database: string) => Promise<ProvisionedUrls>,
  database: string,
  name = 'bench_run',
): ReturnType<Cluster['copyOf']> {
  await drop(admin, name);
  // By files: the other way would write every page to the log as well.
  await admin.query(`create database ${name} template ${database} strategy file_copy`);
  return { ...(await provisioned(name)), drop: () => drop(admin, name) };
}

async function databases(admin: pg.Client, like: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database where datname like $1 and (datname like 'scale_%' or datname = 'bench_run')`,
    [like],
  );
  return rows.map(({ name }) => name);
}

const drop = async (admin: pg.Client, database: string): Promise<void> =>
  void (await admin.query(`drop database if exists ${database} with (force)`));

/** Not more than a line a second. */
export function progress(persons: number, tell: (line: string) => void): (done: number) => void {
  const began = performance.now();
  let told = -1;
  return (done) => {
    const seconds = (performance.now() - began) / 1000;
    if (Math.floor(seconds) === told && done < persons) return;
    told = Math.floor(seconds);
    const memory = Math.round(process.memoryUsage.rss() / 1024 / 1024);
    tell(`seeding ${done} of ${persons} persons, ${Math.round(done / seconds)} a second, ${memory} MB`);
  };
}
