import { takeoverDayByIntegrationAct, takeoverDayByUkraineAct } from '../src/legislation/takeover.rules.js';
import {
  addDays,
  addMonths,
  addYears,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  type Day,
} from '../src/platform/calendar/calendar.js';
import { Chance } from './chance.js';
import { inventedCpr } from './cpr.js';
import { SEEDED, TAKEN_OVER_BY_REGISTRATION, type Person } from './people.js';

/** How far somebody has come, in the order in which people come there. */
export const STAGES = [
  'registered',
  'allocated',
  'visit_planned',
  'met',
  'assessed',
  'taken_over',
  'contract_drafted',
  'contract_signed',
] as const;
export type Stage = (typeof STAGES)[number];

export const hasReached = (stage: Stage, wanted: Stage): boolean =>
  STAGES.indexOf(stage) >= STAGES.indexOf(wanted);

/** The way of one person, its days counted from the day the demo was first seeded. */
export interface Course {
  stage: Stage;
  permit: { basis: Person['permitBasis']; grantedOn: Day; expiresOn: Day };
  allocation: { decidedOn: Day | null; registeredOn: Day | null; takeoverAgreedOn: Day | null };
  /** Once taken over. */
  cpr?: string;
  /** When the person is, or was, met at an asylum centre. */
  visitOn: Day;
  signedOn: Day;
  /** When the municipality took over; null while it has not. */
  takeoverOn: Day | null;
}

/** Everybody's stage: how many people stand at each. Overdue are those taken over so long ago that the month is past. */
const SHARES: [stage: Stage, people: number, overdue?: true][] = [
  ['registered', 20],
  ['allocated', 24],
  ['visit_planned', 24],
  ['met', 20],
  ['assessed', 28],
  ['taken_over', 22],
  ['taken_over', 10, true],
  ['contract_drafted', 12],
  // Last, so that the last person's signature is the last fact of the seeding.
  ['contract_signed', 40],
];

interface Place {
  stage: Stage;
  overdue: boolean;
}

const PLACES = places();
const VISIT_RHYTHM_DAYS = 14;
/** A takeover that was this long ago is past its month by any calendar. */
const OVERDUE_DAYS = 45;

export function courseOf(person: Person, today: Day): Course {
  const { stage, overdue } = PLACES[person.number - 1];
  const chance = new Chance(person.number);
  const allocation = allocationOf(person, stage, overdue, today, chance);
  const { takeoverOn, ...days } = allocation;
  const grantedOn = addDays(days.decidedOn ?? days.registeredOn ?? today, -chance.between(5, 20));
  const signedOn = addDays(takeoverOn ?? today, chance.between(5, 25));
  return {
    stage,
    permit: { basis: person.permitBasis, grantedOn, expiresOn: addYears(grantedOn, 2) },
    allocation: days,
    ...(hasReached(stage, 'taken_over') && { cpr: inventedCpr(person) }),
    visitOn: visitDay(stage, takeoverOn, today, chance),
    signedOn: signedOn < today ? signedOn : today,
    takeoverOn,
  };
}

/** Shuffled but for the last, who has signed. */
function places(): Place[] {
  const all = SHARES.flatMap(([stage, people, overdue]) =>
    Array.from({ length: people }, (): Place => ({ stage, overdue: overdue ?? false })),
  );
  return [...new Chance(SEEDED).shuffled(all.slice(0, -1)), all[SEEDED - 1]];
}

type Allocation = Course['allocation'] & { takeoverOn: Day | null };

function allocationOf(
  person: Person,
  stage: Stage,
  overdue: boolean,
  today: Day,
  chance: Chance,
): Allocation {
  const none = { decidedOn: null, registeredOn: null, takeoverAgreedOn: null, takeoverOn: null };
  if (stage === 'registered') return none;
  const isTakenOver = hasReached(stage, 'taken_over');
  if (!isTakenOver) return { ...none, decidedOn: addDays(today, -chance.between(0, 10)) };
  const longAgo = overdue || stage === 'contract_signed';
  const wanted = addDays(today, -(longAgo ? chance.between(OVERDUE_DAYS, 300) : chance.between(1, 12)));
  if (TAKEN_OVER_BY_REGISTRATION.includes(person.permitBasis))
    return { ...none, decidedOn: addDays(wanted, -40), registeredOn: wanted, takeoverOn: wanted };
  const [takeoverDay, usualDecision] =
    person.permitBasis === 'ukraine_act'
      ? [byUkraineAct, addDays(wanted, -21)]
      : [takeoverDayByIntegrationAct, addMonths(wanted, -2)];
  let decidedOn = usualDecision;
  while (takeoverDay(decidedOn) > wanted) decidedOn = addDays(decidedOn, -1);
  const takeoverOn = takeoverDay(decidedOn);
  if (longAgo || addMonths(takeoverOn, 1) >= today) return { ...none, decidedOn, takeoverOn };
  // The month's takeover day lies too far back for a contract that is not late: this person came earlier, by consent.
  return {
    ...none,
    decidedOn: addDays(wanted, -chance.between(12, 25)),
    takeoverAgreedOn: wanted,
    takeoverOn: wanted,
  };
}

const byUkraineAct = (decidedOn: Day): Day => takeoverDayByUkraineAct(decidedOn, 15);

/** Visits come every fortnight; people are met on one before the takeover. */
function visitDay(stage: Stage, takeoverOn: Day | null, today: Day, chance: Chance): Day {
  if (!hasReached(stage, 'met')) return workingDayOnOrAfter(addDays(today, chance.oneOf([5, 12])));
  let visitOn = addDays(today, -2);
  const latest = takeoverOn ?? addDays(today, -VISIT_RHYTHM_DAYS * chance.below(2));
  while (visitOn > latest) visitOn = addDays(visitOn, -VISIT_RHYTHM_DAYS);
  return workingDayOnOrBefore(visitOn);
}
