import type { Day } from '../platform/calendar/calendar.js';
import { nextBoundary, type Span } from '../platform/calendar/spans.js';

/** One dated value of law. */
export interface Rule {
  id: string;
  /** What is ruled, such as `takeover.ukraine`. The rows of one key never overlap in time. */
  key: string;
  operator: 'lt' | 'lte' | 'gte' | 'eq';
  /** A number in `unit`, a day or code, or a flag. */
  value: number | string | boolean;
  unit: string;
  /** First day in force; null when it always was. */
  validFrom: Day | null;
  /** Last day in force; null when it still is. */
  validTo: Day | null;
  legalBasis: string;
  source: string;
  /** How sure we are: high (the law itself), medium (secondary source), low (memory). */
  confidence: 'H' | 'M' | 'L';
}

/** Days on which the deadlines of some rules stand still (Integration Act § 4 b). */
export interface Suspension extends Span {
  id: string;
  /** The rules whose deadlines it suspends, such as `contract.deadline`. */
  ruleKeys: string[];
}

/** No row of the key is in force on the day: the answer is not known, and an older value is never used instead. */
export class NoRuleOnDate extends Error {
  override readonly name = 'NoRuleOnDate';

  constructor(
    readonly key: string,
    readonly day: Day,
  ) {
    super(`no rule ${key} on ${day}`);
  }
}

/** The dated rules of law, read by the day that selects them, and what suspends their deadlines. */
export class RuleBook {
  constructor(
    private readonly rules: readonly Rule[],
    private readonly suspensions: readonly Suspension[] = [],
  ) {}

  /** The rule in force on the day; throws NoRuleOnDate when there is none. */
  on(key: string, day: Day): Rule {
    const rule = this.find(key, day);
    if (!rule) throw new NoRuleOnDate(key, day);
    return rule;
  }

  find(key: string, day: Day): Rule | undefined {
    return this.rules.find((rule) => rule.key === key && inForce(rule, day));
  }

  /** What suspends a deadline that follows from these rules. */
  suspending(rules: readonly Rule[]): Suspension[] {
    return this.suspensions.filter(({ ruleKeys }) => rules.some(({ key }) => ruleKeys.includes(key)));
  }

  /** The next day after `today` on which a suspension begins or is over. */
  nextSuspensionChange(today: Day): Day | null {
    return nextBoundary(this.suspensions, today);
  }
}

function inForce(rule: Rule, day: Day): boolean {
  return (rule.validFrom === null || rule.validFrom <= day) && (rule.validTo === null || day <= rule.validTo);
}
