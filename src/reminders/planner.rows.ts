import { v7 as uuidv7 } from 'uuid';
import type { RuleBook } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { Touched } from '../timeline/timeline.contract.js';
import { actBy, type Changed, type Ended, type Wanted } from './planner.rules.js';
import type { Duty } from './reminders.contract.js';
import { standStill } from './standstill.rules.js';

// What planning writes: the rows its statements take as JSON.

/** The fact that turned a plan, and what that fact is about. */
export interface Because {
  because: string;
  byType: string | null;
  byId: string | null;
}

export const becauseOf = ({ fact, by }: Touched): Because => ({
  because: fact,
  byType: by?.type ?? null,
  byId: by?.id ?? null,
});

type Row = ReturnType<typeof asRow>;

export function asRow(subjectType: string, { act, ...duty }: Wanted) {
  return {
    ...duty,
    id: uuidv7(),
    subjectType,
    refugeeId: subjectType === 'case' ? duty.subjectId : null,
    actMethod: act.method,
    actHref: act.href,
  };
}

export function asEnd({ id, state, by }: Ended, opened: Row[], because: Because): object {
  const row =
    by &&
    opened.find(
      ({ subjectId, key, occurrence }) =>
        subjectId === by.subjectId && key === by.key && occurrence === by.occurrence,
    );
  return { id, state, ...because, ruleIds: by?.ruleIds ?? [], supersededBy: row?.id ?? null };
}

export function asMove({ id, movedFrom, targetOn, latestOn, ruleIds }: Changed, because: Because): object[] {
  if (!movedFrom) return [];
  return [
    {
      id,
      ...because,
      fromTargetOn: movedFrom.targetOn,
      fromLatestOn: movedFrom.latestOn,
      fromRuleIds: movedFrom.ruleIds,
      toTargetOn: targetOn,
      toLatestOn: latestOn,
      toRuleIds: ruleIds,
    },
  ];
}

export function asWanted(
  subjectId: string,
  { rules, pauses, practiceVersionId, ...duty }: Duty,
  ownerId: string | null,
  law: RuleBook,
  now: Day,
): Wanted {
  const window = standStill(duty, [...pauses, ...law.suspending(rules)], now);
  return {
    ...duty,
    ...window,
    subjectId,
    ownerId,
    ruleIds: rules.map((rule) => rule.id),
    practiceVersionId: practiceVersionId ?? null,
    actBy: actBy(window.latestOn),
  };
}
