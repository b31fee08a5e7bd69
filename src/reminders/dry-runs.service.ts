import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { afterCommit, Database } from '../platform/database/database.js';
import { allow } from '../platform/http/problem.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import {
  DRY_RUN_BATCH,
  DRY_RUN_BY_ID,
  DRY_RUN_CASES,
  FORGET_DRY_RUNS,
  INSERT_DRY_RUN,
  KEEP_BATCH,
  NEXT_CASES,
  RUNNING_DRY_RUNS,
  TAKE_DRY_RUN,
  type DryRunCaseRow,
  type DryRunRow,
  type RunningDryRun,
} from './dry-runs.queries.js';
import { trialChanges } from './dry-runs.rules.js';
import type { DryRunCasePage, DryRunCaseQuery, DryRunView } from './dto/dry-run.dto.js';
import { DutiesService } from './duties.service.js';
import { STORED_FOLLOW_UPS } from './planner.queries.js';
import { changesTo, type Stored } from './planner.rules.js';
import { practiceProblem } from './practice-rules.problems.js';
import { PracticeRulesService } from './practice-rules.service.js';
import { practiceKey } from './practice.rules.js';
import { ReminderQueue } from './reminder-queue.js';

/** Whom a version of a practice rule would touch if it were on: the planner's own answer, and nothing of it written. */
@Injectable()
export class DryRunsService implements Sweep, OnModuleInit {
  readonly name = 'dry runs';

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
    private readonly duties: DutiesService,
    private readonly rules: PracticeRulesService,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  async ask(actor: StaffActor, versionId: string): Promise<DryRunView> {
    const id = await this.database.transaction(async (tx) => {
      const { leads } = await this.rules.seen(tx, actor, versionId);
      allow(leads);
      const asked = uuidv7();
      await tx.query(INSERT_DRY_RUN, [asked, versionId, actor.id]);
      afterCommit(tx, () => this.queue.wakeDryRuns([asked]));
      return asked;
    });
    return this.read(actor, id);
  }

  async read({ id: actorId, role, unitId }: StaffActor, id: string): Promise<DryRunView> {
    const [row] = await this.database.query<DryRunRow[]>(DRY_RUN_BY_ID, [actorId, role, unitId, id]);
    if (!row) throw practiceProblem.no_such_dry_run();
    const { askedAt, endedAt, ...rest } = row;
    return { ...rest, askedAt: askedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
  }

  async cases(actor: StaffActor, id: string, query: DryRunCaseQuery): Promise<DryRunCasePage> {
    await this.read(actor, id);
    return this.timeline.list(actor, DRY_RUN_CASES, query, [id], (row: DryRunCaseRow) => ({
      id: row.id,
      caseNumber: Number(row.case_number),
      name: `${row.given_names} ${row.family_name}`,
      changes: row.changes,
    }));
  }

  /** A batch a transaction, so that who begins again goes on behind the last one that was kept. */
  async carryOut(id: string): Promise<void> {
    while (await this.carryOn(id));
  }

  /** One batch. Whether there is more to do. */
  carryOn(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [run] = await tx.query<RunningDryRun[]>(TAKE_DRY_RUN, [id]);
      if (!run) return false;
      const { version, unitId, onDay, reachedId } = run;
      const ids = (await tx.query<{ id: string }[]>(NEXT_CASES, [unitId, reachedId])).map((one) => one.id);
      const { wanted, unanswered } = await this.duties.asked(tx, 'case', ids, { version, onDay });
      const answered = ids.filter((one) => !unanswered.has(one));
      const ofRule = ({ key }: { key: string }): boolean => key === practiceKey(version.ruleId);
      const stored = (await tx.query<Stored[]>(STORED_FOLLOW_UPS, ['case', answered])).filter(ofRule);
      const touched = trialChanges(changesTo(stored, wanted.filter(ofRule)), stored);
      const rows = [...touched].map(([refugeeId, changes]) => ({ refugeeId, changes }));
      const last = ids.length < DRY_RUN_BATCH;
      await tx.query(KEEP_BATCH, [id, ids, JSON.stringify(rows), last]);
      return !last;
    });
  }

  /** Wakes what is not done, and forgets what is old. */
  async sweep(): Promise<number> {
    await this.database.query(FORGET_DRY_RUNS);
    const running = await this.database.query<{ id: string }[]>(RUNNING_DRY_RUNS);
    await this.queue.wakeDryRuns(running.map(({ id }) => id));
    return running.length;
  }
}
