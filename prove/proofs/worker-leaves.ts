import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import { allSettled, inState, makeDue } from '../reminders.js';
import type { Backend, Stage } from '../stage.js';

const SLOW_MS = 1_500;
const LEFT_WITHIN_MS = 10_000;

export const workerLeaves: Proof = {
  check: '78',
  name: 'worker-leaves',
  says: 'SIGTERM to a worker with reminders in flight: they are finished, the rest stays for the next, exit 0',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const tryOn = async ([backend, over]: Backend): Promise<void> => {
      const store = await stage.store();
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      const settings = { ...over, MAIL_URL: await letterbox.open() };
      const due = await makeDue(stage, store, 20, settings);
      stage.tell(`${backend}: stop with reminders in flight`);
      const worker = await stage.worker(store, settings);
      while (letterbox.received.size < 10) await stage.pause(20);
      const inFlight = letterbox.received.size;
      const askedAt = performance.now();
      const { code, atMs } = await worker.end();
      const after = await inState(store);
      ledger.claim(
        code === 0 && atMs - askedAt < LEFT_WITHIN_MS,
        `${backend}: exit ${code} after ${Math.round(atMs - askedAt)} ms`,
      );
      ledger.claim(
        after.sent >= inFlight && !after.sending,
        `${backend}: ${inFlight} in flight, ${after.sent} sent, ${after.planned ?? 0} left for the next, none in doubt`,
      );
      await stage.worker(store, settings);
      const { sent } = await allSettled(stage, store, 30);
      ledger.requests += due;
      ledger.acknowledged += sent;
      ledger.lost += due - sent;
      ledger.doubled += letterbox.twice;
    };
    await Promise.all((await stage.backends(ledger)).map(tryOn));
  },
};
