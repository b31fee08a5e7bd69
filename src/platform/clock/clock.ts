import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';

const REFRESH_MS = 500;

/**
 * The one clock, `clock_now()` of the database, for the few decisions made outside it.
 * Away from production it may run ahead (`npm run clock`), so it is read again twice a second.
 */
@Injectable()
export class Clock implements OnModuleInit, OnModuleDestroy {
  private aheadMs = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    if (this.config.production && this.aheadMs !== 0)
      throw new Error('The clock of a production database must not be moved.');
    if (!this.config.production) {
      // A failed reading keeps the last one; the next tick tries again.
      this.timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS).unref();
    }
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  async refresh(): Promise<void> {
    const [row] = await this.database.query<{ ahead_ms: number }[]>(
      'select extract(epoch from ahead)::float8 * 1000 as ahead_ms from clock',
    );
    this.aheadMs = row.ahead_ms;
  }
}
