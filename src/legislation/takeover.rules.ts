// Integration Act (integrationsloven) § 4(2); Ukraine special act (særlov) § 30.
import { type Day, addMonths, addWorkingDays, workingDayOnOrAfter } from '../platform/calendar/calendar.js';
import type { Rule, RuleBook } from './rule-book.js';

/**
 * The day on which the municipality takes over by the Integration Act § 4(2): responsibility passes at the end
 * of the first whole month after the visitation decision, so on the 1st of the month after it, or on the next
 * weekday when that 1st is a weekend or public holiday. For a decision on the 1st the text is open: we read the
 * first whole month as the next one, which makes every decision of a month lead to the same day.
 */
export function takeoverDayByIntegrationAct(decidedOn: Day): Day {
  return workingDayOnOrAfter(firstOfMonth(addMonths(decidedOn, 2)));
}

/**
 * The day on which the municipality takes over by the Ukraine act § 30: the last of the allowed weekdays (the
 * number is the rule `takeover.ukraine`). Monday to Friday count unless a public holiday; the day of decision
 * does not.
 */
export function takeoverDayByUkraineAct(decidedOn: Day, weekdays: number): Day {
  return addWorkingDays(decidedOn, weekdays);
}

function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

export type Act = 'integration' | 'ukraine';

export interface Takeover {
  takeoverOn: Day;
  /** The rules the day follows from. */
  rules: Rule[];
}

/** The takeover day by the rules in force on the day of the decision; throws NoRuleOnDate when there are none. */
export function takeover(act: Act, decidedOn: Day, rules: RuleBook): Takeover {
  if (act === 'integration') {
    return {
      takeoverOn: takeoverDayByIntegrationAct(decidedOn),
      rules: [rules.on('takeover.rule', decidedOn)],
    };
  }
  const weekdays = rules.on('takeover.ukraine', decidedOn);
  return { takeoverOn: takeoverDayByUkraineAct(decidedOn, weekdays.value as number), rules: [weekdays] };
}
