import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of its own, cloned from the migrated template. */
export interface TestDatabase {
  url: string;
  /** For a session of the owner that lasts. */
  ownerUrl: string;
  /** As the owner, past what the serving role may. */
  asOwner<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
  /** As the serving role, as the program itself. */
  asApp<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
  /** A transaction of somebody else, which keeps what `statement` locks until it is released. */
  hold(statement: string): Promise<Held>;
  /** What each of our tables holds: two are equal when every row is. */
  contents(): Promise<Contents>;
  /** Lets the clock run on from an instant; the program must read it again. */
  moveClock(instant: string): Promise<void>;
  drop(): Promise<void>;
}

export type Contents = Record<string, { rows: number; hash: string | null }>;

/** The tables that do not hold what they held. */
export function changed(before: Contents, after: Contents): string[] {
  return Object.keys(after).filter((table) => after[table].hash !== before[table]?.hash);
}

export interface Held {
  /** Locks something more. */
  also(statement: string): Promise<void>;
  release(): Promise<void>;
}

export async function cloneDatabase(): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
  await admin.connect();
  await admin.query(`create database ${name} template ankomst_template owner ankomst_owner`);
  await admin.query(`grant connect on database ${name} to ankomst_app`);
  const [ownerUrl, appUrl] = [process.env.TEST_OWNER_URL!, process.env.TEST_TEMPLATE_URL!].map((url) =>
    url.replace(/[^/]+$/, name),
  );
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const app = new pg.Pool({ connectionString: appUrl, max: 2 });
  // Dropping the database ends connections that are just closing; that is no failure of a test.
  for (const pool of [owner, app]) pool.on('error', () => undefined);
  return {
    url: appUrl,
    ownerUrl,
    asOwner: async (statement, parameters) => (await owner.query(statement, parameters)).rows,
    asApp: async (statement, parameters) => (await app.query(statement, parameters)).rows,
    hold: async (statement) => {
      const somebody = new pg.Client({
        connectionString: process.env.TEST_ADMIN_URL!.replace(/[^/]+$/, name),
      });
      somebody.on('error', () => undefined);
      await somebody.connect();
      await somebody.query('begin');
      await somebody.query(statement);
      return {
        also: async (another) => void (await somebody.query(another)),
        release: async () => {
          await somebody.query('rollback');
          await somebody.end();
        },
      };
    },
    contents: async () => {
      const { rows: tables } = await owner.query<{ read: string }>(
        `select format('select %L as table, count(*)::int as rows, md5(string_agg(t::text, chr(10) order by t::text)) as hash
                        from %I t', relname, relname) as read
         from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`,
      );
      const { rows } = await owner.query<{ table: string; rows: number; hash: string | null }>(
        // in one order, whatever plan Postgres makes
        `${tables.map(({ read }) => read).join(' union all ')} order by "table"`,
      );
      return Object.fromEntries(rows.map(({ table, ...content }) => [table, content]));
    },
    moveClock: async (instant) =>
      void (await owner.query(`update clock set ahead = $1::timestamptz - now()`, [instant])),
    drop: async () => {
      await Promise.all([owner.end(), app.end()]);
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
