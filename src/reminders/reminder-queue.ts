import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import {
  carryOutDryRun,
  deliverReminders,
  mailDigest,
  mailReminder,
  REMINDERS_QUEUE,
  type Channel,
} from './reminders.contract.js';

/** Most reminders that one job puts into inboxes. */
export const TOGETHER = 100;
/** Inboxes first: they never wait for a mail server. */
const MAILS_LAST = { priority: 1 };

interface Wake {
  name: string;
  data: object;
  opts?: { jobId?: string; priority?: number };
}

/** Wakes the worker. It never decides: a job that is lost is found by the sweep, one too many finds nothing to do. */
@Injectable()
export class ReminderQueue {
  constructor(@InjectQueue(REMINDERS_QUEUE) private readonly queue: Queue) {}

  /** Inboxes together, and each mail by itself, the oldest first as they are given. */
  async wake(reminders: { id: string; channel: Channel }[]): Promise<void> {
    const inApp = reminders.filter(({ channel }) => channel === 'in_app').map(({ id }) => id);
    const jobs: Wake[] = reminders
      .filter(({ channel }) => channel === 'email')
      .map(({ id: reminderId }) => ({
        name: mailReminder.name,
        data: { reminderId },
        opts: { jobId: `reminder-${reminderId}`, ...MAILS_LAST },
      }));
    for (let from = 0; from < inApp.length; from += TOGETHER)
      jobs.push({ name: deliverReminders.name, data: { reminderIds: inApp.slice(from, from + TOGETHER) } });
    await this.add(jobs);
  }

  async wakeDigests(digestIds: string[]): Promise<void> {
    await this.add(
      digestIds.map((digestId) => ({
        name: mailDigest.name,
        data: { digestId },
        opts: { jobId: `digest-${digestId}`, ...MAILS_LAST },
      })),
    );
  }

  /** Behind the inboxes, as mails are. */
  async wakeDryRuns(dryRunIds: string[]): Promise<void> {
    await this.add(
      dryRunIds.map((dryRunId) => ({
        name: carryOutDryRun.name,
        data: { dryRunId },
        opts: { jobId: `dry-run-${dryRunId}`, ...MAILS_LAST },
      })),
    );
  }

  private async add(jobs: Wake[]): Promise<void> {
    if (jobs.length === 0) return;
    const once = { attempts: 1, removeOnComplete: true, removeOnFail: true };
    await this.queue.addBulk(
      jobs.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, ...once } })),
    );
  }
}
