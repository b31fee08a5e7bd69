import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import {
  FORGET_BATCH,
  FORGET_EVENTS,
  FORGET_PASSWORD_TOKENS,
  FORGET_SESSIONS,
} from './old-sign-ins.queries.js';

/** Removes what is no longer kept of how colleagues signed in. */
@Injectable()
export class OldSignInsService implements Sweep, OnModuleInit {
  readonly name = 'old sign-ins';

  constructor(
    private readonly database: Database,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  async sweep(): Promise<number> {
    let all = 0;
    for (const forget of [FORGET_SESSIONS, FORGET_PASSWORD_TOKENS, FORGET_EVENTS]) {
      const [{ forgotten }] = await this.database.query<{ forgotten: number }[]>(forget, [FORGET_BATCH]);
      all += forgotten;
    }
    return all;
  }
}
