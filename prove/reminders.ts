import { randomUUID } from 'node:crypto';
import { openOffice, registration } from './office.js';
import type { Stage, Store } from './stage.js';
import { Visitor } from './visitor.js';

/** Registers people whose contract is late already, and brings forward when they are reminded of. @returns how many are due */
export async function makeDue(
  stage: Stage,
  store: Store,
  howMany: number,
  over: Record<string, string>,
): Promise<number> {
  const api = await stage.api(store, over);
  const { token } = await openOffice(store, api.address);
  const visitor = new Visitor(api.address, token);
  for (let made = 0; made < howMany; made++) {
    const { status, text } = await visitor.ask(
      'POST',
      '/api/v1/refugees',
      registration(`Due ${randomUUID()}`),
    );
    if (status !== 201) throw new Error(`registration got ${status}: ${text}`);
  }
  visitor.leave();
  await api.end();
  // the next open day may be tomorrow, and in production the clock may not be moved; of two steps only the later goes out
  const { rowCount } = await store.owner.query(
    `update reminders set due_at = clock_now() - interval '1 minute' where channel = 'email' and step = 'last'`,
  );
  return rowCount!;
}

/** How many mails are in which state; what an undelivered one brings about, a task and its own reminders, is not counted. */
export async function inState({ owner }: Store): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ state: string; count: number }>(
    `select r.state, count(*)::int as count from reminders r join follow_ups f on f.id = r.follow_up_id
     where r.channel = 'email' and r.step = 'last' and r.due_at <= clock_now() and f.key <> 'undelivered' group by r.state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Waits until none is planned or being sent. @throws when that takes longer than `seconds` */
export async function allSettled(
  stage: Stage,
  store: Store,
  seconds: number,
): Promise<Record<string, number>> {
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const found = await inState(store);
    if (!found.planned && !found.sending) return found;
    if (performance.now() > deadline) throw new Error(`after ${seconds} s: ${JSON.stringify(found)}`);
    await stage.pause(100);
  }
}
