import type { OnModuleInit } from '@nestjs/common';
import { Queue, type QueueOptions } from 'bullmq';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { hearErrors } from './queue-errors.js';

const PATIENCE_MS = 1_000;

/** The side that wakes workers. It never waits for a store that is away, and goes on by itself when it is back. */
export class JobQueue extends Queue implements OnModuleInit {
  private readonly connected: Promise<unknown>;

  constructor(name: string, options: QueueOptions) {
    super(name, options);
    hearErrors(this);
    this.connected = once(this.backend, 'ready').catch(() => undefined);
  }

  /** The program starts without its store too; but one that is there is not missed by milliseconds. */
  async onModuleInit(): Promise<void> {
    await Promise.race([this.connected, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Whether the store says anything within a second. */
  answers(): Promise<boolean> {
    const asked = this.backend.hasQueueMetaField('paused').then(
      () => true,
      () => false,
    );
    return Promise.race([asked, sleep(PATIENCE_MS, false, { ref: false })]);
  }

  /** Without a farewell, which a store that is away would never answer. */
  override async close(): Promise<void> {
    this.closing ??= this.backend.close(true);
    await this.closing;
    this.closed = true;
  }
}
