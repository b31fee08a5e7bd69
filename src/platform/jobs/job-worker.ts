import { isNotConnectionError, Worker, type Job, type Processor, type WorkerOptions } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutValues } from '../logging/logging.js';
import { hearErrors } from './queue-errors.js';

const ASK_AGAIN_MS = 1_000;
/** For the jobs in hand: longer than a mail takes, shorter than a supervisor waits before it kills. */
const LEAVE_MS = 5_000;

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

  /** What the store keeps of a failure, and shows to operators, quotes no row. */
  protected override async callProcessJob(job: Job, token: string, signal?: AbortSignal): Promise<unknown> {
    try {
      return await super.callProcessJob(job, token, signal);
    } catch (error) {
      throw withoutValues(error);
    }
  }

  /** Ends what it has begun. A store that is away would never hear of it, and is not waited for. */
  override async close(force = false): Promise<void> {
    if (await this.answers()) return super.close(force);
    const late = Date.now() + LEAVE_MS;
    while (this.lockManager.getActiveJobCount() > 0 && Date.now() < late) await sleep(50);
    return super.close(true);
  }

  private answers(): Promise<boolean> {
    const asked = this.backend.hasQueueMetaField('paused').then(
      () => true,
      () => false,
    );
    return Promise.race([asked, sleep(ASK_AGAIN_MS, false, { ref: false })]);
  }
}
