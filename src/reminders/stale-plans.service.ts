import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { errorForLog } from '../platform/logging/logging.js';
import type { Touched } from '../timeline/timeline.contract.js';
import { NOTE_FAILURE, STALE_BATCH, STALE_PLANS } from './planner.queries.js';
import { DutiesService } from './duties.service.js';
import { PlannerService } from './planner.service.js';

/** Plans anew what a rule, an absence or the coming of a day has made out of date. */
@Injectable()
export class StalePlansService implements Sweep, OnModuleInit {
  readonly name = 'stale plans';
  private readonly logger = new Logger(StalePlansService.name);

  constructor(
    private readonly database: Database,
    private readonly sweeps: Sweeps,
    private readonly planner: PlannerService,
    private readonly duties: DutiesService,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  /** Plans all marked subjects anew, a batch a transaction: what is planned stays planned when the next batch fails. */
  async sweep(): Promise<number> {
    let all = 0;
    for (let found = STALE_BATCH; found === STALE_BATCH; all += found) found = await this.planBatch();
    return all;
  }

  /** One that cannot be planned must not keep the others from it: then each is planned by itself, and it waits. */
  private async planBatch(): Promise<number> {
    try {
      return await this.planStale();
    } catch (error) {
      this.logger.error({ planning: 'a batch failed', ...errorForLog(error) });
    }
    const subjects = await this.database.query<Touched[]>(STALE_PLANS, [this.duties.subjectTypes()]);
    for (const subject of subjects) await this.planOne(subject);
    return subjects.length;
  }

  private planStale(): Promise<number> {
    return this.database.transaction(async (tx) => {
      await this.planner.shareLaw(tx);
      const stale = await tx.query<Touched[]>(STALE_PLANS, [this.duties.subjectTypes()]);
      await this.planner.touched(tx, stale);
      return stale.length;
    });
  }

  private async planOne(subject: Touched): Promise<void> {
    const { type, id } = subject;
    try {
      await this.database.transaction((tx) => this.planner.plan(tx, type, new Map([[id, subject]])));
    } catch (error) {
      this.logger.error({ subject: id, planning: 'failed', ...errorForLog(error) });
      await this.database.query(NOTE_FAILURE, [type, id]);
    }
  }
}
