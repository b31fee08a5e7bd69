import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { DeliveryService } from './delivery.service.js';
import { DigestsService } from './digests.service.js';
import { DryRunsService } from './dry-runs.service.js';
import {
  carryOutDryRun,
  deliverReminders,
  mailDigest,
  mailReminder,
  REMINDERS_QUEUE,
} from './reminders.contract.js';

type Ids = { reminderIds: string[]; reminderId: string; digestId: string; dryRunId: string };

// What a killed worker had in hand is free again within fifteen seconds.
@Processor(REMINDERS_QUEUE, {
  concurrency: 10,
  maxStalledCount: 3,
  lockDuration: 10_000,
  stalledInterval: 5_000,
})
export class RemindersProcessor extends WorkerHost {
  private readonly does: Record<string, (ids: Ids) => Promise<unknown>>;

  constructor(delivery: DeliveryService, digests: DigestsService, dryRuns: DryRunsService) {
    super();
    this.does = {
      [deliverReminders.name]: ({ reminderIds }) => delivery.deliver(reminderIds),
      [mailReminder.name]: ({ reminderId }) => delivery.mail(reminderId),
      [mailDigest.name]: ({ digestId }) => digests.mail(digestId),
      [carryOutDryRun.name]: ({ dryRunId }) => dryRuns.carryOut(dryRunId),
    };
  }

  /** Nothing comes back: what a job found out stands in its row. */
  async process({ name, data }: Job<Ids>): Promise<void> {
    await this.does[name](data);
  }
}
