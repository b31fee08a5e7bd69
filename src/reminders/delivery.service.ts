import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { Mail } from '../platform/mail/mailer.js';
import { Outgoing, type Outbox, type Settled } from '../platform/mail/outgoing.js';
import { TimelineService } from '../timeline/timeline.service.js';
import {
  CLAIM_REMINDER,
  DELIVER_IN_APP,
  DUE_BATCH,
  DUE_REMINDERS,
  REMINDER_SETTLED,
  SEND_REMINDER_LATER,
  type ClaimedReminder,
  type Told,
} from './delivery.queries.js';
import { DutiesService } from './duties.service.js';
import { PlannerService } from './planner.service.js';
import { ReminderQueue } from './reminder-queue.js';
import { reminderMail } from './reminder-mail.js';
import type { Channel } from './reminders.contract.js';

/** What one sweep wakes of a channel at most; the next goes on with what is then the oldest. */
const MOST_A_SWEEP = 10_000;
const FIRST = { due_at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** Sends what is due, each reminder once, to somebody who still sees the case. */
@Injectable()
export class DeliveryService implements Sweep, Outbox<ClaimedReminder>, OnModuleInit {
  readonly name = 'due reminders';

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
    private readonly planner: PlannerService,
    private readonly duties: DutiesService,
    private readonly outgoing: Outgoing,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Wakes the queue for everything due, also for what an emptied queue or a killed worker lost. */
  async sweep(): Promise<number> {
    return (await this.wake('in_app')) + (await this.wake('email'));
  }

  /** Into the inboxes, all at once. A second call finds nothing to tell. */
  deliver(reminderIds: string[]): Promise<Told[]> {
    return this.database.transaction((tx) => tx.query<Told[]>(DELIVER_IN_APP, [reminderIds]));
  }

  /** By mail. A second call finds nothing to claim. */
  mail(reminderId: string): Promise<Settled | 'later' | undefined> {
    return this.outgoing.send(this, reminderId);
  }

  async claim(id: string): Promise<ClaimedReminder | undefined> {
    const [claimed] = await this.database.query<ClaimedReminder[]>(CLAIM_REMINDER, [id]);
    return claimed;
  }

  compose(claimed: ClaimedReminder): Mail | string {
    if (claimed.not_sent_because !== null) return claimed.not_sent_because;
    const text = this.duties.text(claimed);
    return reminderMail(claimed, text, this.config.PUBLIC_URL);
  }

  retry({ id, attempts }: ClaimedReminder): Promise<unknown> {
    return this.database.query(SEND_REMINDER_LATER, [id, attempts]);
  }

  /** One that reached nobody becomes a task in the same transaction: the fact plans the case anew. */
  async settle(claimed: ClaimedReminder, state: Settled, because: string | null = null): Promise<void> {
    const { id, attempts, refugee_id: refugeeId } = claimed;
    // Somebody else owns it by now, or should: planning anew finds out who.
    if (because === 'no_longer_theirs')
      await this.planner.planAgain(claimed.subject_type, [claimed.subject_id]);
    await this.database.transaction(async (tx) => {
      const [settled] = await tx.query<[object[], number]>(REMINDER_SETTLED, [id, attempts, state, because]);
      if (settled.length === 0 || !['failed', 'unsure'].includes(state)) return;
      await this.timeline.record(tx, null, [
        {
          subject: { type: 'reminder', id },
          cases: refugeeId === null ? [] : [refugeeId],
          fact: 'reminder.undelivered',
          details: { state, because },
        },
      ]);
    });
  }

  private async wake(channel: Channel): Promise<number> {
    let [all, last] = [0, FIRST];
    for (let batch = DUE_BATCH; batch === DUE_BATCH && all < MOST_A_SWEEP; all += batch) {
      const due = await this.database.query<(typeof FIRST)[]>(DUE_REMINDERS, [channel, last.due_at, last.id]);
      await this.queue.wake(due.map(({ id }) => ({ id, channel })));
      batch = due.length;
      last = due.at(-1) ?? last;
    }
    return all;
  }
}
