import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import { allSettled, inState, makeDue } from '../reminders.js';
import type { Backend, Stage } from '../stage.js';

const SLOW_MS = 300;

export const workerKilled: Proof = {
  check: '61',
  name: 'worker-killed',
  says: 'kill -9 of the worker with due reminders in flight: each is sent, or left for a person to look at; none twice',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const [people, kills] = stage.choose([30, 1], [100, 3]);
    const tryOn = async ([backend, over]: Backend): Promise<void> => {
      const store = await stage.store();
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      const settings = { ...over, MAIL_URL: await letterbox.open() };
      const due = await makeDue(stage, store, people, settings);
      let inFlight = 0;
      for (let kill = 1; kill <= kills; kill++) {
        stage.tell(`${backend}: kill ${kill}`);
        const worker = await stage.worker(store, settings);
        const before = letterbox.received.size;
        while (letterbox.received.size < before + 10 + Math.random() * 10) await stage.pause(20);
        await worker.end('SIGKILL');
        inFlight += (await inState(store)).sending ?? 0;
        // a claim is given up after two minutes: these go by faster
        await store.owner.query(
          `update reminders set claimed_at = claimed_at - interval '2 minutes' where state = 'sending'`,
        );
      }
      stage.tell(`${backend}: the next worker`);
      await stage.worker(store, settings);
      const { sent = 0, unsure = 0 } = await allSettled(stage, store, 90);
      ledger.requests += due;
      ledger.acknowledged += sent;
      ledger.lost += due - sent - unsure;
      ledger.doubled += letterbox.twice;
      ledger.claim(
        inFlight > 0,
        `${backend}: ${inFlight} were in flight at ${kills} kills; ${sent} sent, ${unsure} to be looked at, of ${due}`,
      );
      ledger.claim(
        letterbox.received.size >= sent && letterbox.twice === 0,
        `${backend}: the mail server got ${letterbox.received.size} messages, ${letterbox.twice} of them twice`,
      );
    };
    await Promise.all((await stage.backends(ledger)).map(tryOn));
  },
};
