import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { LegislationService } from '../src/legislation/legislation.service.js';
import { Database } from '../src/platform/database/database.js';
import { PROGRAMME_FACTS } from '../src/programme/programme.queries.js';
import { STALE_BATCH } from '../src/reminders/planner.queries.js';
import { PlannerService } from '../src/reminders/planner.service.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { median } from './figures.js';

/** Persons a second, the median of the rounds. */
export interface Replanned {
  /** Planned anew without a cause that is known. */
  plain: Beside;
  /** Planned anew because a rule was added, which moves nothing. */
  ruled: Beside;
}

export interface Beside {
  ours: number;
  /** Only reads the facts of as many, in batches as large. */
  reference: number;
  ratio: number;
}

const PERSONS = 10_000;
const ROUNDS = 5;
const RULE = 'contract.deadline';

const MARK = `update plans set stale = true, stale_because = null where (subject_type, subject_id) in (
  select subject_type, subject_id from plans where subject_type = 'case' order by subject_id limit ${PERSONS})`;
const UNMARK_THE_REST = `update plans set stale = false where stale and subject_id not in (
  select subject_id from plans where subject_type = 'case' and stale order by subject_id limit ${PERSONS})`;
const MARKED = `select subject_id as id from plans where stale order by subject_id`;

export async function replanned(app: INestApplicationContext, databaseUrl: string): Promise<Replanned> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const [database, planner] = [app.get(Database), app.get(PlannerService)];
    const plain = (): Promise<unknown> => database.query(MARK);
    const ruled = (): Promise<void> =>
      database.transaction(async (tx) => {
        const rules = await app.get(LegislationService).rules(tx);
        await planner.ruleAdded(tx, rules.on(RULE, new Date().toISOString().slice(0, 10)));
        await tx.query(UNMARK_THE_REST);
      });
    const sweep = (): Promise<number> => app.get(StalePlansService).sweep();
    return { plain: await beside(client, plain, sweep), ruled: await beside(client, ruled, sweep) };
  } finally {
    await client.end();
  }
}

/** In turn; the first round is forgotten. */
async function beside(
  client: pg.Client,
  mark: () => Promise<unknown>,
  sweep: () => Promise<number>,
): Promise<Beside> {
  const pairs: Omit<Beside, 'ratio'>[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await mark();
    const { rows } = await client.query<{ id: string }>(MARKED);
    const reference = await perSecond(() =>
      read(
        client,
        rows.map(({ id }) => id),
      ),
    );
    pairs.push({ reference, ours: await perSecond(sweep) });
  }
  const counted = pairs.slice(1);
  return {
    ours: median(counted.map(({ ours }) => ours)),
    reference: median(counted.map(({ reference }) => reference)),
    ratio: median(counted.map(({ ours, reference }) => ours / reference)),
  };
}

async function read(client: pg.Client, ids: string[]): Promise<number> {
  let found = 0;
  for (let from = 0; from < ids.length; from += STALE_BATCH) {
    const { rows } = await client.query(PROGRAMME_FACTS, [ids.slice(from, from + STALE_BATCH)]);
    found += rows.length;
  }
  return found;
}

async function perSecond(work: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const done = await work();
  return (done * 1000) / (performance.now() - began);
}
