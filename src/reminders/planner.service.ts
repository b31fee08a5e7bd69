import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleFollower } from '../legislation/legislation.contract.js';
import { LegislationService } from '../legislation/legislation.service.js';
import type { Rule, Suspension } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import { afterCommit, Database, today } from '../platform/database/database.js';
import type { Follower, Touched } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { DutiesService } from './duties.service.js';
import {
  CHANGE_FOLLOW_UPS,
  END_FOLLOW_UPS,
  LOCK_PLANS,
  MARK_PLANS,
  MARK_PLANS_BY_RULES,
  MARK_PLANS_OF_ACCOUNTS,
  MARK_PLANS_OF_UNIT,
  NOTE_MOVES,
  NOTE_NEXT_CHANGE,
  OPEN_NEW,
  PLAN_REMINDERS,
  STORED_FOLLOW_UPS,
} from './planner.queries.js';
import { asEnd, asMove, asRow, becauseOf, type Because } from './planner.rows.js';
import { changesTo, reminderSteps, type Stored } from './planner.rules.js';
import { ReminderQueue } from './reminder-queue.js';
import type { Channel } from './reminders.contract.js';

/** A plan in hand, and what had marked it, if anything. */
type Locked = Omit<Touched, 'fact'> & { fact: string | null };

/** What a reminder is planned for. */
interface ToRemind {
  id: string;
  ownerId: string | null;
  suspended: boolean;
  targetOn: Day;
  actBy: Day;
  snoozedUntil?: Day | null;
}

/** Keeps the plan equal to what the facts and the law ask for, in the transaction of whatever changed. */
@Injectable()
export class PlannerService implements Follower, RuleFollower, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly legislation: LegislationService,
    private readonly duties: DutiesService,
    private readonly queue: ReminderQueue,
  ) {}

  onModuleInit(): void {
    this.timeline.follow(this);
    this.legislation.follow(this);
  }

  async touched(tx: EntityManager, subjects: Touched[]): Promise<void> {
    // A new name or language moves nobody's work.
    const accounts = subjects.filter(({ type, fact }) => type === 'account' && fact !== 'account.changed');
    // An account can be on very many cases: the sweep plans them, a batch at a time.
    if (accounts.length > 0)
      await tx.query(MARK_PLANS_OF_ACCOUNTS, [accounts.map(({ id }) => id), accounts[0].fact]);
    for (const type of this.duties.subjectTypes()) {
      const touched = subjects.filter((subject) => subject.type === type);
      if (touched.length > 0) await this.plan(tx, type, new Map(touched.map((one) => [one.id, one])));
    }
  }

  async ruleAdded(tx: EntityManager, rule: Rule): Promise<void> {
    for (const source of this.duties.sources) {
      const selected = await source.selectedBy(tx, rule);
      await tx.query(MARK_PLANS, [source.subjectType, selected, 'rule.added', 'rule', rule.id]);
    }
  }

  async suspensionChanged(tx: EntityManager, { id, ruleKeys }: Suspension, fact: string): Promise<void> {
    await tx.query(MARK_PLANS_BY_RULES, [ruleKeys, fact, id]);
  }

  async practiceSwitched(tx: EntityManager, unitId: string, versionId: string, fact: string): Promise<void> {
    await tx.query(MARK_PLANS_OF_UNIT, [unitId, fact, versionId]);
  }

  /** Whoever changes the law holds it and then marks plans; so who locks plans shares the law first. */
  async shareLaw(tx: EntityManager): Promise<void> {
    await this.legislation.rules(tx);
  }

  /** Leaves subjects to the sweep: somebody found that their plan no longer fits. */
  async planAgain(subjectType: string, ids: string[]): Promise<void> {
    await this.database.query(MARK_PLANS, [subjectType, ids, 'plan.outdated', null, null]);
  }

  /** Turns the stored plans of subjects of one type into the wanted ones. `because`: what touched each of them. */
  async plan(tx: EntityManager, subjectType: string, because: Map<string, Touched>): Promise<void> {
    const ids = [...because.keys()];
    await this.shareLaw(tx);
    const locked = await tx.query<Locked[]>(LOCK_PLANS, [subjectType, ids]);
    const { wanted, unanswered, nextChange } = await this.duties.asked(tx, subjectType, ids);
    const answered = ids.filter((id) => !unanswered.has(id));
    const stored = await tx.query<Stored[]>(STORED_FOLLOW_UPS, [subjectType, answered]);
    const { opened, ended, changed } = changesTo(stored, wanted);
    const rows = opened.map((duty) => asRow(subjectType, duty));
    if (rows.length > 0) await tx.query(OPEN_NEW, [JSON.stringify(rows)]);
    const subjectOf = new Map(stored.map(({ id, subjectId }) => [id, subjectId]));
    const why = (id: string): Because => becauseOf(because.get(subjectOf.get(id)!)!);
    // What a rule or a suspension moves is theirs, also when somebody records something else before the sweep comes by.
    const marked = new Map(
      locked.flatMap(({ fact, ...one }) => (fact === null ? [] : [[one.id, { ...one, fact }]])),
    );
    const moved = (id: string): Because => {
      const mark = marked.get(subjectOf.get(id)!);
      return mark ? becauseOf(mark) : why(id);
    };
    if (ended.length > 0)
      await tx.query(END_FOLLOW_UPS, [JSON.stringify(ended.map((end) => asEnd(end, rows, why(end.id))))]);
    if (changed.length > 0) await tx.query(CHANGE_FOLLOW_UPS, [JSON.stringify(changed)]);
    const moves = changed.flatMap((one) => asMove(one, moved(one.id)));
    if (moves.length > 0) await tx.query(NOTE_MOVES, [JSON.stringify(moves)]);
    await this.remind(tx, [...rows, ...changed.filter(({ remind }) => remind)]);
    const next = ids.map((id) => ({ id, day: nextChange.get(id) ?? null }));
    await tx.query(NOTE_NEXT_CHANGE, [subjectType, JSON.stringify(next)]);
  }

  /** Plans the reminders of follow-ups that are new, have moved, were put off, or are new to their owner. */
  async remind(tx: EntityManager, followUps: ToRemind[]): Promise<void> {
    const owned = followUps.filter(({ ownerId, suspended }) => ownerId !== null && !suspended);
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
    const planned = await tx.query<{ id: string | null; channel: Channel }[]>(PLAN_REMINDERS, [
      JSON.stringify(steps),
    ]);
    const due = planned.flatMap(({ id, channel }) => (id === null ? [] : { id, channel }));
    if (due.length > 0) afterCommit(tx, () => this.queue.wake(due));
  }
}
