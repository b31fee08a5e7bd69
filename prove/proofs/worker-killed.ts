import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import type { Program } from '../program.js';
import type { Proof } from '../proof.js';
import { ageClaims, Batch, onEveryBackend, openCaseload } from '../reminders.js';
import { type Backend, SCRATCH, type Stage, type Store } from '../stage.js';

const REMINDERS = 200;
const IN_HAND = 10;
const SLOW_MS = 150;
/** How long the queue takes a job for being done by a worker that says nothing: its lock, and the look after it. */
const LOCK_SECONDS = 15;
const SETTLED_WITHIN_SECONDS = LOCK_SECONDS + 10;

/** Where mails go, whether what is in hand at the kill is in doubt after it, and how to wait until enough is in hand. */
interface Sink {
  name: string;
  mailUrl: string;
  channels: ('in_app' | 'email')[];
  inDoubt: boolean;
  /** Resolves with what lets go of what was held up. */
  enoughInHand(): Promise<() => Promise<unknown>>;
  /** How often the mail of a reminder came. */
  came(reminderId: string): number;
}

export const workerKilled: Proof = {
  check: '61',
  name: 'worker-killed',
  says: `kill -9 of the worker with ${IN_HAND} of ${REMINDERS} reminders in flight: each is sent, or, by mail server, left for a person to look at; none twice`,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const { store: like, followUps } = await openCaseload(stage, REMINDERS);
    // each with a queue of its own, also in Redis
    await Promise.all([
      onEveryBackend(stage, ledger, like, async (backend, store) =>
        killAgainAndAgain(stage, ledger, backend, store, followUps, await mailServer(stage)),
      ),
      onEveryBackend(stage, ledger, like, (backend, store) =>
        killAgainAndAgain(stage, ledger, backend, store, followUps, foldersAndInboxes(stage, store)),
      ),
    ]);
  },
};

/** Each worker finishes what the one before it left, and is killed over the next reminders. */
async function killAgainAndAgain(
  stage: Stage,
  ledger: Ledger,
  { name, over }: Backend,
  store: Store,
  followUps: string[],
  sink: Sink,
): Promise<void> {
  const settings = { ...over, MAIL_URL: sink.mailUrl, MAILS_PER_SECOND: '1000' };
  const reminded = followUps.slice(0, REMINDERS / sink.channels.length);
  const kills = stage.choose(2, 20);
  const batches: Batch[] = [];
  const seconds: number[] = [];
  let [inHand, sent, unsure] = [0, 0, 0];
  let worker: Program = await stage.worker(store, settings);
  for (let kill = 1; kill <= kills; kill++) {
    stage.tell(`${name}, ${sink.name}: kill ${kill}`);
    const batch = await Batch.plan(store, reminded, {
      channels: sink.channels,
      dueAt: `clock_now() + interval '1 second'`,
      daysAgo: kill,
    });
    const letGo = await sink.enoughInHand();
    await worker.end('SIGKILL');
    const killedAt = new Date();
    await letGo();
    await stage.pause(200);
    inHand += (await batch.states()).sending ?? 0;
    worker = await stage.worker(store, settings);
    const begun = performance.now();
    // without this it would be the two minutes that a claim stands; the last time it is
    const wholeClaim = !stage.quick && sink.inDoubt && kill === kills;
    if (!wholeClaim) await ageClaims(store, killedAt);
    const states = await batch.settled(stage, wholeClaim ? 150 : 90);
    const took = (performance.now() - begun) / 1_000;
    if (wholeClaim)
      ledger.claim(true, `${name}, ${sink.name}: ${took.toFixed(0)} s with a claim's whole two minutes`);
    else seconds.push(took);
    sent += states.sent ?? 0;
    unsure += states.unsure ?? 0;
    batches.push(batch);
  }
  const all = kills * REMINDERS;
  const times = batches.flatMap(({ mails }) => mails.map((id) => sink.came(id)));
  const [mails, twice] = [1, 2].map((least) => times.filter((count) => count >= least).length);
  const marked = await Promise.all(batches.map((batch) => batch.toldTwice()));
  const markedTwice = marked.reduce((sum, count) => sum + count, 0);
  ledger.requests += all;
  ledger.acknowledged += sent;
  ledger.lost += all - sent - unsure;
  ledger.doubled += twice + markedTwice;
  ledger.claim(
    sent + unsure === all && (sink.inDoubt || unsure === 0),
    `${name}, ${sink.name}: ${kills} kills, ${inHand} mails claimed at them; ${sent} sent, ${unsure} to be looked at, of ${all}`,
  );
  ledger.claim(
    mails >= times.length - unsure && twice + markedTwice === 0,
    `${name}, ${sink.name}: ${mails} mails came of ${times.length}, ${twice} twice; ${markedTwice} were marked as sent twice`,
  );
  ledger.claim(
    Math.max(...seconds) < SETTLED_WITHIN_SECONDS,
    `${name}, ${sink.name}: done ${Math.max(...seconds).toFixed(1)} s after the next worker was there, at worst (limit: lock ${LOCK_SECONDS} + 10)`,
  );
}

async function mailServer(stage: Stage): Promise<Sink> {
  const letterbox = new Letterbox(SLOW_MS);
  stage.afterwards(() => letterbox.close());
  return {
    name: 'mail server',
    mailUrl: await letterbox.open(),
    channels: ['email'],
    inDoubt: true,
    enoughInHand: async () => {
      const enough = letterbox.received.size + IN_HAND + Math.random() * 100;
      while (letterbox.received.size < enough) await stage.pause(20);
      return async () => undefined;
    },
    came: (id) => letterbox.times(id),
  };
}

/** Both take a reminder in no time: a lock on the table keeps what they have in hand there until the kill. */
function foldersAndInboxes(stage: Stage, { name, owner }: Store): Sink {
  const folder = resolve(SCRATCH, `mail-${name}`);
  return {
    name: 'folder and inboxes',
    mailUrl: `file:${folder}`,
    channels: ['in_app', 'email'],
    inDoubt: false,
    enoughInHand: async () => {
      const blocker = await owner.connect();
      await blocker.query('begin; lock table reminders in share mode');
      for (let waiting = 0; waiting < IN_HAND - 1; await stage.pause(20)) {
        const { rows } = await owner.query<{ waiting: number }>(
          `select count(*)::int as waiting from pg_locks where not granted and relation = 'reminders'::regclass`,
        );
        waiting = rows[0].waiting;
      }
      return async () => {
        await blocker.query('rollback');
        blocker.release();
      };
    },
    // a second mail of a reminder takes the place of the first
    came: (id) => (existsSync(resolve(folder, `reminder-${id}@ankomst.eml`)) ? 1 : 0),
  };
}
