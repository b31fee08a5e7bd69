import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { RuleFollower } from '../legislation/legislation.contract.js';
import { LegislationService } from '../legislation/legislation.service.js';
import { NoRuleOnDate, type Rule, type RuleBook } from '../legislation/rule-book.js';
import { afterCommit, Database, today } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { Follower, Touched } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { actBy, changesTo, reminderSteps, type PassedOn, type Stored, type Wanted } from './planner.rules.js';
import { ReminderQueue } from './reminder-queue.js';
import type { Duty, DutySource, DutyText } from './reminders.contract.js';
import {
  END_FOLLOW_UPS,
  LOCK_PLANS,
  MARK_PLANS,
  MARK_PLANS_OF_ACCOUNTS,
  OPEN_FOLLOW_UPS,
  OPEN_NEW,
  OWNERS,
  PASS_ON_FOLLOW_UPS,
  PLAN_REMINDERS,
  STALE_BATCH,
  STALE_PLANS,
} from './reminders.queries.js';

interface Owner {
  refugeeId: string;
  role: string;
  ownerId: string | null;
}

/** Keeps the plan equal to what the facts and the law ask for, in the transaction of whatever changed. */
@Injectable()
export class PlannerService implements Follower, RuleFollower, Sweep, OnModuleInit {
  readonly name = 'stale plans';
  private readonly logger = new Logger(PlannerService.name);
  private readonly sources: DutySource[] = [];

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly legislation: LegislationService,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
  ) {}

  onModuleInit(): void {
    this.timeline.follow(this);
    this.legislation.follow(this);
    this.sweeps.add(this);
  }

  declare<Facts extends { subjectId: string }>(source: DutySource<Facts>): void {
    this.sources.push(source);
  }

  /** What people read of a duty. */
  text(subjectType: string, key: string): DutyText {
    return this.sources.find((source) => source.subjectType === subjectType && key in source.texts)!.texts[
      key
    ];
  }

  async touched(tx: EntityManager, subjects: Touched[]): Promise<void> {
    const accounts = subjects.filter(({ type }) => type === 'account');
    // An account can be on very many cases: the sweep plans them, a batch at a time.
    if (accounts.length > 0) await tx.query(MARK_PLANS_OF_ACCOUNTS, [accounts.map(({ id }) => id)]);
    for (const type of this.subjectTypes()) {
      const touched = subjects.filter((subject) => subject.type === type);
      if (touched.length > 0) await this.plan(tx, type, new Map(touched.map(({ id, fact }) => [id, fact])));
    }
  }

  async ruleAdded(tx: EntityManager, rule: Rule): Promise<void> {
    for (const source of this.sources) {
      await tx.query(MARK_PLANS, [source.subjectType, await source.selectedBy(tx, rule)]);
    }
  }

  /** Plans all marked subjects anew, a batch a transaction. */
  async sweep(): Promise<number> {
    let all = 0;
    for (let batch = STALE_BATCH; batch === STALE_BATCH; all += batch) batch = await this.planBatch();
    return all;
  }

  private subjectTypes(): string[] {
    return [...new Set(this.sources.map((source) => source.subjectType))];
  }

  private planBatch(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const stale = await tx.query<Touched[]>(STALE_PLANS, [this.subjectTypes()]);
      await this.touched(tx, stale);
      return stale.length;
    });
  }

  /** @param because the fact that touched each subject */
  private async plan(tx: EntityManager, subjectType: string, because: Map<string, string>): Promise<void> {
    const ids = [...because.keys()];
    await tx.query(LOCK_PLANS, [subjectType, ids]);
    const rules = await this.legislation.rules(tx);
    const { wanted, unanswered } = await this.wanted(tx, subjectType, ids, rules);
    const stored = await tx.query<Stored[]>(OPEN_FOLLOW_UPS, [
      subjectType,
      ids.filter((id) => !unanswered.has(id)),
    ]);
    const { opened, ended, passedOn } = changesTo(stored, wanted);
    if (ended.length > 0) {
      const subjectOf = new Map(stored.map(({ id, subjectId }) => [id, subjectId]));
      await tx.query(END_FOLLOW_UPS, [
        JSON.stringify(ended.map((end) => ({ ...end, because: because.get(subjectOf.get(end.id)!) }))),
      ]);
    }
    if (passedOn.length > 0) await tx.query(PASS_ON_FOLLOW_UPS, [JSON.stringify(passedOn)]);
    const rows = opened.map((duty) => asRow(subjectType, duty));
    if (rows.length > 0) await tx.query(OPEN_NEW, [JSON.stringify(rows)]);
    await this.remind(tx, [...rows, ...passedOn.filter(({ newOwner }) => newOwner)]);
  }

  /** What the facts and the law ask for; a subject the law has no answer for keeps the plan it has. */
  private async wanted(
    tx: EntityManager,
    subjectType: string,
    ids: string[],
    rules: RuleBook,
  ): Promise<{ wanted: Wanted[]; unanswered: Set<string> }> {
    const rows = await tx.query<Owner[]>(OWNERS, [ids]);
    const owners = new Map(rows.map(({ refugeeId, role, ownerId }) => [`${refugeeId} ${role}`, ownerId]));
    const [wanted, unanswered]: [Wanted[], Set<string>] = [[], new Set()];
    for (const source of this.sources.filter((one) => one.subjectType === subjectType)) {
      for (const facts of await source.facts(tx, ids)) {
        const duties = this.dutiesOf(source, facts, rules);
        if (!duties) unanswered.add(facts.subjectId);
        for (const duty of duties ?? [])
          wanted.push(asWanted(facts.subjectId, duty, owners.get(`${facts.subjectId} ${duty.role}`) ?? null));
      }
    }
    return { wanted: wanted.filter(({ subjectId }) => !unanswered.has(subjectId)), unanswered };
  }

  /** Undefined when the law has no rule for a day: whoever changes something else of the case must not be refused for it. */
  private dutiesOf(source: DutySource, facts: { subjectId: string }, rules: RuleBook): Duty[] | undefined {
    try {
      return source.duties(facts, rules);
    } catch (error) {
      if (!(error instanceof NoRuleOnDate)) throw error;
      this.logger.error({ subject: facts.subjectId, noRule: error.key, on: error.day });
      return undefined;
    }
  }

  /** Plans the reminders of follow-ups that are new, or new to their owner. */
  private async remind(
    tx: EntityManager,
    followUps: Pick<PassedOn, 'id' | 'ownerId' | 'targetOn' | 'actBy'>[],
  ): Promise<void> {
    const owned = followUps.filter(({ ownerId }) => ownerId !== null);
    if (owned.length === 0) return;
    const now = await today(tx);
    const closings = await this.legislation.closingDays(tx);
    const steps = owned.flatMap((followUp) =>
      reminderSteps(followUp, now, closings).map((step) => ({
        ...step,
        followUpId: followUp.id,
        recipientId: followUp.ownerId,
      })),
    );
    const planned = await tx.query<{ id: string | null }[]>(PLAN_REMINDERS, [JSON.stringify(steps)]);
    const due = planned.flatMap(({ id }) => id ?? []);
    if (due.length > 0) afterCommit(tx, () => this.queue.wake(due));
  }
}

function asRow(subjectType: string, { act, ...duty }: Wanted) {
  return {
    ...duty,
    id: uuidv7(),
    subjectType,
    refugeeId: subjectType === 'case' ? duty.subjectId : null,
    actMethod: act.method,
    actHref: act.href,
  };
}

function asWanted(subjectId: string, { rules, ...duty }: Duty, ownerId: string | null): Wanted {
  return { ...duty, subjectId, ownerId, ruleIds: rules.map((rule) => rule.id), actBy: actBy(duty.latestOn) };
}
