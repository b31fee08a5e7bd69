import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import type { Day } from '../calendar/calendar.js';

type Work = () => Promise<unknown>;
const AFTER_COMMIT = 'afterCommit';

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
    for (const wake of wakes) {
      // What comes after the commit only wakes somebody; the sweep finds what was not woken.
      await wake().catch((error: Error) => this.logger.warn(`after commit: ${error.name}`));
    }
    return result;
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
