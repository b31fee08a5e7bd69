import type { Chance } from '../../demo/chance.js';
import type { Day } from '../../src/platform/calendar/calendar.js';
import type { TakeoverFacts } from '../../src/refugees/refugees.rules.js';
import { after, type Days } from './days.js';
import type { Law } from './law.js';
import type { ScalePerson } from './person.js';

/** How long ago the first of all was registered; the law of takeovers in Ukraine's case begins in March 2022. */
const SPAN_DAYS = 4 * 365;
/** Whose case stands on paper only because of the registration in the municipality (§ 4(3)). */
const BY_REGISTRATION = ['aliens_act_8', 'family_reunification'];

/** The way of one person up to today; a day that would come later is null. */
export interface Course {
  registeredOn: Day;
  facts: TakeoverFacts;
  takeoverOn: Day | null;
  takeoverRuleIds: string[];
  /** Takeover days that were planned before the one that stands, oldest first. */
  movedFrom: Day[];
  metOn: Day | null;
  coordinatorOn: Day | null;
  caseworkerOn: Day | null;
  /** When the caseworker of today followed another. */
  passedOnOn: Day | null;
  draftedOn: Day | null;
  signedOn: Day | null;
}

/** People come at an even pace, so those of the last months, who have work to be done, are one in twenty. */
export function courseOf(person: ScalePerson, persons: number, days: Days, law: Law, chance: Chance): Course {
  const past = (day: Day): Day | null => (day <= days.today ? day : null);
  const registeredOn = days.ago(Math.floor((SPAN_DAYS * (persons - person.number)) / persons));
  const decidedOn = past(after(registeredOn, chance.between(2, 25)));
  const facts = factsOf(person, decidedOn, past);
  const { takeoverOn, ruleIds } = law.takeover(facts);
  const common = { registeredOn, facts, takeoverOn, takeoverRuleIds: ruleIds };
  const metOn =
    chance.hits(80) && decidedOn ? past(days.visit(after(decidedOn, chance.between(3, 20)))) : null;
  if (takeoverOn === null) return { ...common, movedFrom: [], metOn, ...ABSENT, coordinatorOn: decidedOn };
  const caseworkerOn = past(after(takeoverOn, -chance.between(5, 20)));
  const taken = takeoverOn <= days.today;
  const draftedOn = taken && chance.hits(97) ? past(after(takeoverOn, chance.between(3, 15))) : null;
  const signedOn = draftedOn && chance.hits(97) ? past(after(draftedOn, chance.between(1, 14))) : null;
  return {
    ...common,
    movedFrom: Array.from({ length: chance.hits(20) ? 1 : 0 }, (_, place) =>
      after(takeoverOn, -3 * (place + 1)),
    ),
    metOn,
    coordinatorOn: decidedOn,
    caseworkerOn: caseworkerOn && caseworkerOn >= registeredOn ? caseworkerOn : past(takeoverOn),
    passedOnOn: signedOn && chance.hits(25) ? past(after(signedOn, chance.between(30, 400))) : null,
    draftedOn,
    signedOn,
  };
}

const ABSENT = { caseworkerOn: null, passedOnOn: null, draftedOn: null, signedOn: null };

function factsOf(
  { permitBasis }: ScalePerson,
  decidedOn: Day | null,
  past: (day: Day) => Day | null,
): TakeoverFacts {
  const byRegistration = decidedOn !== null && BY_REGISTRATION.includes(permitBasis);
  return {
    permitBasis,
    allocationDecidedOn: decidedOn,
    registeredOn: byRegistration ? past(after(decidedOn, 30)) : null,
    takeoverAgreedOn: null,
  };
}
