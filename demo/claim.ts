import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../scripts/embedded-postgres.js';
import { forgetRunning, HOME, readRunning } from './home.js';
import type { Tell } from './screen.js';
import { Refusal } from './stopping.js';

/** How long the demo before us may take to leave. */
const PATIENCE_MS = 5_000;

/** The folder is ours: its PostgreSQL, and the lock that lets one demo play on it at a time. */
export interface Claim {
  postgres: EmbeddedPostgres;
  leave: () => Promise<void>;
}

/**
 * The lock belongs to a connection, so a killed demo gives it back by itself. It is held until PostgreSQL has
 * stopped: who finds it free finds a folder at rest.
 */
export async function claimFolder(stop: AbortController, tell: Tell): Promise<Claim> {
  const deadline = Date.now() + PATIENCE_MS;
  tell('starting; the first time takes some seconds');
  for (;;) {
    const postgres = await startPostgres({ home: HOME });
    const lock = await lockFolder(postgres.adminUrl);
    if (lock) {
      lock.on('error', () =>
        stop.abort(new Refusal('PostgreSQL has ended: see its log in the folder of its data')),
      );
      forgetRunning(); // what is noted there is of a demo that was killed
      return { postgres, leave: () => stopBoth(postgres, lock) };
    }
    if (Date.now() > deadline) throw new Refusal(alreadyRunning());
    tell('another demo runs on this folder: waiting whether it leaves');
    await sleep(300, undefined, { signal: stop.signal });
  }
}

/** No connection when somebody else holds the lock, or when the server is just being stopped by who held it. */
async function lockFolder(connectionString: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('ankomst demo')) as mine`,
    );
    if (rows[0].mine) return client;
  } catch {
    return undefined;
  }
  await client.end();
  return undefined;
}

async function stopBoth(postgres: EmbeddedPostgres, lock: pg.Client): Promise<void> {
  await postgres.stop();
  await lock.end();
}

function alreadyRunning(): string {
  const running = readRunning();
  const where = running ? `at ${running.address}` : 'and is just starting';
  return `A demo runs on this folder already, ${where}. Stop that one first (Ctrl-C in its window).`;
}
