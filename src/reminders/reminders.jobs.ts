import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { errorForLog } from '../platform/logging/logging.js';
import { DeliveryService } from './delivery.service.js';
import { REMINDERS_QUEUE } from './reminders.contract.js';

@Processor(REMINDERS_QUEUE, { concurrency: 10, maxStalledCount: 3 })
export class RemindersProcessor extends WorkerHost {
  private readonly logger = new Logger(RemindersProcessor.name);

  constructor(private readonly delivery: DeliveryService) {
    super();
  }

  @OnWorkerEvent('error')
  failed(error: Error): void {
    this.logger.warn({ queue: REMINDERS_QUEUE, ...errorForLog(error) });
  }

  process(job: Job<{ reminderId: string }>): Promise<void> {
    return this.delivery.deliver(job.data.reminderId);
  }
}
