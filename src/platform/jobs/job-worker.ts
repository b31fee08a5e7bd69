import { isNotConnectionError, Worker, type Job, type Processor, type WorkerOptions } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { hearErrors } from './queue-errors.js';

const ASK_AGAIN_MS = 1_000;

/** The side that does jobs. While the store is away it asks once a second, until it is back. */
export class JobWorker extends Worker {
  constructor(name: string, processor: string | URL | null | Processor, options: WorkerOptions) {
    super(name, processor, { runRetryDelay: ASK_AGAIN_MS, ...options });
    hearErrors(this);
  }

  /** BullMQ asks again at once, as fast as the machine can, when a store refuses rather than being unreachable. */
  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      // what BullMQ keeps to itself
      if (!isNotConnectionError(error as Error)) this.emit('error', error as Error);
      await sleep(ASK_AGAIN_MS);
      throw error;
    }
  }
}
