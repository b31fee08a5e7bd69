import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isAlive } from '../scripts/embedded-postgres-files.js';
import { migrate } from '../scripts/migrate.js';
import { provision } from '../scripts/provision.js';
import { QUEUE_SCHEMA } from '../src/platform/jobs/queue-backend.js';
import { CrashablePostgres } from './postgres.js';
import { freePort } from '../scripts/free-port.js';
import { type Entry, Program } from './program.js';
import type { Ledger } from './ledger.js';
import { startRedis } from './redis.js';

/** The report stays in it; all else goes with the run. */
export const HOME = resolve('.ankomst/prove');
/** What a run writes into. */
export const SCRATCH = resolve(HOME, 'scratch');
const TEMPLATE = 'ankomst_template';
const DRAIN_SECONDS = 1;

/** A database of its own. */
export interface Store {
  name: string;
  url: string;
  ownerUrl: string;
  /** As the owner, past what the serving role may. */
  owner: pg.Pool;
}

/** Where the queue lives. */
export interface Backend {
  name: string;
  /** The settings that choose it. */
  over: Record<string, string>;
  /** Leaves nothing of the queue of a store but where it lives. @returns how many jobs, or keys, there were */
  empty(store: Store): Promise<number>;
}

/** What every proof works on; whatever it put up is taken down after it, also when it failed. */
export class Stage {
  private readonly takeDown: (() => Promise<unknown> | void)[] = [];
  private readonly secrets = {
    TOKEN_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    INDEX_KEY: randomBytes(32).toString('base64'),
  };

  private constructor(
    readonly postgres: CrashablePostgres,
    private readonly urls: { databaseUrl: string; migrationDatabaseUrl: string },
    readonly quick: boolean,
    readonly stop: AbortSignal,
    readonly tell: (progress: string) => void,
  ) {}

  static async build(quick: boolean, stop: AbortSignal, tell: (progress: string) => void): Promise<Stage> {
    claimFolder();
    const postgres = await CrashablePostgres.start(resolve(SCRATCH, 'server'));
    const passwords = { ownerPassword: randomUUID(), appPassword: randomUUID() };
    const urls = await provision(postgres.adminUrl, { database: TEMPLATE, ...passwords });
    await migrate(urls.migrationDatabaseUrl);
    return new Stage(postgres, urls, quick, stop, tell);
  }

  /** `full` in a full run, `quick` in a quick one. */
  choose<Value>(quick: Value, full: Value): Value {
    return this.quick ? quick : full;
  }

  /** @throws when the run is to end early */
  async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stop });
  }

  afterwards(work: () => Promise<unknown> | void): void {
    this.takeDown.push(work);
  }

  /** Migrated unless `empty`; a copy of one that no program works on, when there is one to be `like`. */
  async store({ empty = false, like }: { empty?: boolean; like?: Store } = {}): Promise<Store> {
    const name = `p_${randomUUID().replaceAll('-', '')}`;
    if (like) await this.postgres.cutOff(like.name);
    await this.postgres.asAdmin(async (admin) => {
      const from = empty ? 'template0' : (like?.name ?? TEMPLATE);
      await admin.query(`create database ${name} template ${from} owner ankomst_owner`);
      await admin.query(`revoke all on database ${name} from public`);
      await admin.query(`grant connect, temporary on database ${name} to ankomst_app`);
    });
    if (empty)
      await this.asAdminOf(name, (admin) => admin.query('alter schema public owner to ankomst_owner'));
    const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
    const ownerUrl = at(this.urls.migrationDatabaseUrl);
    const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
    owner.on('error', () => undefined); // we crash its server ourselves
    this.afterwards(async () => {
      await owner.end();
      await this.postgres.asAdmin((admin) => admin.query(`drop database ${name} with (force)`));
    });
    return { name, url: at(this.urls.databaseUrl), ownerUrl, owner };
  }

  /** As in production, with secrets of its own; `over` replaces single settings. */
  settings(store: Store, over: Record<string, string> = {}): Record<string, string> {
    return {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://localhost:3000',
      DATABASE_URL: store.url,
      DATABASE_CONNECTIONS: '10',
      DRAIN_SECONDS: String(DRAIN_SECONDS),
      MAIL_URL: `file:${resolve(SCRATCH, 'mail')}`,
      FILES_AT: `file:${resolve(SCRATCH, 'files')}`,
      MAIL_FROM: 'Ankomst <ankomst@localhost>',
      SWEEP_SECONDS: '1',
      // our clients ask for more in a minute than people do
      RATE_LIMIT_PER_MINUTE: '0',
      ...this.secrets,
      ...over,
    };
  }

  /** A program that is taken down with the proof; it may not have begun to serve yet. */
  async start(
    entry: Entry,
    environment: Record<string, string>,
    options?: { args?: string[]; cwd?: string; injected?: string },
  ): Promise<Program> {
    this.stop.throwIfAborted();
    const port = environment.PORT ?? String(await freePort());
    const program = new Program(entry, { ...environment, PORT: port }, `http://127.0.0.1:${port}`, options);
    this.afterwards(() => program.end('SIGKILL'));
    return program;
  }

  async api(store: Store, over: Record<string, string> = {}, injected?: string): Promise<Program> {
    return (await this.start('src/main', this.settings(store, over), { injected })).ready();
  }

  async worker(store: Store, over: Record<string, string> = {}, injected?: string): Promise<Program> {
    return (await this.start('src/worker', this.settings(store, over), { injected })).ready();
  }

  /** The queue in Postgres, and in Redis where that is installed. */
  async backends(ledger: Ledger): Promise<Backend[]> {
    const postgres = { name: 'Postgres', over: {}, empty: emptySchema };
    const redis = await startRedis(resolve(SCRATCH, `redis-${randomUUID()}`));
    if (!redis) {
      ledger.notes.add('the queue on Redis: there is no redis-server here');
      return [postgres];
    }
    this.afterwards(() => redis.stop());
    return [postgres, { name: 'Redis', over: { REDIS_URL: redis.url }, empty: () => redis.empty() }];
  }

  /** What the last proof put up. */
  async clear(): Promise<void> {
    await this.postgres.thaw();
    for (const work of this.takeDown.splice(0).toReversed()) await work();
  }

  async remove(): Promise<void> {
    await this.clear().catch(() => undefined);
    await this.postgres.remove();
    await rm(SCRATCH, { recursive: true, force: true, maxRetries: 5 });
  }

  private async asAdminOf(database: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
    const url = Object.assign(new URL(this.postgres.adminUrl), { pathname: `/${database}` }).href;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    try {
      await work(admin);
    } finally {
      await admin.end();
    }
  }
}

/** All that BullMQ keeps in Postgres, but not which schema it has. */
async function emptySchema({ owner }: Store): Promise<number> {
  const { rows: jobs } = await owner.query<{ count: number }>(
    `select count(*)::int as count from ${QUEUE_SCHEMA}.job`,
  );
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema = $1 and table_name <> 'migration'`,
    [QUEUE_SCHEMA],
  );
  await owner.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  return jobs[0].count;
}

/** Two runs would crash each other's server. @throws when another one is at work on this folder */
function claimFolder(): void {
  const note = resolve(SCRATCH, 'pid');
  const other = existsSync(note) ? Number(readFileSync(note, 'utf8')) : 0;
  if (isAlive(other)) throw new Error(`Another run is at work in ${SCRATCH} (process ${other})`);
  mkdirSync(SCRATCH, { recursive: true });
  writeFileSync(note, String(process.pid));
}
