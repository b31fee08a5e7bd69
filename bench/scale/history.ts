import { v5 as uuidv5 } from 'uuid';
import type { Day } from '../../src/platform/calendar/calendar.js';
import type { ProgrammeFacts } from '../../src/programme/programme.duties.js';
import type { Case } from './case.js';
import { after } from './days.js';

/** Something of the case that the planner heard of: the fact, and what it is about. */
export interface Event {
  day: Day;
  fact: string;
  byType: string;
  byId: string;
}

/** The ids of what the programme's facts stand in follow from the person's. */
export const partOf = ({ id }: Case, name: string): string => uuidv5(name, id);

/** Everything that ever turned the person's plan, in order. */
export function eventsOf(one: Case): Event[] {
  const { course, programme, days, id } = one;
  const { takeoverOn, passedOnOn, draftedOn, signedOn } = course;
  if (takeoverOn === null) return [];
  const events: Event[] = [];
  const note = (day: Day | null, fact: string, byType = 'case', byId = id): void => {
    if (day !== null && day <= days.today) events.push({ day, fact, byType, byId });
  };
  for (const { plannedOn } of takeoversOf(one)) note(plannedOn, 'takeover.moved');
  note(passedOnOn, 'team.joined');
  note(programme.visitationOn, 'visitation.recorded', 'visitation', partOf(one, 'visitation'));
  note(draftedOn, 'contract.drafted', 'contract', partOf(one, 'contract'));
  note(signedOn, 'contract.signed', 'contract', partOf(one, 'contract'));
  for (const day of programme.talksHeldOn) note(day, 'talk.held', 'talk', partOf(one, `talk ${day}`));
  note(programme.talkPlannedOn, 'talk.planned', 'talk', partOf(one, 'talk ahead'));
  for (const { kind, fromOn, toOn } of programme.spells) {
    note(fromOn, 'spell.recorded', 'spell', partOf(one, `${kind} ${fromOn}`));
    if (toOn !== null) note(after(toOn, 1), 'day.came');
  }
  return events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** What the programme's duties follow from, as far as it was known on a day. */
export function factsOn(one: Case, day: Day): ProgrammeFacts {
  const { course, programme, id, person } = one;
  const come = (on: Day | null): Day | null => (on !== null && on <= day ? on : null);
  const signedOn = come(course.signedOn);
  return {
    subjectId: id,
    bornOn: person.bornOn,
    takeoverOn: takeoversOf(one).findLast(({ plannedOn }) => plannedOn <= day)?.takeoverOn ?? null,
    visitationOn: come(programme.visitationOn),
    draftId: come(course.draftedOn) && !signedOn ? partOf(one, 'contract') : null,
    contractInForceId: signedOn && partOf(one, 'contract'),
    contractsSignedOn: signedOn ? [signedOn] : [],
    talksHeldOn: programme.talksHeldOn.filter((held) => held <= day),
    plannedTalkId: come(programme.talkPlannedOn) && partOf(one, 'talk ahead'),
    spells: programme.spells.filter(({ fromOn }) => fromOn <= day),
  };
}

/** Whose the caseworker's work was on a day, the unit's leader's where there never was one. */
export function ownerOn({ course, hands }: Case, day: Day): string {
  const { caseworkerOn, passedOnOn } = course;
  if (caseworkerOn === null) return hands.unit.leader.id;
  return passedOnOn !== null && day < passedOnOn ? hands.caseworkerBefore.id : hands.caseworker.id;
}

/** Every takeover day there was, and the day from which it stood. */
export function takeoversOf({ course, days }: Case): { takeoverOn: Day; plannedOn: Day }[] {
  const { takeoverOn, movedFrom, registeredOn } = course;
  if (takeoverOn === null) return [];
  return [...movedFrom, takeoverOn].map((day, place) => {
    const plannedOn = after(registeredOn, 2 * place);
    return { takeoverOn: day, plannedOn: plannedOn < days.today ? plannedOn : days.today };
  });
}
