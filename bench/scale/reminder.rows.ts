import type { Day } from '../../src/platform/calendar/calendar.js';
import type { Case } from './case.js';
import type { Row } from './tables.js';

/** A step as it was planned: its rows, one a channel. */
export interface Reminder {
  dueAt: Date;
  rows: Row[];
}

const HOUR_MS = 3_600_000;

/** Plans the steps of a follow-up on both channels; one that was cancelled is planned again. */
export function remind(
  { law, tables, ids }: Case,
  reminders: Map<string, Reminder>,
  followUpId: string,
  recipientId: string,
  window: { targetOn: Day; actBy: Day },
  today: Day,
  now: Date,
): void {
  for (const { step, dueOn, dueAt, deputyOn, leaderOn } of law.steps(window, today)) {
    const name = `${step} ${recipientId} ${dueOn}`;
    const before = reminders.get(name);
    for (const row of before?.rows ?? [])
      if (row.state === 'cancelled') Object.assign(row, { state: 'planned', not_sent_because: null });
    if (before) continue;
    const rows = ['in_app', 'email'].map((channel) => ({
      id: ids.at(now),
      follow_up_id: followUpId,
      step,
      recipient_id: recipientId,
      channel,
      due_on: dueOn,
      due_at: dueAt,
      deputy_on: deputyOn,
      leader_on: leaderOn,
      state: 'planned',
      attempts: 0,
      sent_at: null,
      read_at: null,
      not_sent_because: null,
    }));
    tables.reminders.push(...rows);
    reminders.set(name, { dueAt: dueAt > now ? dueAt : now, rows });
  }
}

/** What was due by then is out, and the rest is not sent any more. */
export function stopReminding(
  one: Case,
  reminders: Map<string, Reminder>,
  at: Date,
  because: 'ended' | 'planned_anew',
): void {
  for (const row of deliver(one, reminders, at))
    Object.assign(row, { state: 'cancelled', not_sent_because: because });
}

/** What was due by then is out; answers the rest. */
export function deliver(one: Case, reminders: Map<string, Reminder>, by: Date): Row[] {
  return [...reminders.values()].flatMap(({ dueAt, rows }) => {
    const waiting = rows.filter(({ state }) => state === 'planned');
    if (dueAt > by) return waiting;
    for (const row of waiting) Object.assign(row, sent(one, row, dueAt));
    return [];
  });
}

/** Nobody has left a reminder unread for so long that somebody else would have been told. */
function sent({ days, chance }: Case, { channel, deputy_on: deputyOn }: Row, at: Date): Row {
  const row = { state: 'sent', sent_at: at };
  if (channel === 'email') return { ...row, attempts: 1 };
  const isOld = (deputyOn as Day) <= days.today;
  const readAt = new Date(Math.min(at.getTime() + HOUR_MS, days.now.getTime()));
  return { ...row, read_at: isOld || chance.hits(60) ? readAt : null };
}
