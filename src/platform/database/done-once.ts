import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import { requestProblem } from '../http/problem.js';

/** A request its sender may repeat; each of its transactions is a step that is done once. */
export interface RepeatableRequest {
  accountId: string;
  /** Blind index of the sender's key. */
  key: Buffer;
  /** Blind index of what is asked. */
  fingerprint: Buffer;
  /** Transactions begun so far. */
  steps: number;
  /** Told when a step was found done already. */
  replayed: () => void;
}

/** The request that the code now running belongs to, if it may be repeated. */
export const repeatable = new AsyncLocalStorage<RepeatableRequest>();

type Work<T> = (tx: EntityManager) => Promise<T>;

/** Hours a key is remembered. */
export const REMEMBERED_HOURS = 24;
/** Real time, as senders who send again live in: the demo's clock may be weeks ahead after a restart. */
const EXPIRED = `done_at <= now() - interval '${REMEMBERED_HOURS} hours'`;

/** A twin waits here until the transaction that came first has ended; a row past its time is as good as none. */
const CLAIM = `
  insert into done_once as d (account_id, key, step, fingerprint) values ($1, $2, $3, $4)
  on conflict (account_id, key, step) do update
    set fingerprint = excluded.fingerprint, result = null, done_at = excluded.done_at where d.${EXPIRED}
  returning step`;
const DONE = 'select fingerprint, result from done_once where account_id = $1 and key = $2 and step = $3';
const KEEP = 'update done_once set result = $4 where account_id = $1 and key = $2 and step = $3';

/** Most rows forgotten in one statement. */
export const FORGET_BATCH = 1_000;
/** Returns how many rows it removed. */
export const FORGET = `
  with expired as (
    select account_id, key, step from done_once where ${EXPIRED}
    order by done_at limit ${FORGET_BATCH} for update skip locked
  ), forgotten as (
    delete from done_once d using expired e
    where d.account_id = e.account_id and d.key = e.key and d.step = e.step returning d.step
  )
  select count(*)::int as forgotten from forgotten`;

/** Account, key and number: the primary key of `done_once`. */
type Step = [accountId: string, key: Buffer, number: number];

/**
 * Lets `run` run `work`; in a repeatable request as its next step. The memory of it commits with what it wrote, and a
 * repeat gets the remembered result instead of running it. The result must be JSON, and ids, not anything personal.
 * @throws 422 when the key was used for something else
 */
export function asStep<T>(work: Work<T>, run: (work: Work<T>) => Promise<T>): Promise<T> {
  const request = repeatable.getStore();
  if (!request) return run(work);
  const step: Step = [request.accountId, request.key, ++request.steps];
  return inTurn(step, () => run((tx) => doneOnce(tx, request, step, work)));
}

async function doneOnce<T>(
  tx: EntityManager,
  { fingerprint, replayed }: RepeatableRequest,
  step: Step,
  work: Work<T>,
): Promise<T> {
  const [claimed] = await tx.query<unknown[]>(CLAIM, [...step, fingerprint]);
  if (!claimed) {
    const [done] = await tx.query<{ fingerprint: Buffer; result: T | null }[]>(DONE, step);
    if (!done.fingerprint.equals(fingerprint)) throw requestProblem.key_used_otherwise();
    replayed();
    return (done.result ?? undefined) as T;
  }
  const json = JSON.stringify(await work(tx)) as string | undefined;
  if (json === undefined) return undefined as T;
  await tx.query(KEEP, [...step, json]);
  // What a repeat will be given: a result that is more than JSON shows the first time, not the second.
  return JSON.parse(json) as T;
}

const turns = new Map<string, Promise<unknown>>();

/** Twins take turns before they take a connection: waiting in Postgres, they would take them all. */
async function inTurn<T>([accountId, key, number]: Step, run: () => Promise<T>): Promise<T> {
  const name = `${accountId} ${key.toString('base64')} ${number}`;
  const mine = (turns.get(name) ?? Promise.resolve()).then(run, run);
  turns.set(name, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === mine) turns.delete(name);
  }
}
