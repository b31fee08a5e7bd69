import { Load, type Outage } from '../load.js';
import type { Ledger } from '../ledger.js';
import { Letterbox } from '../letterbox.js';
import { openOffice } from '../office.js';
import type { Proof } from '../proof.js';
import { ageClaims, Batch, onEveryBackend, openCaseload } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';

const REMINDERS = 200;
const SLOW_MS = 300;
/** Mails in hand are taken, and their claims are given up only by those who come later. */
const QUIET_MS = 2_000;

interface Delivery {
  name: string;
  store: Store;
  mails: Batch;
  inboxes: Batch;
  letterbox: Letterbox;
  load: Load;
}

export const remindersOutlivePostgres: Proof = {
  check: '66',
  name: 'reminders-outlive-postgres',
  says: `Postgres crashes and comes back while ${REMINDERS} mails and ${REMINDERS} inbox reminders are delivered and requests write: nothing lost, none twice`,
  slow: true,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const { store: like, followUps } = await openCaseload(stage, REMINDERS);
    const deliveries: Delivery[] = [];
    await onEveryBackend(stage, ledger, like, async (backend, store) => {
      deliveries.push(await begin(stage, backend, store, followUps));
    });
    const outages: Outage[] = [];
    for (const crash of [1, 2]) {
      stage.tell(`crash ${crash}`);
      const fromMs = performance.now();
      await stage.postgres.crash();
      await stage.postgres.startAgain();
      outages.push({ fromMs, toMs: performance.now() });
      await stage.pause(2_000);
    }
    await Promise.all(deliveries.map((delivery) => settle(stage, ledger, delivery, outages)));
  },
};

/** Up to the middle: some are sent, some are in hand, some wait. */
async function begin(
  stage: Stage,
  { name, over }: Backend,
  store: Store,
  followUps: string[],
): Promise<Delivery> {
  const letterbox = new Letterbox(SLOW_MS);
  stage.afterwards(() => letterbox.close());
  const settings = { ...over, MAIL_URL: await letterbox.open() };
  const api = await stage.api(store, settings);
  const load = new Load(await openOffice(store, api.address), [api.address], 5);
  await stage.worker(store, settings);
  const mails = await Batch.plan(store, followUps, { channels: ['email'] });
  while (letterbox.received.size < 30) await stage.pause(20);
  const inboxes = await Batch.plan(store, followUps, { channels: ['in_app'] });
  return { name, store, mails, inboxes, letterbox, load };
}

async function settle(
  stage: Stage,
  ledger: Ledger,
  { name, store, mails, inboxes, letterbox, load }: Delivery,
  outages: Outage[],
): Promise<void> {
  await load.end();
  await load.settle(ledger, store, outages);
  while ((await mails.states()).planned) await stage.pause(200);
  await stage.pause(QUIET_MS);
  const inHand = await ageClaims(store, new Date(Date.now() - QUIET_MS));
  const { sent = 0, unsure = 0 } = await mails.settled(stage, 90);
  const told = (await inboxes.settled(stage, 30)).sent ?? 0;
  const twice = letterbox.twiceOf(mails.mails) + (await mails.toldTwice()) + (await inboxes.toldTwice());
  const all = mails.ids.length + inboxes.ids.length;
  ledger.requests += all;
  ledger.acknowledged += sent + told;
  ledger.lost += all - sent - unsure - told;
  ledger.doubled += twice;
  ledger.claim(
    sent + unsure === mails.ids.length && told === inboxes.ids.length,
    `${name}: ${sent} mails sent, ${unsure} to be looked at, of ${mails.ids.length}; ${told} of ${inboxes.ids.length} in inboxes; ${twice} twice, at ${outages.length} crashes with ${inHand} claims left over`,
  );
}
