import { randomUUID } from 'node:crypto';
import type { Ledger } from '../ledger.js';
import { Letterbox } from '../letterbox.js';
import type { Proof } from '../proof.js';
import { Batch, onEveryBackend, openCaseload } from '../reminders.js';
import type { Backend, Stage, Store } from '../stage.js';

const OF_A_DAY = 160;
/** Of each kind of what is not to be sent any more. */
const SKIPPED = 20;
const MAILS_PER_SECOND = 20;
/** The worker does so many at once. */
const IN_HAND = 10;
const SLOW_MS = 20;

export const workerAway: Proof = {
  check: '73, 74',
  name: 'worker-away',
  says: 'No worker for three days, 500 due mails: once each at the rate limit, oldest first; what is not to be sent any more is not, and says why',
  slow: true,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const { store: like, followUps } = await openCaseload(stage, 3 * OF_A_DAY);
    const day = (n: number): string[] => followUps.slice(n * OF_A_DAY, (n + 1) * OF_A_DAY);
    const tryOn = async ({ name, over }: Backend, store: Store): Promise<void> => {
      const letterbox = new Letterbox(SLOW_MS);
      stage.afterwards(() => letterbox.close());
      const plan = (ids: string[], daysAgo: number, step?: 'target'): Promise<Batch> =>
        Batch.plan(store, ids, {
          channels: ['email'],
          step,
          daysAgo,
          dueAt: `clock_now() - interval '${daysAgo} days'`,
        });
      const days = [await plan(day(0), 3), await plan(day(1), 2), await plan(day(2), 1)];
      // the later step of these is a day or two old
      const superseded = await plan(day(2).slice(0, SKIPPED), 3, 'target');
      const ended = days[0].ids.slice(0, SKIPPED);
      const gone = days[1].ids.slice(0, SKIPPED);
      await endFollowUps(store, ended);
      await letRecipientLeave(store, gone);
      const settings = {
        ...over,
        MAIL_URL: await letterbox.open(),
        MAILS_PER_SECOND: String(MAILS_PER_SECOND),
      };
      stage.tell(`${name}: the worker is back`);
      await stage.worker(store, settings);
      for (const batch of [superseded, ...days]) await batch.settled(stage, 120);

      const expected = new Map<string, string>(
        [...days.flatMap(({ ids }) => ids), ...superseded.ids].map((id) => [id, 'sent']),
      );
      for (const id of ended) expected.set(id, 'ended');
      for (const id of gone) expected.set(id, 'no_longer_theirs');
      for (const id of superseded.ids) expected.set(id, 'later_step_due');
      const { rows } = await store.owner.query<{ id: string; became: string }>(
        `select id, coalesce(not_sent_because, state) as became from reminders where id = any($1::uuid[])`,
        [[...expected.keys()]],
      );
      const asExpected = rows.filter(({ id, became }) => expected.get(id) === became).length;
      const sent = rows.filter(({ became }) => became === 'sent').length;
      ledger.requests += expected.size;
      ledger.acknowledged += sent;
      ledger.lost += expected.size - asExpected;
      ledger.doubled += letterbox.twice;
      ledger.claim(
        asExpected === expected.size && letterbox.received.size === sent,
        `${name}: ${sent} of ${expected.size} sent, ${letterbox.twice} twice; ${SKIPPED} each not sent because their follow-up had ended, their recipient was gone, or a later step was due`,
      );
      const most = mostWithin(10_000, letterbox.cameAt);
      ledger.claim(
        // each line of the mailer may have one more under way when a second's are used up
        most <= 10 * (MAILS_PER_SECOND + IN_HAND),
        `${name}: ${most} mails in the fastest ten seconds, ${mostWithin(1_000, letterbox.cameAt)} in the fastest one, at a rate of ${MAILS_PER_SECOND} a second and one more on each of ${IN_HAND} lines`,
      );
      const overtaken = mostOvertaken(
        days.map(({ ids }) => ids),
        letterbox.ids,
      );
      ledger.claim(
        overtaken <= IN_HAND,
        `${name}: oldest first: no mail came after more than ${overtaken} of a later day`,
      );
    };
    await onEveryBackend(stage, ledger, like, tryOn);
  },
};

/** Past the planner, which would have called the reminders off: what is left to the look at the time of sending. */
async function endFollowUps({ owner }: Store, reminderIds: string[]): Promise<void> {
  await owner.query(
    `update follow_ups set state = 'done', ended_at = clock_now()
     where id in (select follow_up_id from reminders where id = any($1::uuid[]))`,
    [reminderIds],
  );
}

async function letRecipientLeave({ owner }: Store, reminderIds: string[]): Promise<void> {
  const id = randomUUID();
  await owner.query(
    `insert into staff_accounts (id, email, name, role, unit_id, disabled_at)
     select $1::uuid, $1::uuid::text || '@example.dk', 'Gone', 'caseworker', unit_id, clock_now() from staff_accounts limit 1`,
    [id],
  );
  await owner.query('update reminders set recipient_id = $1::uuid where id = any($2::uuid[])', [
    id,
    reminderIds,
  ]);
}

/** @param cameAt in ms, ascending */
function mostWithin(ms: number, cameAt: number[]): number {
  return Math.max(...cameAt.map((from, n) => cameAt.slice(n).filter((at) => at < from + ms).length));
}

/** How many of a later day came before one of an earlier day, at most. */
function mostOvertaken(days: string[][], came: string[]): number {
  const dayOf = new Map(days.flatMap((ids, day) => ids.map((id): [string, number] => [id, day])));
  const order = came.flatMap((id) => dayOf.get(id) ?? []);
  return Math.max(...order.map((day, n) => order.slice(0, n).filter((before) => before > day).length));
}
