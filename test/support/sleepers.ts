import pg from 'pg';

/** Statements that slept in Postgres: somebody's `pg_sleep` got there as SQL. */
export interface Sleepers {
  seen(): string[];
  end(): Promise<void>;
}

/** Looks more often than the attacks sleep; the injections ask for five seconds. */
const LOOK_MS = 1_000;

export async function watchSleepers(): Promise<Sleepers> {
  // Only a superuser sees what the sessions of other roles wait for.
  const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
  await admin.connect();
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    const { rows } = await admin.query<{ query: string }>(
      `select query from pg_stat_activity where wait_event = 'PgSleep' and usename = 'ankomst_app'`,
    );
    for (const { query } of rows) seen.add(query);
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void (looking = looking.then(look)), LOOK_MS);
  return {
    seen: () => [...seen],
    end: async () => {
      clearInterval(timer);
      await looking;
      await admin.end();
    },
  };
}
