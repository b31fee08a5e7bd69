// When follow-ups are reminded of is municipal practice; the days themselves come from the duties.
import {
  addWorkingDays,
  openDayOnOrAfter,
  openDayOnOrBefore,
  workingDayOnOrBefore,
  type ClosingDay,
  type Day,
} from '../platform/calendar/calendar.js';
import type { Duty } from './reminders.contract.js';

/** A duty as it is to stand in the plan. */
export interface Wanted extends Omit<Duty, 'rules' | 'pauses' | 'practiceVersionId'> {
  subjectId: string;
  ruleIds: string[];
  practiceVersionId: string | null;
  /** Its time stands still and nobody knows until when: it stays in the plan, and nobody is reminded of it. */
  suspended: boolean;
  /** Null while neither the role nor the lead of the unit is filled: the follow-up stands, and waits for somebody. */
  ownerId: string | null;
  /** The last working day on or before the legal day. */
  actBy: Day;
}

/** A follow-up as it stands: open, or dismissed by a person. */
export interface Stored {
  id: string;
  subjectId: string;
  key: string;
  occurrence: number;
  series: string;
  state: 'open' | 'dismissed';
  ownerId: string | null;
  /** Whom somebody asked to do it instead, as long as that colleague can. */
  assignedTo: string | null;
  role: string;
  earliestOn: Day;
  targetOn: Day;
  latestOn: Day;
  suspended: boolean;
  ruleIds: string[];
  practiceVersionId: string | null;
  assumed: string[];
  actMethod: string;
  actHref: string;
}

/** An open follow-up that stays, with what is new about it. */
export interface Changed {
  id: string;
  ownerId: string | null;
  /** It was somebody else's, or nobody's. */
  newOwner: boolean;
  /** Its days are others: from which ones. */
  movedFrom: { targetOn: Day; latestOn: Day; ruleIds: string[] } | null;
  /** Whether its reminders must be planned anew. */
  remind: boolean;
  role: string;
  earliestOn: Day;
  targetOn: Day;
  latestOn: Day;
  actBy: Day;
  suspended: boolean;
  ruleIds: string[];
  practiceVersionId: string | null;
  assumed: string[];
  actMethod: string;
  actHref: string;
}

export interface Ended {
  id: string;
  state: 'done' | 'superseded' | 'cancelled';
  /** The duty that took its place, when one did. */
  by: Wanted | null;
}

export interface Changes {
  opened: Wanted[];
  ended: Ended[];
  changed: Changed[];
}

export const actBy = (latestOn: Day): Day => workingDayOnOrBefore(latestOn);

/**
 * What turns the stored plan into the wanted one; the same plan gives no change. What a person dismissed stays
 * dismissed until its days move.
 */
export function changesTo(stored: readonly Stored[], wanted: readonly Wanted[]): Changes {
  const left = new Map(wanted.map((duty) => [nameOf(duty), duty]));
  const open = stored.filter(({ state }) => state === 'open');
  const changes: Changes = { opened: [], ended: [], changed: [] };
  const dropped: Stored[] = [];
  for (const followUp of open) {
    const duty = left.get(nameOf(followUp));
    left.delete(nameOf(followUp));
    if (!duty) dropped.push(followUp);
    else if (duty.done) changes.ended.push({ id: followUp.id, state: 'done', by: null });
    else changes.changed.push(...changeOf(followUp, duty));
  }
  const dismissed = stored.filter(({ state }) => state === 'dismissed');
  changes.opened = [...left.values()].filter(
    (duty) => !duty.done && !dismissed.some((one) => nameOf(one) === nameOf(duty) && sameDays(one, duty)),
  );
  for (const { id, subjectId, series } of dropped) {
    const by = changes.opened.find((duty) => duty.subjectId === subjectId && duty.series === series) ?? null;
    changes.ended.push({ id, state: by ? 'superseded' : 'cancelled', by });
  }
  return changes;
}

