import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
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

/** The worker's own timer: it must not live in the queue whose losses it finds. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

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
    await this.running;
  }

  private tick(): void {
    this.running = this.once().catch((error: unknown) =>
      this.logger.error({ sweep: 'failed', ...errorForLog(error) }),
    );
    this.timer = setTimeout(
      () => void this.running.then(() => this.timer && this.tick()),
      this.config.SWEEP_SECONDS * 1_000,
    );
  }

  /** One that fails must not keep the others from running: the last of them sends the reminders. */
  private async run(sweep: Sweep): Promise<void> {
    try {
      const found = await sweep.sweep();
      if (found > 0) this.logger.log({ sweep: sweep.name, found });
    } catch (error) {
      this.logger.error({ sweep: sweep.name, ...errorForLog(error) });
    }
  }

  /** One sweep of one worker at a time: the others find the lock taken and go on. */
  async once(): Promise<void> {
    const runner = this.source.createQueryRunner();
    try {
      const [{ mine }] = (await runner.query(
        `select pg_try_advisory_lock(hashtext('ankomst.sweep')) as mine`,
      )) as [{ mine: boolean }];
      if (!mine) return;
      try {
        for (const sweep of this.sweeps.all) await this.run(sweep);
      } finally {
        await runner.query(`select pg_advisory_unlock(hashtext('ankomst.sweep'))`);
      }
    } finally {
      await runner.release();
    }
  }
}
