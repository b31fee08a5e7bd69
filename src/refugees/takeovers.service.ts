import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleFollower } from '../legislation/legislation.contract.js';
import { answered, LegislationService } from '../legislation/legislation.service.js';
import type { Rule } from '../legislation/rule-book.js';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Refugee } from './refugee.entity.js';
import { refugeeProblem } from './refugees.problems.js';
import { MARK_TAKEOVERS, STALE_TAKEOVERS } from './refugees.queries.js';
import { agreedInTime, takeoverOf, type TakeoverFacts } from './refugees.rules.js';

const ACT_IS_UKRAINE: Record<string, boolean> = { 'takeover.rule': false, 'takeover.ukraine': true };

/** Keeps the derived takeover day in step with the facts of the case and the law. */
@Injectable()
export class TakeoversService implements RuleFollower, Sweep, OnModuleInit {
  readonly name = 'takeovers';

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

  /** Derives the day anew; returns whether it moved. @throws 422 when the law has no rule, or an agreed day is too late */
  async decide(tx: EntityManager, refugee: Refugee): Promise<boolean> {
    const rules = await this.legislation.rules(tx);
    const facts: TakeoverFacts = {
      permitBasis: refugee.permitBasis ?? null,
      allocationDecidedOn: refugee.allocationDecidedOn ?? null,
      registeredOn: refugee.registeredOn ?? null,
      takeoverAgreedOn: refugee.takeoverAgreedOn ?? null,
    };
    return answered(() => {
      if (!agreedInTime(facts, rules)) throw refugeeProblem.takeover_not_agreed_in_time();
      return refugee.takeOver(takeoverOf(facts, rules));
    });
  }

  /** Only marks: a rule can select thousands of cases, and the request that adds it must not wait for them. */
  async ruleAdded(tx: EntityManager, { key, validFrom, validTo }: Rule): Promise<void> {
    if (!(key in ACT_IS_UKRAINE)) return;
    await tx.query(MARK_TAKEOVERS, [ACT_IS_UKRAINE[key], validFrom, validTo]);
  }

  /** Derives a batch of marked cases; the rest waits for the next sweep. */
  sweep(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const marked = await tx.query<{ id: string }[]>(STALE_TAKEOVERS);
      const moved: Fact[] = [];
      for (const { id } of marked) {
        const refugee = await tx.findOneByOrFail(Refugee, { id });
        if (await this.decide(tx, refugee)) {
          refugee.version += 1;
          moved.push({
            subject: { type: 'case', id },
            cases: [id],
            fact: 'takeover.moved',
            details: { takeoverOn: refugee.takeoverOn, ruleIds: refugee.takeoverRuleIds },
          });
        }
        await tx.save(refugee);
      }
      if (moved.length > 0) await this.timeline.record(tx, null, moved);
      return marked.length;
    });
  }
}
