import { Injectable } from '@nestjs/common';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { ClosingDay, Day } from '../platform/calendar/calendar.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type ListRow, type PageOf } from '../platform/http/paging.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { AddRule, RuleQuery } from './dto/rule.dto.js';
import type { RuleFollower } from './legislation.contract.js';
import { legislationProblem } from './legislation.problems.js';
import {
  ALL_RULES,
  CLOSE_PREDECESSOR,
  CLOSING_DAYS,
  INSERT_RULE,
  LATEST_OF_KEY,
  OWN_LAW,
  RESUME_PREDECESSOR,
  RULE_BY_ID,
  RULES,
  SHARE_LAW,
} from './legislation.queries.js';
import { carriesOn } from './legislation.rules.js';
import { NoRuleOnDate, RuleBook, type Rule, type Suspension } from './rule-book.js';
import { SUSPENSIONS_IN_FORCE } from './suspensions.queries.js';
import { takeover, type Act, type Takeover } from './takeover.rules.js';

@Injectable()
export class LegislationService {
  private readonly followers: RuleFollower[] = [];
  /** By transaction: each has a query runner of its own. */
  private readonly books = new WeakMap<QueryRunner, Promise<RuleBook>>();

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
  ) {}

  follow(follower: RuleFollower): void {
    this.followers.push(follower);
  }

  /**
   * The rules for a calculation whose outcome `tx` keeps: no rule can be added beside it and miss it, so they are
   * read once a transaction.
   */
  rules(tx: EntityManager): Promise<RuleBook> {
    const book = this.books.get(tx.queryRunner!) ?? this.read(tx);
    this.books.set(tx.queryRunner!, book);
    return book;
  }

  private async read(tx: EntityManager): Promise<RuleBook> {
    await tx.query(SHARE_LAW);
    return new RuleBook(
      await tx.query<Rule[]>(ALL_RULES),
      await tx.query<Suspension[]>(SUSPENSIONS_IN_FORCE),
    );
  }

  /** Until `tx` ends nobody calculates by the law: what else deadlines follow from can change, and no plan misses it. */
  async holdStill(tx: EntityManager): Promise<void> {
    await tx.query(OWN_LAW);
  }

  /** Tells whoever keeps deadlines that a suspension turned. */
  async suspensionChanged(tx: EntityManager, suspension: Suspension, fact: string): Promise<void> {
    for (const follower of this.followers) await follower.suspensionChanged?.(tx, suspension, fact);
  }

  closingDays(tx: EntityManager): Promise<ClosingDay[]> {
    return tx.query<ClosingDay[]>(CLOSING_DAYS);
  }

  list(query: RuleQuery): Promise<PageOf<Rule>> {
    return this.pages.list(
      RULES,
      query,
      [query.key ?? null, query.on ?? null],
      ({ sort_value: _, ...rule }: Rule & ListRow) => rule,
    );
  }

  /** @throws 422 when no rule covers the day of the decision */
  async takeoverDay(act: Act, decidedOn: Day): Promise<Takeover> {
    const rules = new RuleBook(await this.database.query<Rule[]>(ALL_RULES));
    return answered(() => takeover(act, decidedOn, rules));
  }

  /**
   * Adds a row of a known rule, in force from a day on; the open row before it ends the day before,
   * and goes on afterwards if the new one has a last day.
   */
  async add(actor: Actor, request: AddRule): Promise<Rule> {
    const id = await this.database.transaction(async (tx) => {
      await this.holdStill(tx);
      const [latest] = await tx.query<LatestRule[]>(LATEST_OF_KEY, [request.key]);
      if (!latest) throw legislationProblem.unknown_key({ key: request.key });
      if (!carriesOn(request.key, latest.value, request.value, latest.unit)) {
        throw legislationProblem.unlike_predecessor({
          unit: latest.unit,
          errors: [{ field: 'value', rule: 'like_predecessor' }],
        });
      }
      const [[closed]] = await tx.query<[{ id: string }[], number]>(CLOSE_PREDECESSOR, [
        request.key,
        request.validFrom,
      ]);
      const [rule] = await tx.query<Rule[]>(INSERT_RULE, rowOf(request, latest, actor.id));
      const added = [rule];
      if (closed && rule.validTo)
        added.push(...(await tx.query<Rule[]>(RESUME_PREDECESSOR, [closed.id, rule.validTo, actor.id])));
      for (const one of added) for (const follower of this.followers) await follower.ruleAdded(tx, one);
      await this.timeline.record(tx, actor, added.map(ruleAdded));
      return rule.id;
    });
    const [rule] = await this.database.query<Rule[]>(RULE_BY_ID, [id]);
    return rule;
  }
}

type LatestRule = Rule & { selects_by: string };

function rowOf(request: AddRule, latest: LatestRule, actorId: string): unknown[] {
  return [
    request.key,
    request.operator ?? latest.operator,
    JSON.stringify(request.value),
    latest.unit,
    latest.selects_by,
    request.validFrom,
    request.validTo ?? null,
    request.legalBasis,
    request.source,
    request.confidence,
    request.note ?? null,
    actorId,
  ];
}

function ruleAdded({ id, key, validFrom, validTo }: Rule): Fact {
  return {
    subject: { type: 'rule', id },
    cases: [],
    fact: 'rule.added',
    details: { key, validFrom, validTo },
  };
}

/** Turns a missing rule into the refusal that names it. */
export function answered<Answer>(calculate: () => Answer): Answer {
  try {
    return calculate();
  } catch (error) {
    if (error instanceof NoRuleOnDate)
      throw legislationProblem.no_rule_on_date({ key: error.key, day: error.day });
    throw error;
  }
}
