import type { Day } from '../../src/platform/calendar/calendar.js';
import { after } from './days.js';
import type { ContractDays } from './law.js';
import { note, type Case } from './case.js';

/** A follow-up of the contract as it was planned on some day, and what became of it. */
interface Planned {
  takeoverOn: Day;
  plannedOn: Day;
  state: 'open' | 'done' | 'superseded';
  endedOn: Day | null;
  endedBecause: string | null;
}

/** Every plan of the contract that there was, and the one that stands, as the planner would have left them. */
export function planOf(one: Case): void {
  const { course, hands, tables, id } = one;
  tables.plans.push({ subject_type: 'case', subject_id: id, stale: false, again_on: null });
  for (const planned of plansOf(one)) {
    addFollowUp(one, planned);
    const { takeoverOn, plannedOn } = planned;
    note(one, plannedOn, hands.consultant, 'takeover.moved', { takeoverOn, ruleIds: course.takeoverRuleIds });
  }
}

function plansOf({ course, days }: Case): Planned[] {
  const { takeoverOn, movedFrom, registeredOn, signedOn } = course;
  if (takeoverOn === null) return [];
  const dayOfPlan = (place: number): Day => {
    const day = after(registeredOn, 2 * place);
    return day < days.today ? day : days.today;
  };
  const moved = movedFrom.map((earlier, place): Planned => {
    const ended = { endedOn: dayOfPlan(place + 1), endedBecause: 'takeover.moved' };
    return { takeoverOn: earlier, plannedOn: dayOfPlan(place), state: 'superseded', ...ended };
  });
  const ended = signedOn && { endedOn: signedOn, endedBecause: 'contract.signed' };
  const last: Planned = {
    takeoverOn,
    plannedOn: dayOfPlan(movedFrom.length),
    ...(ended ? { state: 'done', ...ended } : { state: 'open', endedOn: null, endedBecause: null }),
  };
  return [...moved, last];
}

function addFollowUp(one: Case, { takeoverOn, plannedOn, state, endedOn, endedBecause }: Planned): void {
  const { tables, ids, days, id, law } = one;
  const contract = law.contract(takeoverOn);
  const at = days.at(plannedOn, tables.follow_ups.length);
  const followUpId = ids.at(at);
  const ownerId = ownerOf(one);
  tables.follow_ups.push({
    id: followUpId,
    subject_type: 'case',
    subject_id: id,
    refugee_id: id,
    key: 'contract',
    owner_id: ownerId,
    state,
    earliest_on: contract.earliestOn,
    target_on: contract.targetOn,
    latest_on: contract.latestOn,
    act_by: contract.actBy,
    rule_ids: contract.ruleIds,
    act_method: 'POST',
    act_href: actHref(one),
    planned_at: at,
    ended_at: endedOn && days.at(endedOn, tables.follow_ups.length),
    ended_because: endedBecause,
  });
  addReminders(one, followUpId, ownerId, contract, state);
}

function addReminders(
  { tables, ids, days }: Case,
  followUpId: string,
  recipientId: string,
  { reminders }: ContractDays,
  state: Planned['state'],
): void {
  for (const { step, dueOn, dueAt } of reminders) {
    const isDue = dueAt <= days.now;
    tables.reminders.push({
      id: ids.at(dueAt),
      follow_up_id: followUpId,
      step,
      recipient_id: recipientId,
      channel: 'email',
      due_on: dueOn,
      due_at: dueAt,
      state:
        state === 'superseded' ? 'cancelled' : isDue ? 'sent' : state === 'done' ? 'cancelled' : 'planned',
      sent_at: state !== 'superseded' && isDue ? dueAt : null,
    });
  }
}

/** Whoever holds the role today, or the unit's leader. */
const ownerOf = ({ course, hands }: Case): string =>
  (course.caseworkerOn ? hands.caseworker : hands.unit.leader).id;

function actHref({ id, tables, course }: Case): string {
  if (!course.draftedOn) return `/api/v1/refugees/${id}/contracts`;
  return `/api/v1/contracts/${String(tables.integration_contracts.at(-1)!.id)}/signatures`;
}
