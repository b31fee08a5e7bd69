import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf } from '../load.js';
import { type Office, openOffice, registration } from '../office.js';
import type { Program } from '../program.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage, Store } from '../stage.js';
import { type Answer, Visitor } from '../visitor.js';

const CONNECTIONS = 20;
const SLOW_MS = 3_000;
const LEFT_WITHIN_MS = 10_000;

export const leavesUnderLoad: Proof = {
  check: '78',
  name: 'leaves-under-load',
  says: 'SIGTERM under 20 connections and a request of 3 s: first not ready, all finished, no reset, exit 0 within 10 s',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    const rounds = stage.choose(1, 10);
    const durations: number[] = [];
    let notReadyFirst = 0;
    let slowDone = 0;
    for (let round = 1; round <= rounds; round++) {
      stage.tell(`stop ${round}`);
      const api = await stage.api(store);
      const office = await openOffice(store, api.address);
      const silent = await silentLine(api);
      const slow = slowRequest(store, api, office);
      const load = new Crowd(api, office, ledger);
      await stage.pause(700);
      const askedAt = performance.now();
      api.signal(round % 2 === 0 ? 'SIGINT' : 'SIGTERM');
      const [stillServing, ended, slowAnswer] = await Promise.all([readyBefore(api), api.ended, slow]);
      await load.end();
      silent.destroy();
      durations.push(Math.round(ended.atMs - askedAt));
      if (stillServing) notReadyFirst++;
      if (slowAnswer.status === 200) slowDone++;
      if (ended.code !== 0) ledger.error(`exit ${ended.code ?? ended.signal}`);
      await load.settle(store);
    }
    ledger.claim(
      notReadyFirst === rounds,
      `readiness was 503 while other requests were still answered, ${notReadyFirst} of ${rounds} times`,
    );
    ledger.claim(slowDone === rounds, `the slow request was answered 200, ${slowDone} of ${rounds} times`);
    ledger.claim(
      Math.max(...durations) < LEFT_WITHIN_MS,
      `exit after ${durations.join(', ')} ms (limit ${LEFT_WITHIN_MS}), beside a line on which nothing was ever asked`,
    );
    await leavesOnSecondSignal(stage, store, ledger);
  },
};

/** Clients that go on until the listener is gone, as clients do that know no load balancer. */
class Crowd {
  private going = true;
  private readonly acknowledged: string[] = [];
  private readonly clients: Promise<void>[];

  constructor(
    private readonly api: Program,
    private readonly office: Office,
    private readonly ledger: Ledger,
  ) {
    this.clients = Array.from({ length: CONNECTIONS }, () => this.work());
  }

  async end(): Promise<void> {
    this.going = false;
    await Promise.all(this.clients);
  }

  async settle({ owner }: Store): Promise<void> {
    const { rowCount } = await owner.query('select from refugees where id = any($1)', [this.acknowledged]);
    this.ledger.acknowledged += this.acknowledged.length;
    this.ledger.lost += this.acknowledged.length - rowCount!;
  }

  private async work(): Promise<void> {
    const visitor = new Visitor(this.api.address, this.office.token);
    for (let turn = 0; this.going; turn++) {
      const answer = await (turn % 2 === 0
        ? visitor.ask('POST', '/api/v1/refugees', registration(`Leaving ${turn}`))
        : visitor.ask('GET', '/api/v1/refugees?limit=5'));
      if (answer.error === 'ECONNREFUSED') return;
      this.ledger.requests++;
      if (answer.status === 201) this.acknowledged.push((JSON.parse(answer.text) as { id: string }).id);
      if (answer.status === 0) this.ledger.error(errorOf(answer));
      if (answer.status >= 500) this.ledger.unexpected5xx++;
    }
  }
}

/** A change that waits for the lock of its row, as long as a slow request may take. */
async function slowRequest(store: Store, api: Program, office: Office): Promise<Answer> {
  const visitor = new Visitor(api.address, office.token);
  const registered = await visitor.ask('POST', '/api/v1/refugees', registration('Slow'));
  const { id } = JSON.parse(registered.text) as { id: string };
  const blocker = await store.owner.connect();
  try {
    await blocker.query('begin');
    await blocker.query('select from refugees where id = $1 for update', [id]);
    const path = `/api/v1/refugees/${id}`;
    const answer = visitor.ask(
      'PATCH',
      path,
      { givenNames: 'Sila' },
      { 'if-match': String(registered.headers.etag) },
    );
    await sleep(SLOW_MS);
    await blocker.query('commit');
    return await answer;
  } finally {
    blocker.release();
  }
}

async function silentLine({ address }: Program): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const line = connect(Number(port), hostname);
  line.on('error', () => undefined);
  await once(line, 'connect');
  return line;
}

/** Whether a request is still served after readiness has said no. */
async function readyBefore({ address }: Program): Promise<boolean> {
  for (;;) {
    const visitor = new Visitor(address);
    const ready = await visitor.ask('GET', '/health/ready');
    const live = await visitor.ask('GET', '/health/live');
    visitor.leave();
    if (ready.status === 503) return live.status === 200;
    if (ready.status === 0) return false;
  }
}

async function leavesOnSecondSignal(stage: Stage, store: Store, ledger: Ledger): Promise<void> {
  const api = await stage.api(store, { DRAIN_SECONDS: '5' });
  api.signal('SIGTERM');
  await stage.pause(1_500);
  const askedAt = performance.now();
  const { code, atMs } = await api.end();
  ledger.claim(
    code === 1 && atMs - askedAt < 1_000,
    `a second signal ends it after ${Math.round(atMs - askedAt)} ms with ${code}`,
  );
}
