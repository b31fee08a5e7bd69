import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { deliverReminder, REMINDERS_QUEUE } from './reminders.contract.js';

/** Wakes the worker. It never decides: a job that is lost is found by the sweep, one too many finds nothing to do. */
@Injectable()
export class ReminderQueue {
  constructor(@InjectQueue(REMINDERS_QUEUE) private readonly queue: Queue) {}

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
