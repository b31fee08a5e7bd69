import { setTimeout as sleep } from 'node:timers/promises';
import { count, Load, longest, type Outage, recoverySeconds } from '../load.js';
import { openOffice } from '../office.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';
import { type Answer, Visitor } from '../visitor.js';

const LIVE_WITHIN_MS = 100;
const READY_WITHIN_MS = 1_500;
/** For a connection, then for an answer on it; and something for the machine. */
const REFUSED_WITHIN_MS = 3_000 + 9_000 + 1_500;
const RECOVERY_SECONDS = 10;

export const postgresFreezes: Proof = {
  check: '67',
  name: 'postgres-freezes',
  says: 'Postgres is frozen, and all its sessions are ended: 503 within the limits, the event loop alive, recovery by itself',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    const [api, worker] = [await stage.api(store), await stage.worker(store)];
    const load = new Load(await openOffice(store, api.address), [api.address], 20);
    await stage.pause(1_500);

    const seconds = stage.choose(12, 30);
    stage.tell(`frozen for ${seconds} s`);
    const frozen = { fromMs: performance.now(), toMs: 0 };
    stage.postgres.freeze();
    const [live, ready] = await Promise.all([
      watch(api.address, '/health/live', seconds),
      watch(api.address, '/health/ready', seconds),
    ]);
    await stage.postgres.thaw();
    frozen.toMs = performance.now();
    await stage.pause(3_000);

    stage.tell('sessions are ended');
    const cutOff: Outage[] = [];
    let sessions = 0;
    for (let round = 0; round < stage.choose(3, 10); round++) {
      const fromMs = performance.now();
      sessions += await stage.postgres.cutOff(store.name);
      cutOff.push({ fromMs, toMs: performance.now() });
      await stage.pause(1_000);
    }
    await load.end();
    await load.settle(ledger, store, [frozen, ...cutOff]);
    ledger.requests += live.length + ready.length;

    const during = load.answers.filter(
      ({ begunAtMs, endedAtMs }) => begunAtMs < frozen.toMs && endedAtMs > frozen.fromMs + 1_000,
    );
    const refused = during.filter(({ status }) => status === 503);
    const recovery = recoverySeconds(load.answers, frozen);
    ledger.claim(
      refused.length > 0 && longest(refused) < REFUSED_WITHIN_MS,
      `${refused.length} requests ended with 503, the slowest after ${longest(refused)} ms (limit ${REFUSED_WITHIN_MS})`,
    );
    const quick = live.filter(
      ({ status, begunAtMs, endedAtMs }) => status === 200 && endedAtMs - begunAtMs < LIVE_WITHIN_MS,
    );
    ledger.claim(
      live.length > 50 && quick.length >= live.length * 0.99,
      `/health/live answered ${quick.length} of ${live.length} times within ${LIVE_WITHIN_MS} ms while frozen, the slowest after ${longest(live)} ms`,
    );
    ledger.claim(
      ready.length > 5 &&
        ready.slice(1).every(({ status }) => status === 503) &&
        longest(ready) < READY_WITHIN_MS,
      `/health/ready said 503 ${count(ready, 503)} of ${ready.length} times, the slowest after ${longest(ready)} ms (limit ${READY_WITHIN_MS})`,
    );
    ledger.claim(
      recovery < RECOVERY_SECONDS,
      `the last refusal came ${recovery.toFixed(2)} s after the thaw (limit ${RECOVERY_SECONDS})`,
    );
    const ended = load.answers.filter(
      (answer) => answer.status === 503 && answer.endedAtMs > cutOff[0].fromMs,
    );
    ledger.claim(
      sessions > 0,
      `${sessions} sessions were ended in ${cutOff.length} blows; ${ended.length} requests got 503`,
    );
    ledger.claim(api.runs && worker.runs, 'API and worker run on, the same processes');
  },
};

/** Asks again and again for so many seconds. */
async function watch(address: string, path: string, seconds: number): Promise<Answer[]> {
  const visitor = new Visitor(address);
  const answers: Answer[] = [];
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    answers.push(await visitor.ask('GET', path));
    await sleep(50);
  }
  visitor.leave();
  return answers;
}
