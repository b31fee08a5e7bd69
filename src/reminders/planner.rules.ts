// When follow-ups are reminded of is municipal practice; the days themselves come from the duties.
import {
  openDayOnOrAfter,
  openDayOnOrBefore,
  workingDayOnOrBefore,
  type ClosingDay,
  type Day,
} from '../platform/calendar/calendar.js';
import type { Duty } from './reminders.contract.js';

/** A duty as it is to stand in the plan. */
export interface Wanted extends Omit<Duty, 'rules'> {
  subjectId: string;
  ruleIds: string[];
  /** Null while neither the role nor the lead of the unit is filled: the follow-up stands, and waits for somebody. */
  ownerId: string | null;
  /** The last working day on or before the legal day. */
  actBy: Day;
}

/** An open follow-up as it stands. */
export interface Stored {
  id: string;
  subjectId: string;
  key: string;
  ownerId: string | null;
  earliestOn: Day;
  targetOn: Day;
  latestOn: Day;
  ruleIds: string[];
  actMethod: string;
  actHref: string;
}

/** A follow-up whose days stand, with its new owner, rules or place to act. */
export interface PassedOn {
  id: string;
  ownerId: string | null;
  /** Whether it was somebody else's, or nobody's: the new owner is reminded too. */
  newOwner: boolean;
  targetOn: Day;
  actBy: Day;
  ruleIds: string[];
  actMethod: string;
  actHref: string;
}

export interface Changes {
  opened: Wanted[];
  ended: { id: string; state: 'done' | 'superseded' | 'cancelled' }[];
  passedOn: PassedOn[];
}

export const actBy = (latestOn: Day): Day => workingDayOnOrBefore(latestOn);

/** What turns the stored plan into the wanted one; the same plan gives no change. */
export function changesTo(stored: readonly Stored[], wanted: readonly Wanted[]): Changes {
  const changes: Changes = { opened: [], ended: [], passedOn: [] };
  const byKey = new Map(wanted.map((duty) => [`${duty.subjectId} ${duty.key}`, duty]));
  for (const followUp of stored) {
    const duty = byKey.get(`${followUp.subjectId} ${followUp.key}`);
    byKey.delete(`${followUp.subjectId} ${followUp.key}`);
    if (!duty) changes.ended.push({ id: followUp.id, state: 'cancelled' });
    else if (duty.done) changes.ended.push({ id: followUp.id, state: 'done' });
    else if (!sameDays(followUp, duty)) {
      changes.ended.push({ id: followUp.id, state: 'superseded' });
      changes.opened.push(duty);
    } else if (!samePlace(followUp, duty)) {
      changes.passedOn.push({
        id: followUp.id,
        ownerId: duty.ownerId,
        newOwner: followUp.ownerId !== duty.ownerId,
        ruleIds: duty.ruleIds,
        targetOn: duty.targetOn,
        actBy: duty.actBy,
        actMethod: duty.act.method,
        actHref: duty.act.href,
      });
    }
  }
  changes.opened.push(...[...byKey.values()].filter((duty) => !duty.done));
  return changes;
}

function sameDays(followUp: Stored, duty: Wanted): boolean {
  return (
    followUp.earliestOn === duty.earliestOn &&
    followUp.targetOn === duty.targetOn &&
    followUp.latestOn === duty.latestOn
  );
}

function samePlace(followUp: Stored, duty: Wanted): boolean {
  return (
    followUp.ownerId === duty.ownerId &&
    sameRules(followUp, duty) &&
    followUp.actMethod === duty.act.method &&
    followUp.actHref === duty.act.href
  );
}

function sameRules(followUp: Stored, duty: Wanted): boolean {
  return [...followUp.ruleIds].sort().join() === [...duty.ruleIds].sort().join();
}

export interface Step {
  step: 'target' | 'last';
  dueOn: Day;
}

/**
 * The days a follow-up is reminded of: the target, and the last day to act; one if they fall together.
 * A day nobody is at work moves back to one when somebody is; a step that is past already goes out on
 * the first open day from today.
 */
export function reminderSteps(
  days: { targetOn: Day; actBy: Day },
  today: Day,
  closings: readonly ClosingDay[],
): Step[] {
  const dueOn = (day: Day): Day => {
    const open = openDayOnOrBefore(day, closings);
    return open < today ? openDayOnOrAfter(today, closings) : open;
  };
  const [target, last] = [dueOn(days.targetOn), dueOn(days.actBy)];
  return target < last
    ? [
        { step: 'target', dueOn: target },
        { step: 'last', dueOn: last },
      ]
    : [{ step: 'last', dueOn: last }];
}
