import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { DeliveryService } from './delivery.service.js';
import { REMINDERS_QUEUE } from './reminders.contract.js';

// What a killed worker had in hand is free again within fifteen seconds.
@Processor(REMINDERS_QUEUE, {
  concurrency: 10,
  maxStalledCount: 3,
  lockDuration: 10_000,
  stalledInterval: 5_000,
})
export class RemindersProcessor extends WorkerHost {
  constructor(private readonly delivery: DeliveryService) {
    super();
  }

  process(job: Job<{ reminderId: string }>): Promise<void> {
    return this.delivery.deliver(job.data.reminderId);
  }
}
