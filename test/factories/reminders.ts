import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.js';

/** A reminder as it is to stand, and what it rests on; days beside those named are those of the follow-up. */
export interface AReminder {
  refugeeId: string;
  recipientId: string;
  ownerId?: string;
  channel?: 'in_app' | 'email';
  step?: string;
  dueAt?: string;
  reminder?: Record<string, unknown>;
  followUp?: Record<string, unknown>;
}

let occurrences = 1000;

/** Written past the planner, which would make none of the kind that a test needs. */
export async function makeReminder(
  database: TestDatabase,
  { refugeeId, recipientId, ownerId = recipientId, ...is }: AReminder,
): Promise<{ id: string; followUpId: string }> {
  const followUpId = randomUUID();
  await insert(database, 'follow_ups', {
    id: followUpId,
    subject_type: 'case',
    subject_id: refugeeId,
    refugee_id: refugeeId,
    key: 'contract',
    occurrence: ++occurrences,
    series: 'contract',
    role: 'caseworker',
    owner_id: ownerId,
    earliest_on: '2027-02-01',
    target_on: '2027-02-15',
    latest_on: '2027-03-01',
    act_by: '2027-03-01',
    rule_ids: [],
    act_method: 'POST',
    act_href: '/',
    ...is.followUp,
  });
  return { id: await addReminder(database, followUpId, recipientId, is), followUpId };
}

export async function addReminder(
  database: TestDatabase,
  followUpId: string,
  recipientId: string,
  {
    channel = 'in_app',
    step = 'target',
    dueAt = '2027-02-15T07:00:00Z',
    reminder = {},
  }: Pick<AReminder, 'channel' | 'step' | 'dueAt' | 'reminder'>,
): Promise<string> {
  const id = randomUUID();
  const due = { due_on: dueAt.slice(0, 10), due_at: dueAt };
  const row = { id, follow_up_id: followUpId, step, recipient_id: recipientId, channel, ...due, ...reminder };
  await insert(database, 'reminders', row);
  return id;
}

async function insert(database: TestDatabase, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row);
  await database.asOwner(
    `insert into ${table} (${columns.join()}) values (${columns.map((_, i) => `$${i + 1}`).join()})`,
    Object.values(row),
  );
}
