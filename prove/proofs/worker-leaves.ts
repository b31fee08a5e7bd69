import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import { Batch, onEveryBackend, openCaseload } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';

const SLOW_MS = 1_500;
const LEFT_WITHIN_MS = 10_000;

export const workerLeaves: Proof = {
  check: '78',
  name: 'worker-leaves',
  says: 'SIGTERM to a worker with reminders in flight: they are finished, the rest stays for the next, exit 0',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const { store: like, followUps } = await openCaseload(stage, 20);
    const tryOn = async ({ name: backend, over }: Backend, store: Store): Promise<void> => {
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      const settings = { ...over, MAIL_URL: await letterbox.open() };
      const batch = await Batch.plan(store, followUps, { channels: ['email'] });
      stage.tell(`${backend}: stop with reminders in flight`);
      const worker = await stage.worker(store, settings);
      while (letterbox.received.size < 10) await stage.pause(20);
      const inFlight = letterbox.received.size;
      const askedAt = performance.now();
      const { code, atMs } = await worker.end();
      const after = await batch.states();
      ledger.claim(
        code === 0 && atMs - askedAt < LEFT_WITHIN_MS,
        `${backend}: exit ${code} after ${Math.round(atMs - askedAt)} ms`,
      );
      ledger.claim(
        after.sent >= inFlight && !after.sending,
        `${backend}: ${inFlight} in flight, ${after.sent} sent, ${after.planned ?? 0} left for the next, none in doubt`,
      );
      await stage.worker(store, settings);
      const { sent } = await batch.settled(stage, 30);
      ledger.requests += batch.ids.length;
      ledger.acknowledged += sent;
      ledger.lost += batch.ids.length - sent;
      ledger.doubled += letterbox.twice;
    };
    await onEveryBackend(stage, ledger, like, tryOn);
  },
};
