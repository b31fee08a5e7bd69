import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ClosingDay, Day } from '../platform/calendar/calendar.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages, type PageOf, type SortColumn } from '../platform/http/paging.js';
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
  rulesPage,
} from './legislation.queries.js';
import { carriesOn } from './legislation.rules.js';
import { NoRuleOnDate, RuleBook, type Rule } from './rule-book.js';
import { takeover, type Act, type Takeover } from './takeover.rules.js';

const SORTS = { key: { sql: 'key', type: 'text' } } satisfies Record<string, SortColumn>;
type RuleRow = Rule & { sort_value: string; more: boolean };

@Injectable()
export class LegislationService {
  private readonly followers: RuleFollower[] = [];

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
  ) {}

  follow(follower: RuleFollower): void {
    this.followers.push(follower);
  }

  /** All rules as they stand in `tx`: a few dozen rows, read again each time, so that a new row counts at once. */
  async rules(tx: Pick<EntityManager, 'query'> = this.database): Promise<RuleBook> {
    return new RuleBook(await tx.query<Rule[]>(ALL_RULES));
  }

  closingDays(tx: Pick<EntityManager, 'query'>): Promise<ClosingDay[]> {
    return tx.query<ClosingDay[]>(CLOSING_DAYS);
  }

  async list(query: RuleQuery): Promise<PageOf<Rule>> {
    const page = this.pages.open('legislation-rules', query, SORTS, 'key');
    const parameters = [query.key ?? null, query.on ?? null];
    const statement = rulesPage(page.sortValue, page.after(parameters), page.orderBy, page.limit);
    return page.close(
      await this.database.query<RuleRow[]>(statement, parameters),
      ({ sort_value, more, ...rule }) => rule,
    );
  }

  /** @throws 422 when no rule covers the day of the decision */
  async takeoverDay(act: Act, decidedOn: Day, tx?: EntityManager): Promise<Takeover> {
    const rules = await this.rules(tx);
    return answered(() => takeover(act, decidedOn, rules));
  }

  /** Adds a row of a known rule, in force from a day on; the open row before it ends the day before. */
  add(actor: Actor, request: AddRule): Promise<Rule> {
    return this.database.transaction(async (tx) => {
      const [latest] = await tx.query<(Rule & { selects_by: string })[]>(LATEST_OF_KEY, [request.key]);
      if (!latest) throw legislationProblem.unknown_key({ key: request.key });
      if (!carriesOn(request.key, latest.value, request.value, latest.unit)) {
        throw legislationProblem.unlike_predecessor({
          unit: latest.unit,
          errors: [{ field: 'value', rule: 'like_predecessor' }],
        });
      }
      await tx.query(CLOSE_PREDECESSOR, [request.key, request.validFrom]);
      const [rule] = await tx.query<Rule[]>(INSERT_RULE, [
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
        actor.id,
      ]);
      for (const follower of this.followers) await follower.ruleAdded(tx, rule);
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'rule', id: rule.id },
          cases: [],
          fact: 'rule.added',
          details: { key: rule.key, validFrom: rule.validFrom },
        },
      ]);
      return rule;
    });
  }
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
