import { moveClock } from '../../scripts/clock.js';
import type { Ledger } from '../ledger.js';
import { Letterbox } from '../letterbox.js';
import type { Proof } from '../proof.js';
import { Batch, onEveryBackend, openCaseload } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';

const FOLLOW_UPS = 50;
const SLOW_MS = 50;
/** Longer than a few sweeps. */
const WAIT_MS = 4_000;
const AT = (time: string): string => `2027-01-13T${time}Z`;
const FIVE_MINUTES_BEHIND = `
  const behind = 300_000, RealDate = Date, now = Date.now.bind(Date);
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length ? super(...given) : super(now() - behind); }
    static now() { return now() - behind; }
  };`;

export const clockJumps: Proof = {
  check: '72',
  name: 'clock-jumps',
  says: 'The clock jumps an hour ahead and back, and the machine of a worker is five minutes behind: no reminder early, lost or doubled',
  slow: true,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const over = { NODE_ENV: 'test' };
    const { store: like, followUps } = await openCaseload(stage, FOLLOW_UPS, { over, at: AT('06:30:00') });
    const tryOn = async ({ name, over: queue }: Backend, store: Store): Promise<void> => {
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      const channels: ('in_app' | 'email')[] = ['in_app', 'email'];
      const clockTo = (time: string): Promise<void> => moveClock(store.ownerUrl, AT(time));
      const plan = (time: string, daysAgo: number): Promise<Batch> =>
        Batch.plan(store, followUps, { channels, daysAgo, dueAt: `timestamptz '${AT(time)}'` });
      await clockTo('06:30:00');
      const [first, second] = [await plan('07:00:00', 0), await plan('07:45:00', 1)];
      const settings = { ...queue, ...over, MAIL_URL: await letterbox.open(), MAILS_PER_SECOND: '1000' };
      const inTime = await stage.worker(store, settings);
      const behind = await stage.worker(store, settings, FIVE_MINUTES_BEHIND);
      stage.tell(`${name}: an hour ahead`);
      await clockTo('07:30:00');
      await first.settled(stage, 60);
      stage.tell(`${name}: an hour back`);
      await clockTo('06:30:00');
      await stage.pause(WAIT_MS);
      stage.tell(`${name}: the worker that is behind, alone`);
      await inTime.end();
      await clockTo('07:44:58');
      await second.settled(stage, 60);
      const [planned, sent, early] = await figures(store, [...first.ids, ...second.ids]);
      const doubled =
        (await first.toldTwice()) + (await second.toldTwice()) + letterbox.twiceOf([...letterbox.ids]);
      ledger.requests += planned;
      ledger.acknowledged += sent;
      ledger.lost += planned - sent;
      ledger.doubled += doubled;
      ledger.claim(
        sent === planned && early === 0,
        `${name}: ${sent} of ${planned} sent, ${early} of them before they were due by the database's clock, ${doubled} twice`,
      );
      ledger.claim(behind.runs, `${name}: the worker five minutes behind sent the last ${second.ids.length}`);
    };
    await onEveryBackend(stage, ledger, like, tryOn);
  },
};

/** How many of them there are, were sent, and were sent too early. */
async function figures({ owner }: Store, ids: string[]): Promise<[number, number, number]> {
  const { rows } = await owner.query<{ sent: number; early: number }>(
    `select count(distinct id)::int as sent, (count(*) filter (where at < due_at))::int as early
     from told join reminders using (id) where id = any($1::uuid[])`,
    [ids],
  );
  return [ids.length, rows[0].sent, rows[0].early];
}
