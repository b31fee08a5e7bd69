import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { errorForLog } from '../logging/logging.js';

/** Finds what was lost or has come due in the database, and does or wakes it. Must be safe to run twice. */
export interface Sweep {
  name: string;
  sweep(): Promise<number>;
}

/** Where modules register their sweeps at start; only the worker runs them. */
@Injectable()
export class Sweeps {
  readonly all: Sweep[] = [];

  add(sweep: Sweep): void {
    this.all.push(sweep);
  }
}

/** How long the sweeps behind one wait for it. */
const PATIENCE_MS = 5_000;

/** The worker's own timer: it must not live in the queue whose losses it finds. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer?: NodeJS.Timeout;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly config: Config,
    private readonly source: DataSource,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all(this.running);
  }

  private tick(): void {
    const round = this.started(this.once());
    this.timer = setTimeout(
      () => void round.then(() => this.timer && this.tick()),
      this.config.SWEEP_SECONDS * 1_000,
    );
  }

  /** One after the other, as they build on each other; but one that waits for something outside keeps nobody waiting. */
  async once(): Promise<void> {
    for (const sweep of this.sweeps.all) {
      await Promise.race([this.started(this.run(sweep)), sleep(PATIENCE_MS, undefined, { ref: false })]);
    }
  }

  /** One that fails must not keep the others from running: the last of them sends the reminders. */
  private async run(sweep: Sweep): Promise<void> {
    try {
      const found = await this.alone(sweep);
      if (found > 0) this.logger.log({ sweep: sweep.name, found });
    } catch (error) {
      this.logger.error({ sweep: sweep.name, ...errorForLog(error) });
    }
  }

  /** Each sweep in one worker at a time, and once in it: whoever finds the lock taken goes on. */
  private async alone(sweep: Sweep): Promise<number> {
    const runner = this.source.createQueryRunner();
    const lock = ['ankomst.sweep', sweep.name];
    try {
      const [{ mine }] = (await runner.query(
        'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as mine',
        lock,
      )) as [{ mine: boolean }];
      if (!mine) return 0;
      try {
        return await sweep.sweep();
      } finally {
        await runner.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', lock);
      }
    } finally {
      await runner.release();
    }
  }

  private started(work: Promise<void>): Promise<void> {
    const kept = work.finally(() => this.running.delete(kept));
    this.running.add(kept);
    return kept;
  }
}
