import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Ledger } from '../ledger.js';
import { Letterbox } from '../letterbox.js';
import type { Program } from '../program.js';
import type { Proof } from '../proof.js';
import { ageClaims, Batch, onEveryBackend, openCaseload } from '../reminders.js';
import { type Backend, SCRATCH, type Stage, type Store } from '../stage.js';

const REMINDERS = 50;
const SLOW_MS = 50;
/** What the worker has in hand at once: the poison takes the others down with it. */
const IN_HAND = 10;
/** Claims that may be lost before a person must look, and the last of them. */
const MOST_DEATHS = 4;
/** The folder kills whoever writes the mail of the reminder that `POISON` names. */
const DIES_OF_WRITING = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const write = fs.promises.writeFile;
  fs.promises.writeFile = (path, ...rest) =>
    String(path).includes(process.env.POISON) ? process.kill(process.pid, 'SIGKILL') : write(path, ...rest);
  syncBuiltinESMExports();`;

export const poison: Proof = {
  check: '68',
  name: 'poison',
  says: 'A reminder whose sending kills the worker, which is started again each time: tried a few times, then a task for the leader; the others are sent, but for those in hand with it each time',
  slow: true,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const { store: like, followUps } = await openCaseload(stage, REMINDERS);
    // each with a queue of its own, also in Redis
    await Promise.all(
      [mailServerKills, folderKills].map((kill) =>
        onEveryBackend(stage, ledger, like, (backend, store) =>
          kill(stage, ledger, backend, store, followUps),
        ),
      ),
    );
  },
};

async function mailServerKills(
  stage: Stage,
  ledger: Ledger,
  { name, over }: Backend,
  store: Store,
  followUps: string[],
): Promise<void> {
  const batch = await Batch.plan(store, followUps, { channels: ['email'] });
  const poisonous = batch.ids[REMINDERS / 2];
  let worker: Program | undefined;
  const letterbox = new Letterbox(SLOW_MS, (id) => {
    if (id.includes(poisonous)) worker?.signal('SIGKILL');
  });
  stage.afterwards(() => letterbox.close());
  const settings = { ...over, MAIL_URL: await letterbox.open() };
  const deaths = await keepAlive(stage, store, batch, async () => {
    worker = await stage.start('src/worker', stage.settings(store, settings));
    return worker;
  });
  ledger.doubled += letterbox.twice;
  await judge(stage, ledger, `${name}, mail server`, store, batch, { id: poisonous, ends: 'unsure' }, deaths);
}

async function folderKills(
  stage: Stage,
  ledger: Ledger,
  { name, over }: Backend,
  store: Store,
  followUps: string[],
): Promise<void> {
  const folder = resolve(SCRATCH, `mail-${store.name}`);
  const batch = await Batch.plan(store, followUps, { channels: ['email'] });
  const poisonous = batch.ids[REMINDERS / 2];
  const settings = { ...over, MAIL_URL: `file:${folder}` };
  const environment = { ...stage.settings(store, settings), POISON: poisonous };
  const deaths = await keepAlive(stage, store, batch, () =>
    stage.start('src/worker', environment, { injected: DIES_OF_WRITING }),
  );
  const files = batch.mails.filter((id) => existsSync(resolve(folder, `reminder-${id}@ankomst.eml`))).length;
  ledger.claim(
    files >= ((await batch.states()).sent ?? 0),
    `${name}, folder: ${files} mails in it, of ${REMINDERS}`,
  );
  await judge(stage, ledger, `${name}, folder`, store, batch, { id: poisonous, ends: 'failed' }, deaths);
}

/** As a supervisor does, until all is settled. @returns how often it died */
async function keepAlive(
  stage: Stage,
  store: Store,
  batch: Batch,
  start: () => Promise<Program>,
): Promise<number> {
  for (let deaths = 0; deaths <= MOST_DEATHS; deaths++) {
    const worker = await start();
    const settled = batch.settled(stage, 120).catch(() => undefined);
    const died = await Promise.race([worker.ended, settled.then(() => undefined)]);
    if (!died) return deaths;
    await ageClaims(store, new Date());
  }
  return MOST_DEATHS + 1;
}

async function judge(
  stage: Stage,
  ledger: Ledger,
  where: string,
  { owner }: Store,
  batch: Batch,
  mail: { id: string; ends: 'unsure' | 'failed' },
  deaths: number,
): Promise<void> {
  const { sent = 0, [mail.ends]: left = 0 } = await batch.settled(stage, 10);
  const { rows } = await owner.query<{ state: string; told: boolean }>(
    `select r.state, exists (
       select from follow_ups task join units u on u.leader_id = task.owner_id
       where task.key = 'undelivered' and task.state = 'open' and task.refugee_id = f.refugee_id) as told
     from reminders r join follow_ups f on f.id = r.follow_up_id where r.id = $1`,
    [mail.id],
  );
  const [{ state, told }] = rows;
  ledger.requests += REMINDERS;
  ledger.acknowledged += sent;
  ledger.lost += REMINDERS - sent - left;
  ledger.doubled += await batch.toldTwice();
  ledger.claim(
    deaths > 0 && deaths <= MOST_DEATHS && state === mail.ends && told,
    `${where}: the worker died ${deaths} times of it, then it was left to be looked at (${state}), ${told ? 'with a task for' : 'without a word to'} the leader`,
  );
  ledger.claim(
    left >= 1 && left <= IN_HAND,
    `${where}: ${sent} of the others sent, ${left - 1} left to be looked at with it`,
  );
}
