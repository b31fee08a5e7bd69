import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { errorForLog } from '../platform/logging/logging.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { Mailer } from '../platform/mail/mailer.js';
import { PlannerService } from './planner.service.js';
import { ReminderQueue } from './reminder-queue.js';
import { reminderMail } from './reminder-mail.js';
import {
  CLAIM_REMINDER,
  DUE_REMINDERS,
  MARK_REMINDER,
  RETRY_REMINDER,
  type Claimed,
} from './delivery.queries.js';
import { MARK_PLANS } from './reminders.queries.js';

/** A day of trying, before a person must look. */
const ATTEMPTS = 30;

/** Sends what is due, each reminder once, to somebody who still sees the case. */
@Injectable()
export class DeliveryService implements Sweep, OnModuleInit {
  readonly name = 'due reminders';
  private readonly logger = new Logger(DeliveryService.name);

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
    private readonly planner: PlannerService,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Wakes the queue for everything due, also for what an emptied queue or a killed worker lost. */
  async sweep(): Promise<number> {
    const due = await this.database.query<{ id: string }[]>(DUE_REMINDERS);
    if (due.length > 0) await this.queue.wake(due.map(({ id }) => id));
    return due.length;
  }

  /** Claim, look again, send, mark. A second call finds nothing to claim. */
  async deliver(reminderId: string): Promise<void> {
    const [claimed] = await this.database.query<Claimed[]>(CLAIM_REMINDER, [reminderId]);
    if (!claimed) return;
    if (claimed.again && !this.mailer.honoursMessageId) {
      this.logger.error({ reminderId, state: 'unsure' });
      return this.mark(reminderId, 'unsure');
    }
    if (!claimed.open) return this.mark(reminderId, 'cancelled');
    if (!claimed.sees) {
      // Somebody else owns it by now, or should: planning anew finds out who.
      await this.planner.planAgain(claimed.subject_type, [claimed.subject_id]);
      return this.mark(reminderId, 'cancelled');
    }
    const mail = reminderMail(
      claimed,
      this.planner.text(claimed.subject_type, claimed.key),
      this.config.PUBLIC_URL,
    );
    try {
      await this.mailer.send(mail);
    } catch (error) {
      this.logger.warn({ reminderId, attempts: claimed.attempts, ...errorForLog(error) });
      if (claimed.attempts >= ATTEMPTS) return this.mark(reminderId, 'failed');
      await this.database.query(RETRY_REMINDER, [reminderId]);
      return;
    }
    await this.mark(reminderId, 'sent');
  }

  private async mark(reminderId: string, state: 'sent' | 'unsure' | 'failed' | 'cancelled'): Promise<void> {
    await this.database.query(MARK_REMINDER, [reminderId, state]);
  }
}
