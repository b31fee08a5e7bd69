import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';
import type { Day } from '../calendar/calendar.js';
import { asStep } from './done-once.js';

type Wake = () => Promise<unknown>;
const AFTER_COMMIT = 'afterCommit';
/** How long a reply waits at most for what comes after the commit. */
const patience = (): Promise<void> => sleep(250, undefined, { ref: false });

/** Postgres chose this transaction to give way: deadlock, or no order in which all could have run. */
const GAVE_WAY = ['40P01', '40001'];
const MOST_RETRIES = 3;
const LONGEST_PAUSE_MS = 50;

/** The one way to Postgres: a verb of a service is one `transaction`, a read is one `query`. */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);

  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction; what it left with `afterCommit` runs once it is committed. `work` runs again when
   * Postgres made it give way, so it changes nothing outside; in a repeatable request it is a step done once.
   */
  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return asStep(work, (step) => this.persisted(step));
  }

  private async persisted<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let retries = 0; ; retries++) {
      try {
        return await this.committed(work);
      } catch (error) {
        if (retries === MOST_RETRIES || !gaveWay(error)) throw error;
        // Of different lengths, so that those who met do not meet again.
        await sleep(Math.random() * LONGEST_PAUSE_MS * (retries + 1));
      }
    }
  }

  private async committed<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const wakes: Wake[] = [];
    const result = await this.source.transaction((tx) => {
      tx.queryRunner!.data[AFTER_COMMIT] = wakes;
      return work(tx);
    });
    if (wakes.length > 0) await Promise.race([this.run(wakes), patience()]);
    return result;
  }

  /** What comes after the commit only wakes somebody: it neither fails nor holds a reply; the sweep finds what was not woken. */
  private async run(wakes: Wake[]): Promise<void> {
    for (const wake of wakes) {
      await wake().catch((error: Error) => this.logger.warn(`after commit: ${error.name}`));
    }
  }

  /** One statement outside a transaction; `parameters` fill `$1`, `$2` … */
  query<Rows = unknown[]>(statement: string, parameters: unknown[] = []): Promise<Rows> {
    return this.source.query<Rows>(statement, parameters);
  }
}

/** Today in Copenhagen, by the one clock; asked once a transaction, in which it stands still. */
export function today(tx: EntityManager): Promise<Day> {
  const kept = tx.queryRunner!.data as { today?: Promise<Day> };
  kept.today ??= tx.query<{ today: Day }[]>('select clock_today() as today').then(([row]) => row.today);
  return kept.today;
}

/** Leaves work for the moment after `tx` is committed; nothing happens if it is rolled back. */
export function afterCommit(tx: EntityManager, wake: Wake): void {
  (tx.queryRunner!.data[AFTER_COMMIT] as Wake[]).push(wake);
}

function gaveWay(error: unknown): boolean {
  return (
    error instanceof QueryFailedError &&
    GAVE_WAY.includes((error.driverError as { code?: string }).code ?? '')
  );
}
