import type { Day } from '../../src/platform/calendar/calendar.js';
import { changesTo, type Changed, type Stored, type Wanted } from '../../src/reminders/planner.rules.js';
import { note, type Case } from './case.js';
import { eventsOf, factsOn, ownerOn, takeoversOf, type Event } from './history.js';
import { deliver, remind, stopReminding, type Reminder } from './reminder.rows.js';
import type { Row } from './tables.js';

/** A follow-up while its case is gone through: its row, and what it reminded of. */
interface Standing {
  stored: Stored;
  row: Row;
  reminders: Map<string, Reminder>;
}

/** Goes through the case event by event, and leaves what the planner would have left. */
export function planOf(one: Case): void {
  const { course, hands, tables, id, law, days } = one;
  for (const { takeoverOn, plannedOn } of takeoversOf(one))
    note(one, plannedOn, hands.consultant, 'takeover.moved', { takeoverOn, ruleIds: course.takeoverRuleIds });
  const open = new Map<string, Standing>();
  for (const event of eventsOf(one)) plan(one, event, open);
  for (const { reminders } of open.values()) deliver(one, reminders, days.now);
  const againOn = course.takeoverOn && law.changesOn(factsOn(one, days.today), days.today);
  tables.plans.push({ subject_type: 'case', subject_id: id, stale: false, again_on: againOn });
}

function plan(one: Case, event: Event, open: Map<string, Standing>): void {
  const { day } = event;
  const at = one.days.at(day, open.size);
  const wanted = one.law.wanted(factsOn(one, day), ownerOn(one, day), day);
  const { opened, ended, changed } = changesTo(
    [...open.values()].map(({ stored }) => stored),
    wanted,
  );
  const rows = opened.map((duty) => addFollowUp(one, duty, day, at, open));
  for (const { id, state, by } of ended) {
    const { row, reminders } = open.get(id)!;
    Object.assign(row, {
      state,
      ended_at: at,
      ended_because: event.fact,
      ended_subject_type: event.byType,
      ended_subject_id: event.byId,
      ended_rule_ids: by?.ruleIds ?? [],
      superseded_by: by && rows[opened.indexOf(by)].id,
    });
    stopReminding(one, reminders, at, 'ended');
    open.delete(id);
  }
  for (const change of changed) follow(one, open.get(change.id)!, change, event, at);
}

function addFollowUp(one: Case, duty: Wanted, day: Day, at: Date, open: Map<string, Standing>): Row {
  const { tables, ids, id: refugeeId } = one;
  const id = ids.at(at);
  const { act, ...rest } = duty;
  const stored: Stored = {
    ...rest,
    id,
    state: 'open',
    assignedTo: null,
    actMethod: act.method,
    actHref: act.href,
  };
  const row: Row = {
    id,
    subject_type: 'case',
    subject_id: refugeeId,
    refugee_id: refugeeId,
    key: duty.key,
    occurrence: duty.occurrence,
    series: duty.series,
    state: 'open',
    ...columnsOf({ ...stored, actBy: duty.actBy }),
    planned_at: at,
    ended_at: null,
    ended_because: null,
    ended_subject_type: null,
    ended_subject_id: null,
    ended_rule_ids: [],
    superseded_by: null,
  };
  tables.follow_ups.push(row);
  const standing = { stored, row, reminders: new Map<string, Reminder>() };
  if (!duty.suspended) remind(one, standing.reminders, stored.id, duty.ownerId!, duty, day, at);
  open.set(id, standing);
  return row;
}

/** A follow-up that stays, with what is new about it. */
function follow(one: Case, standing: Standing, change: Changed, event: Event, at: Date): void {
  const { stored, row, reminders } = standing;
  const { id, movedFrom } = change;
  if (movedFrom)
    one.tables.follow_up_moves.push({
      id: one.ids.at(at),
      follow_up_id: id,
      at,
      because: event.fact,
      because_subject_type: event.byType,
      because_subject_id: event.byId,
      from_target_on: movedFrom.targetOn,
      from_latest_on: movedFrom.latestOn,
      to_target_on: change.targetOn,
      to_latest_on: change.latestOn,
      from_rule_ids: movedFrom.ruleIds,
      to_rule_ids: change.ruleIds,
    });
  Object.assign(stored, change);
  Object.assign(row, columnsOf(change));
  if (!change.remind) return;
  stopReminding(one, reminders, at, 'planned_anew');
  if (!change.suspended) remind(one, reminders, id, change.ownerId!, change, event.day, at);
}

type Told = Pick<
  Changed,
  | 'ownerId'
  | 'role'
  | 'earliestOn'
  | 'targetOn'
  | 'latestOn'
  | 'actBy'
  | 'suspended'
  | 'ruleIds'
  | 'assumed'
  | 'actMethod'
  | 'actHref'
>;

const columnsOf = (told: Told): Row => ({
  owner_id: told.ownerId,
  role: told.role,
  earliest_on: told.earliestOn,
  target_on: told.targetOn,
  latest_on: told.latestOn,
  act_by: told.actBy,
  suspended: told.suspended,
  rule_ids: told.ruleIds,
  assumed: told.assumed,
  act_method: told.actMethod,
  act_href: told.actHref,
});
