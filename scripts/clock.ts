import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';

// What is calculated from an instant must stay in the calendar, which ends with 2199.
const EARLIEST = Temporal.Instant.from('2000-01-01T00:00Z');
const LATEST = Temporal.Instant.from('2150-01-01T00:00Z');
const ZONE = 'Europe/Copenhagen';
/** Where the demo notes its addresses while it runs. */
export const RUNNING_FILE = '.ankomst/running.json';
/** The programs read the clock twice a second: who gets the prompt back finds them in the new time. */
const UNTIL_READ_MS = 1_000;
const USAGE = `npm run clock                            shows the time
npm run clock -- 2027-03-28T05:59:00Z    lets the clock run on from that instant (with its zone)
npm run clock -- --reset                 back to real time`;

/**
 * Lets the clock of the whole program run on from an instant, ISO 8601 with its zone.
 * The distance is kept in seconds alone: an interval with days would be an hour off across a change to summer time
 * wherever the session's zone is not UTC.
 */
export function moveClock(migrationUrl: string, instant: string): Promise<void> {
  const seconds = 'extract(epoch from $1::timestamptz - now())';
  return asOwner(migrationUrl, async (owner) => {
    await owner.query(`update clock set ahead = make_interval(secs => ${seconds}::float8)`, [instant]);
  });
}

export function resetClock(migrationUrl: string): Promise<void> {
  return asOwner(migrationUrl, async (owner) => {
    await owner.query(`update clock set ahead = interval '0'`);
  });
}

/** The instant the program takes for now. */
export async function readClock(migrationUrl: string): Promise<Temporal.Instant> {
  let now = '';
  await asOwner(migrationUrl, async (owner) => {
    const { rows } = await owner.query<{ ms: string }>(
      'select floor(extract(epoch from clock_now()) * 1000)::text as ms',
    );
    now = rows[0].ms;
  });
  return Temporal.Instant.fromEpochMilliseconds(Number(now));
}

async function asOwner(connectionString: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}

/** @throws when the text is no instant, or one the calendar cannot calculate with */
function instantOf(text: string): string {
  let instant: Temporal.Instant;
  try {
    instant = Temporal.Instant.from(text);
  } catch {
    throw new Error(`"${text}" is not an instant: write date, time and zone, such as 2027-03-28T05:59:00Z`);
  }
  if (Temporal.Instant.compare(instant, EARLIEST) < 0 || Temporal.Instant.compare(instant, LATEST) >= 0) {
    throw new Error(`"${text}" is out of range: the clock runs from 2000 to 2149`);
  }
  return instant.toString();
}

/** Of the owning role: as set, or of the demo that runs in this folder. */
export function ownersUrl(): string {
  const url = process.env.MIGRATION_DATABASE_URL;
  if (url) return url;
  if (!existsSync(RUNNING_FILE)) {
    throw new Error(
      'No demo runs in this folder: start it with `npm run demo`, or set MIGRATION_DATABASE_URL (the owning role)',
    );
  }
  const running = JSON.parse(readFileSync(RUNNING_FILE, 'utf8')) as { migrationDatabaseUrl: string };
  return running.migrationDatabaseUrl;
}

function inCopenhagen(instant: Temporal.Instant): string {
  const local = instant.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'second' });
  return `${instant.toString({ smallestUnit: 'second' })}   in Copenhagen ${local.replace('T', ' ')}`;
}

async function commandLine(words: string[]): Promise<void> {
  const [wanted, ...rest] = words;
  if (rest.length > 0 || (wanted?.startsWith('-') && wanted !== '--reset')) throw new Error(USAGE);
  const instant = wanted === undefined || wanted === '--reset' ? undefined : instantOf(wanted);
  const url = ownersUrl();
  console.log(`${wanted === undefined ? 'now' : 'was'}  ${inCopenhagen(await readClock(url))}`);
  if (wanted === undefined) return;
  await (instant === undefined ? resetClock(url) : moveClock(url, instant));
  await sleep(UNTIL_READ_MS);
  console.log(`now  ${inCopenhagen(await readClock(url))}`);
}

/** A refused connection carries its reason only in its code. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' ? 'The database does not answer: does the demo run?' : message;
}

if (basename(process.argv[1] ?? '') === 'clock.js') {
  await commandLine(process.argv.slice(2)).catch((error: unknown) => {
    console.error(reasonOf(error));
    process.exitCode = 1;
  });
}
