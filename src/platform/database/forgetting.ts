import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweeps, type Sweep } from '../jobs/sweeper.js';
import { Database } from './database.js';
import { FORGET, FORGET_BATCH } from './done-once.js';

/** Removes what is no longer remembered of repeatable requests. */
@Injectable()
export class Forgetting implements Sweep, OnModuleInit {
  readonly name = 'expired idempotency keys';

  constructor(
    private readonly database: Database,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  async sweep(): Promise<number> {
    let all = 0;
    for (let batch = FORGET_BATCH; batch === FORGET_BATCH; all += batch) {
      const [{ forgotten }] = await this.database.query<{ forgotten: number }[]>(FORGET);
      batch = forgotten;
    }
    return all;
  }
}
