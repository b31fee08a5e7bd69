import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, EntityManager } from 'typeorm';
import type { Day } from '../calendar/calendar.js';

type Work = () => Promise<unknown>;
const AFTER_COMMIT = 'afterCommit';
/** How long a reply waits at most for what comes after the commit. */
const patience = (): Promise<void> => sleep(250, undefined, { ref: false });

/** The one way to Postgres: a verb of a service is one `transaction`, a read is one `query`. */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);

  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Runs `work` in one transaction; what it left with `afterCommit` runs once it is committed. */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const wakes: Work[] = [];
    const result = await this.source.transaction((tx) => {
      tx.queryRunner!.data[AFTER_COMMIT] = wakes;
      return work(tx);
    });
    if (wakes.length > 0) await Promise.race([this.run(wakes), patience()]);
    return result;
  }

  /** What comes after the commit only wakes somebody: it neither fails nor holds a reply; the sweep finds what was not woken. */
  private async run(wakes: Work[]): Promise<void> {
    for (const wake of wakes) {
      await wake().catch((error: Error) => this.logger.warn(`after commit: ${error.name}`));
    }
  }

  /** One statement outside a transaction; `parameters` fill `$1`, `$2` … */
  query<Rows = unknown[]>(statement: string, parameters: unknown[] = []): Promise<Rows> {
    return this.source.query<Rows>(statement, parameters);
  }
}

/** Today in Copenhagen, by the one clock. */
export async function today(tx: EntityManager): Promise<Day> {
  const [row] = await tx.query<{ today: Day }[]>('select clock_today() as today');
  return row.today;
}

/** Leaves work for the moment after `tx` is committed; nothing happens if it is rolled back. */
export function afterCommit(tx: EntityManager, work: Work): void {
  (tx.queryRunner!.data[AFTER_COMMIT] as Work[]).push(work);
}
