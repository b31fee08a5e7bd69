import { moveClock } from '../../scripts/clock.js';
import { Letterbox } from '../letterbox.js';
import type { Ledger } from '../ledger.js';
import { openOffice } from '../office.js';
import type { Proof } from '../proof.js';
import { Batch, countTold, onEveryBackend, register } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';
import { Visitor } from '../visitor.js';

/** Follow-ups that come back on the same day. */
const OF_A_DAY = 3;
const SLOW_MS = 50;

/** Days over which follow-ups are put off, and when their reminders are to come: at eight, on the next open day. */
interface Season {
  name: string;
  putOffAt: string;
  decidedOn: string;
  /** When the clock is at eight in Copenhagen, by UTC. */
  eight: Record<string, string>;
  comesOn: Record<string, string>;
}

const SPRING: Season = {
  name: 'Easter and summer time, 24 to 31 March 2027',
  putOffAt: '2027-03-01T09:00:00Z',
  decidedOn: '2026-11-20',
  eight: {
    '2027-03-24': '07:00:00Z',
    '2027-03-25': '07:00:00Z',
    '2027-03-26': '07:00:00Z',
    '2027-03-27': '07:00:00Z',
    '2027-03-28': '06:00:00Z',
    '2027-03-29': '06:00:00Z',
    '2027-03-30': '06:00:00Z',
    '2027-03-31': '06:00:00Z',
  },
  comesOn: {
    '2027-03-24': '2027-03-24',
    '2027-03-25': '2027-03-30',
    '2027-03-27': '2027-03-30',
    '2027-03-28': '2027-03-30',
    '2027-03-29': '2027-03-30',
    '2027-03-31': '2027-03-31',
  },
};

const AUTUMN: Season = {
  name: 'the end of summer time, 29 October to 2 November 2027',
  putOffAt: '2027-10-04T09:00:00Z',
  decidedOn: '2027-06-20',
  eight: {
    '2027-10-29': '06:00:00Z',
    '2027-10-30': '06:00:00Z',
    '2027-10-31': '07:00:00Z',
    '2027-11-01': '07:00:00Z',
    '2027-11-02': '07:00:00Z',
  },
  comesOn: {
    '2027-10-29': '2027-10-29',
    '2027-10-31': '2027-11-01',
    '2027-11-02': '2027-11-02',
  },
};

const ONE_DAY: Season = {
  ...SPRING,
  name: 'Easter and summer time 2027',
  eight: { '2027-03-28': '06:00:00Z', '2027-03-30': '06:00:00Z' },
  comesOn: { '2027-03-28': '2027-03-30' },
};

export const twoWorkers: Proof = {
  check: '69, 70',
  name: 'two-workers',
  says: 'Two workers and the days around each change of the clocks: every reminder comes once, at eight in Copenhagen, on a day when somebody is at work',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    for (const season of stage.choose([ONE_DAY], [SPRING, AUTUMN])) {
      const { store: like, wanted } = await putOff(stage, season);
      await onEveryBackend(stage, ledger, like, (backend, store) =>
        walk(stage, ledger, backend, store, season, wanted),
      );
    }
  },
};

/** Through the API, as its leader would. @returns on which day the reminder of which follow-up is to come */
async function putOff(
  stage: Stage,
  { putOffAt, decidedOn, comesOn }: Season,
): Promise<{ store: Store; wanted: Map<string, string> }> {
  const store = await stage.store();
  await moveClock(store.ownerUrl, putOffAt);
  await countTold(store);
  const api = await stage.api(store, { NODE_ENV: 'test' });
  const office = await openOffice(store, api.address);
  const days = Object.entries(comesOn);
  await register(api.address, office, OF_A_DAY * days.length, decidedOn);
  const { rows } = await store.owner.query<{ id: string }>(
    `select id from follow_ups where key = 'talk' and occurrence = 1 and state = 'open'`,
  );
  const leader = new Visitor(api.address, office.leader.token);
  const wanted = new Map<string, string>();
  for (const [until, day] of days) {
    const followUpIds = rows.splice(0, OF_A_DAY).map(({ id }) => id);
    const body = { followUpIds, until, reason: 'To be proved' };
    const { status, text } = await leader.ask('POST', '/api/v1/follow-ups/snoozes', body);
    if (status !== 201) throw new Error(`putting off got ${status}: ${text}`);
    for (const id of followUpIds) wanted.set(id, day);
  }
  leader.leave();
  await api.end();
  return { store, wanted };
}

async function walk(
  stage: Stage,
  ledger: Ledger,
  { name, over }: Backend,
  store: Store,
  { name: season, eight }: Season,
  wanted: Map<string, string>,
): Promise<void> {
  const letterbox = new Letterbox(SLOW_MS);
  stage.afterwards(() => letterbox.close());
  const settings = { ...over, NODE_ENV: 'test', MAIL_URL: await letterbox.open(), MAILS_PER_SECOND: '1000' };
  const batch = await Batch.ofFollowUps(store, [...wanted.keys()]);
  await Promise.all([stage.worker(store, settings), stage.worker(store, settings)]);
  for (const [day, time] of Object.entries(eight)) {
    stage.tell(`${name}: ${day}`);
    const justBefore = new Date(Date.parse(`${day}T${time}`) - 3_000).toISOString();
    await moveClock(store.ownerUrl, justBefore);
    await stage.pause(5_000);
    await batch.settled(stage, 60, { due: true });
  }
  const { rows } = await store.owner.query<{ follow_up_id: string; day: string; time: string }>(
    `select r.follow_up_id, (t.at at time zone 'Europe/Copenhagen')::date::text as day,
            to_char(t.at at time zone 'Europe/Copenhagen', 'HH24:MI') as time
     from told t join reminders r using (id) where id = any($1::uuid[])`,
    [batch.ids],
  );
  const asWanted = rows.filter(
    ({ follow_up_id: id, day, time }) => wanted.get(id) === day && time === '08:00',
  ).length;
  const doubled = (await batch.toldTwice()) + letterbox.twiceOf(batch.mails);
  // of a follow-up the reminder of this season alone is in question, by two channels
  const all = wanted.size * 2;
  ledger.requests += all;
  ledger.acknowledged += rows.length;
  ledger.lost += Math.max(0, all - rows.length);
  ledger.doubled += doubled;
  ledger.claim(
    asWanted === all && rows.length === all,
    `${name}, ${season}: ${asWanted} of ${all} reminders came at eight on the day wanted, ${rows.length - asWanted} at another time, ${doubled} twice`,
  );
}
