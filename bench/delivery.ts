import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CLAIM_REMINDER, DELIVER_IN_APP, REMINDER_SETTLED } from '../src/reminders/delivery.queries.js';
import { TOGETHER } from '../src/reminders/reminder-queue.js';
import type { Channel } from '../src/reminders/reminders.contract.js';
import type { Consumption } from './consumption.js';
import { median, rounded, type Figure } from './figures.js';
import { startAnswering, startWorker } from './programs.js';

/** Where the queue lives, and how the programs are told. */
export interface Store {
  name: 'postgres' | 'redis';
  environment: NodeJS.ProcessEnv;
}

const REMINDERS: Record<Channel, number> = { in_app: 10_000, email: 2_000 };
const PAIRS = 3;
/** As many as the worker does jobs at once. */
const LANES = 10;
const PATIENCE_MS = 120_000;

/** Makes the last reminders of open follow-ups due, whatever became of them before: `$1` channel, `$2` how many. */
const MAKE_DUE = `
  with chosen as (
    select r.id from reminders r join follow_ups f on f.id = r.follow_up_id and f.owner_id = r.recipient_id
    where f.state = 'open' and not f.suspended and r.step = 'last' and r.channel = $1 order by r.id limit $2
  )
  update reminders r set state = 'planned', due_at = clock_now() - interval '1 minute', sent_at = null, read_at = null,
    deputy_on = null, leader_on = null, attempts = 0, retry_at = null, not_sent_because = null
  from chosen where r.id = chosen.id returning r.id`;
/** Of `$1`: how many are out, and how long the worker took from the first to the last, seconds. */
const OUT = `
  select count(*)::int as sent, extract(epoch from max(sent_at) - min(sent_at))::float8 as seconds
  from reminders where id = any($1::uuid[]) and state = 'sent'`;

/** Reminders a second of the built worker, beside the statements alone. */
export async function delivery(
  environment: NodeJS.ProcessEnv,
  ownerUrl: string,
  store: Store,
): Promise<Figure[]> {
  const pool = new pg.Pool({ connectionString: environment.DATABASE_URL, max: LANES });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await through(store, { ...environment, ...store.environment }, pool, owner);
  } finally {
    await owner.end();
    await pool.end();
  }
}

async function through(
  { name }: Store,
  environment: NodeJS.ProcessEnv,
  pool: pg.Pool,
  owner: pg.Client,
): Promise<Figure[]> {
  const noop = await noopsPerSecond(environment);
  const worker = await startWorker({ ...environment, SWEEP_SECONDS: '1' });
  try {
    const inApp = await contest(pool, owner, 'in_app', inboxes);
    const email = await contest(pool, owner, 'email', mails);
    const { rss } = await worker.ask<Consumption>();
    const said = (what: string, value: number, unit: string, reference: string): Figure => ({
      name: `${what}_${name}`,
      value,
      unit,
      reference,
    });
    return [
      {
        ...said('delivery', inApp.ratio, 'ratio', 'bare_loop'),
        target: { op: '>=', bound: 0.5 },
      },
      said('delivery_throughput', inApp.ours, 'reminders/s', `bare_loop:${rounded(inApp.reference)}`),
      said('delivery_mail', email.ratio, 'ratio', 'bare_loop'),
      said('delivery_mail_throughput', email.ours, 'reminders/s', `bare_loop:${rounded(email.reference)}`),
      said('noop_jobs', noop, 'jobs/s', 'none'),
      said('memory_worker', rss / 1024 / 1024, 'MB', 'none'),
    ];
  } finally {
    await worker.stop();
  }
}

interface Pair {
  ours: number;
  reference: number;
}

/** The worker finds what is due by itself; while the loop is at it, the lock of that sweep keeps the worker from it. */
async function contest(
  pool: pg.Pool,
  owner: pg.Client,
  channel: Channel,
  loop: (pool: pg.Pool, ids: string[]) => Promise<void>,
): Promise<Pair & { ratio: number }> {
  const pairs: Pair[] = [];
  for (let pair = 0; pair <= PAIRS; pair++)
    pairs.push({
      reference: await byLoop(pool, owner, channel, loop),
      ours: await byWorker(owner, channel),
    });
  const counted = pairs.slice(1);
  return {
    ours: median(counted.map(({ ours }) => ours)),
    reference: median(counted.map(({ reference }) => reference)),
    ratio: median(counted.map(({ ours, reference }) => ours / reference)),
  };
}

async function makeDue(owner: pg.Client, channel: Channel): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(MAKE_DUE, [channel, REMINDERS[channel]]);
  return rows.map(({ id }) => id);
}

async function byWorker(owner: pg.Client, channel: Channel): Promise<number> {
  const ids = await makeDue(owner, channel);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await owner.query<{ sent: number; seconds: number }>(OUT, [ids]);
    const [{ sent, seconds }] = rows;
    if (sent === ids.length) return sent / seconds;
    if (performance.now() > deadline) throw new Error(`the worker sent ${sent} of ${ids.length} reminders`);
    await sleep(250);
  }
}

async function byLoop(
  pool: pg.Pool,
  owner: pg.Client,
  channel: Channel,
  loop: (pool: pg.Pool, ids: string[]) => Promise<void>,
): Promise<number> {
  await owner.query(`select pg_advisory_lock(hashtext('ankomst.sweep'), hashtext('due reminders'))`);
  try {
    const ids = await makeDue(owner, channel);
    const began = performance.now();
    await loop(pool, ids);
    return (ids.length * 1000) / (performance.now() - began);
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('ankomst.sweep'), hashtext('due reminders'))`);
  }
}

/** The rest of a list is shared by as many lanes as the worker has. */
async function inLanes(ids: string[], size: number, work: (some: string[]) => Promise<void>): Promise<void> {
  let from = 0;
  const lane = async (): Promise<void> => {
    while (from < ids.length) await work(ids.slice(from, (from += size)));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const inboxes = (pool: pg.Pool, ids: string[]): Promise<void> =>
  inLanes(ids, TOGETHER, async (some) => void (await pool.query(DELIVER_IN_APP, [some])));

/** The statements only: no mail is written. */
const mails = (pool: pg.Pool, ids: string[]): Promise<void> =>
  inLanes(ids, 1, async ([id]) => {
    const { rows } = await pool.query<{ attempts: number }>(CLAIM_REMINDER, [id]);
    await pool.query(REMINDER_SETTLED, [id, rows[0].attempts, 'sent', null]);
  });

async function noopsPerSecond(environment: NodeJS.ProcessEnv): Promise<number> {
  const noops = startAnswering('bench/noops.js', environment);
  try {
    return await noops.ask<number>('now');
  } finally {
    await noops.stop();
  }
}
