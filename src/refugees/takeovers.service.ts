import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleFollower } from '../legislation/legislation.contract.js';
import { answered, LegislationService } from '../legislation/legislation.service.js';
import { NoRuleOnDate, type Rule, type RuleBook } from '../legislation/rule-book.js';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { caseFact, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Refugee } from './refugee.entity.js';
import { refugeeProblem } from './refugees.problems.js';
import { MARK_TAKEOVERS, STALE_BATCH, STALE_TAKEOVERS } from './refugees.queries.js';
import { agreedInTime, takeoverOf, type TakeoverFacts } from './refugees.rules.js';

const ACT_IS_UKRAINE: Record<string, boolean> = { 'takeover.rule': false, 'takeover.ukraine': true };

/** Keeps the derived takeover day in step with the facts of the case and the law. */
@Injectable()
export class TakeoversService implements RuleFollower, Sweep, OnModuleInit {
  readonly name = 'takeovers';
  private readonly logger = new Logger(TakeoversService.name);

  constructor(
    private readonly database: Database,
    private readonly legislation: LegislationService,
    private readonly timeline: TimelineService,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.legislation.follow(this);
    this.sweeps.add(this);
  }

  /** Derives the day from what somebody entered; returns whether it moved. @throws 422 when the law has no rule, or an agreed day is too late */
  async decide(tx: EntityManager, refugee: Refugee): Promise<boolean> {
    const rules = await this.legislation.rules(tx);
    return answered(() => {
      const facts = factsOf(refugee);
      if (!agreedInTime(facts, rules)) throw refugeeProblem.takeover_not_agreed_in_time();
      return refugee.takeOver(takeoverOf(facts, rules));
    });
  }

  /** Only marks: a rule can select thousands of cases, and the request that adds it must not wait for them. */
  async ruleAdded(tx: EntityManager, { key, validFrom, validTo }: Rule): Promise<void> {
    if (!(key in ACT_IS_UKRAINE)) return;
    await tx.query(MARK_TAKEOVERS, [ACT_IS_UKRAINE[key], validFrom ?? '-infinity', validTo ?? 'infinity']);
  }

  /** Derives the days of all marked cases, a batch a transaction. */
  async sweep(): Promise<number> {
    let all = 0;
    for (let batch = STALE_BATCH; batch === STALE_BATCH; all += batch) batch = await this.deriveBatch();
    return all;
  }

  private deriveBatch(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const marked = await tx.query<{ id: string }[]>(STALE_TAKEOVERS);
      if (marked.length === 0) return 0;
      const rules = await this.legislation.rules(tx);
      const moved: Fact[] = [];
      for (const { id } of marked) {
        const refugee = await tx.findOneByOrFail(Refugee, { id });
        if (this.derive(refugee, rules)) {
          refugee.version += 1;
          moved.push(takeoverMoved(refugee));
        }
        await tx.save(refugee);
      }
      if (moved.length > 0) await this.timeline.record(tx, null, moved);
      return marked.length;
    });
  }

  /** A case the law has no answer for keeps its day: nobody is there to be refused, and the others must go on. */
  private derive(refugee: Refugee, rules: RuleBook): boolean {
    try {
      return refugee.takeOver(takeoverOf(factsOf(refugee), rules));
    } catch (error) {
      if (!(error instanceof NoRuleOnDate)) throw error;
      this.logger.error({ case: refugee.id, noRule: error.key, on: error.day });
      refugee.takeoverStale = false;
      return false;
    }
  }
}

export function takeoverMoved({ id, takeoverOn, takeoverRuleIds }: Refugee): Fact {
  return caseFact(id, 'takeover.moved', { takeoverOn, ruleIds: takeoverRuleIds });
}

function factsOf({
  permitBasis,
  allocationDecidedOn,
  registeredOn,
  takeoverAgreedOn,
}: Refugee): TakeoverFacts {
  return {
    permitBasis: permitBasis ?? null,
    allocationDecidedOn: allocationDecidedOn ?? null,
    registeredOn: registeredOn ?? null,
    takeoverAgreedOn: takeoverAgreedOn ?? null,
  };
}
