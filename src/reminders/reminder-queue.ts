import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { errorForLog } from '../platform/logging/logging.js';
import { deliverReminder, REMINDERS_QUEUE } from './reminders.contract.js';

/** Wakes the worker. It never decides: a job that is lost is found by the sweep, one too many finds nothing to do. */
@Injectable()
export class ReminderQueue {
  private readonly logger = new Logger(ReminderQueue.name);

  constructor(@InjectQueue(REMINDERS_QUEUE) private readonly queue: Queue) {
    // A queue that nobody listens to writes its errors to the console; it connects again by itself.
    queue.on('error', (error) => this.logger.warn({ queue: REMINDERS_QUEUE, ...errorForLog(error) }));
  }

  async wake(reminderIds: string[]): Promise<void> {
    const jobs = reminderIds.map((reminderId) => ({
      name: deliverReminder.name,
      data: { reminderId },
      opts: {
        jobId: `reminder-${reminderId}`,
        attempts: deliverReminder.attempts,
        removeOnComplete: true,
        removeOnFail: true,
      },
    }));
    await this.queue.addBulk(jobs);
  }
}
