import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { connection } from '../../src/platform/database/database.module.js';
import { count, errorOf, isProper, longest } from '../load.js';
import { openOffice } from '../office.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';
import { Visitor } from '../visitor.js';

const AT_ONCE = 200;
const POOL = 10;
/** Less than a lock may be waited for. */
const SLOW_MS = 4_800;
const ACQUIRED_WITHIN_MS = 3_000;
const SLACK_MS = 1_500;

export const poolRunsOut: Proof = {
  check: '82',
  name: 'pool-runs-out',
  says: '200 slow requests on 10 connections: the excess is 503 within the acquire timeout; the limits of Postgres bite',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    await Promise.all([allWait(stage, ledger), limitsOfPostgres(stage, ledger)]);
  },
};

async function allWait(stage: Stage, ledger: Ledger): Promise<void> {
  const store = await stage.store();
  const api = await stage.api(store, { DATABASE_CONNECTIONS: String(POOL) });
  const { token } = await openOffice(store, api.address);
  const blocker = await store.owner.connect();
  await blocker.query('begin; lock table refugees in access exclusive mode');
  stage.tell('all wait');
  const visitors = Array.from({ length: AT_ONCE }, () => new Visitor(api.address, token));
  const ends: number[] = [];
  const asked = Promise.all(
    visitors.map(async (visitor) => {
      const answer = await visitor.ask('GET', '/api/v1/refugees?limit=5');
      ends.push(answer.endedAtMs);
      return answer;
    }),
  );
  for (const until = performance.now() + SLOW_MS; performance.now() < until; await stage.pause(20))
    if (ends.length >= AT_ONCE - POOL) break;
  await blocker.query('commit');
  blocker.release();
  const answers = await asked;
  const refused = answers.filter(({ status }) => status === 503);
  ledger.requests += answers.length;
  for (const answer of answers) if (!isProper(answer)) ledger.error(errorOf(answer));
  ledger.claim(
    count(answers, 200) === POOL,
    `${count(answers, 200)} were answered, as many as there are connections`,
  );
  ledger.claim(
    refused.length === AT_ONCE - POOL && longest(refused) < ACQUIRED_WITHIN_MS + SLACK_MS,
    `${refused.length} were refused with 503, the slowest after ${longest(refused)} ms (acquire timeout ${ACQUIRED_WITHIN_MS})`,
  );
  const after = await new Visitor(api.address, token).ask('GET', '/api/v1/refugees?limit=5');
  ledger.claim(after.status === 200, 'the next request is answered');
  visitors.forEach((visitor) => visitor.leave());
}

/** The very connections of the program, kept longer than they may be. */
async function limitsOfPostgres(stage: Stage, ledger: Ledger): Promise<void> {
  const store = await stage.store();
  const source = await new DataSource(connection(store.url, 5)).initialize();
  const blocker = await store.owner.connect();
  try {
    const shown = await source.query<{ name: string; value: string }[]>(
      `select name, setting || coalesce(unit, '') as value from pg_settings
       where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
    );
    ledger.claim(
      shown.every(({ value }) => !value.startsWith('0')),
      shown.map(({ name, value }) => `${name} ${value}`).join(', '),
    );
    await blocker.query('begin; lock table refugees in access exclusive mode');
    const limits: [string, string, () => Promise<unknown>][] = [
      ['a statement', '57014', () => source.query('select pg_sleep(60)')],
      ['a lock', '55P03', () => source.query('select from refugees')],
      [
        'an idle transaction',
        '25P03',
        () =>
          source.transaction(async (tx) => {
            await tx.query('select 1');
            await sleep(11_000);
            await tx.query('select 1');
          }),
      ],
    ];
    await Promise.all(
      limits.map(async ([what, code, work]) => {
        const begun = performance.now();
        const error = await work().then(
          () => undefined,
          (caught: unknown) => caught,
        );
        const seen = (error as { driverError?: { code?: string } })?.driverError?.code;
        const gone = code === '25P03' && error !== undefined;
        const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
        ledger.claim(
          seen === code || gone,
          `${what} that lasts too long ends after ${seconds} s (${seen ?? 'the session is gone'})`,
        );
      }),
    );
  } finally {
    await blocker.query('rollback');
    blocker.release();
    await source.destroy();
  }
}