const nameOf = ({ subjectId, key, occurrence }: Pick<Stored, 'subjectId' | 'key' | 'occurrence'>): string =>
  `${subjectId} ${key} ${occurrence}`;

/** The one change that turns a follow-up into the duty, or none. */
function changeOf(followUp: Stored, duty: Wanted): Changed[] {
  const ownerId = followUp.assignedTo ?? duty.ownerId;
  const newOwner = followUp.ownerId !== ownerId;
  const moved = !sameDays(followUp, duty);
  const suspends = followUp.suspended !== duty.suspended;
  if (!newOwner && !moved && !suspends && sameElse(followUp, duty)) return [];
  const { id, targetOn, latestOn, ruleIds } = followUp;
  return [
    {
      id,
      ownerId,
      newOwner,
      movedFrom: moved ? { targetOn, latestOn, ruleIds } : null,
      remind: newOwner || moved || suspends,
      role: duty.role,
      earliestOn: duty.earliestOn,
      targetOn: duty.targetOn,
      latestOn: duty.latestOn,
      actBy: duty.actBy,
      suspended: duty.suspended,
      ruleIds: duty.ruleIds,
      practiceVersionId: duty.practiceVersionId,
      assumed: duty.assumed,
      actMethod: duty.act.method,
      actHref: duty.act.href,
    },
  ];
}

/** A new earliest day alone moves nothing that anybody waits for. */
const sameDays = (followUp: Stored, duty: Wanted): boolean =>
  followUp.targetOn === duty.targetOn && followUp.latestOn === duty.latestOn;

const sameElse = (followUp: Stored, duty: Wanted): boolean =>
  followUp.earliestOn === duty.earliestOn &&
  followUp.role === duty.role &&
  sameSet(followUp.ruleIds, duty.ruleIds) &&
  followUp.practiceVersionId === duty.practiceVersionId &&
  sameSet(followUp.assumed, duty.assumed) &&
  followUp.actMethod === duty.act.method &&
  followUp.actHref === duty.act.href;

const sameSet = (some: string[], others: string[]): boolean =>
  [...some].sort().join() === [...others].sort().join();

export interface Step {
  step: 'target' | 'last';
  dueOn: Day;
  /** Unread on these days, the deputy and then the leader are told. */
  deputyOn: Day;
  leaderOn: Day;
}

/** Working days a reminder may stay unread. */
const [UNTIL_DEPUTY, UNTIL_LEADER] = [3, 5];

/**
 * The days a follow-up is reminded of: the target, and the last day to act; one if they fall together. One that was put
 * off is not reminded of before the day it was put off to, but on the first open day from it. A day nobody is at work
 * moves back to one when somebody is; a step that is past already goes out on the first open day from today.
 */
export function reminderSteps(
  days: { targetOn: Day; actBy: Day; snoozedUntil?: Day | null },
  today: Day,
  closings: readonly ClosingDay[],
): Step[] {
  const dueOn = (day: Day): Day => {
    const open = openDayOnOrBefore(day, closings);
    return open < today ? openDayOnOrAfter(today, closings) : open;
  };
  const unread = (day: Day, workingDays: number): Day =>
    openDayOnOrBefore(addWorkingDays(day, workingDays), closings);
  const step = (name: Step['step'], on: Day): Step => ({
    step: name,
    dueOn: on,
    deputyOn: unread(on, UNTIL_DEPUTY),
    leaderOn: unread(on, UNTIL_LEADER),
  });
  const { snoozedUntil } = days;
  const putOff = snoozedUntil && snoozedUntil > days.targetOn && snoozedUntil > today ? snoozedUntil : null;
  const target = putOff ? openDayOnOrAfter(putOff, closings) : dueOn(days.targetOn);
  const last = dueOn(days.actBy);
  return target < last ? [step('target', target), step('last', last)] : [step('last', last)];
}
