import { moveClock } from '../../scripts/clock.js';
import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import { Batch, onEveryBackend, openCaseload } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';

const FOLLOW_UPS = 51;
const SWEEP_SECONDS = 5;
/** For what one sweep finds to be delivered. */
const SLACK_SECONDS = 10;
const SLOW_MS = 500;
const IN_HAND = 10;
const [MORNING, AN_HOUR_LATER] = ['2027-01-13T07:00:00Z', '2027-01-13T08:00:01Z'];

export const queueEmptied: Proof = {
  check: '63',
  name: 'queue-emptied',
  says: `The queue's store is emptied, of ${FOLLOW_UPS} reminders to come and of ${FOLLOW_UPS} on their way: all are back within one sweep, none twice`,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    // only away from production does the clock move
    const over = { NODE_ENV: 'test', SWEEP_SECONDS: String(SWEEP_SECONDS) };
    const { store: like, followUps } = await openCaseload(stage, FOLLOW_UPS, { over, at: MORNING });
    const tryOn = async (backend: Backend, store: Store): Promise<void> => {
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      await moveClock(store.ownerUrl, MORNING);
      const toCome = await Batch.plan(store, followUps, {
        channels: ['in_app', 'email'],
        dueAt: `clock_now() + interval '1 hour'`,
      });
      await stage.worker(store, { ...backend.over, ...over, MAIL_URL: await letterbox.open() });
      const { name } = backend;
      stage.tell(`${name}: emptied before they are due`);
      const idle = await backend.empty(store);
      await moveClock(store.ownerUrl, AN_HOUR_LATER);
      const due = performance.now();
      await allBack(stage, ledger, toCome, letterbox);
      report(ledger, `${name}: emptied (${idle} jobs or keys) before they were due`, due);

      stage.tell(`${name}: emptied while they are on their way`);
      const before = letterbox.received.size;
      const onTheirWay = await Batch.plan(store, followUps, { channels: ['in_app', 'email'], daysAgo: 1 });
      while (letterbox.received.size < before + IN_HAND) await stage.pause(20);
      const jobs = await backend.empty(store);
      const emptied = performance.now();
      await allBack(stage, ledger, onTheirWay, letterbox);
      report(ledger, `${name}: emptied (${jobs} jobs or keys) while they were on their way`, emptied);
    };
    await onEveryBackend(stage, ledger, like, tryOn);
  },
};

async function allBack(stage: Stage, ledger: Ledger, batch: Batch, letterbox: Letterbox): Promise<void> {
  const { sent = 0 } = await batch.settled(stage, 60);
  ledger.requests += batch.ids.length;
  ledger.acknowledged += sent;
  ledger.lost += batch.ids.length - sent;
  ledger.doubled += (await batch.toldTwice()) + letterbox.twiceOf(batch.mails);
}

function report(ledger: Ledger, what: string, since: number): void {
  const seconds = (performance.now() - since) / 1_000;
  ledger.claim(
    seconds < SWEEP_SECONDS + SLACK_SECONDS,
    `${what}: all ${FOLLOW_UPS} sent by mail and into inboxes ${seconds.toFixed(1)} s later, at a sweep every ${SWEEP_SECONDS} s`,
  );
}
