// Integration Act (integrationsloven) § 4(2) and (3); Ukraine special act (særlov) § 30.
import type { Day } from '../platform/calendar/calendar.js';
import type { RuleBook } from '../legislation/rule-book.js';
import { takeover, type Act } from '../legislation/takeover.rules.js';
import type { PermitBasis } from './refugees.contract.js';

export interface TakeoverFacts {
  permitBasis: PermitBasis | null;
  allocationDecidedOn: Day | null;
  registeredOn: Day | null;
  takeoverAgreedOn: Day | null;
}

export interface RefugeeTakeover {
  /** Null while the facts do not give a day. */
  takeoverOn: Day | null;
  ruleIds: string[];
}

const NOT_YET: RefugeeTakeover = { takeoverOn: null, ruleIds: [] };

/** § 4(3): quota refugees and reunified families are taken over when they are registered in the municipality. */
const BY_REGISTRATION: readonly (PermitBasis | null)[] = ['aliens_act_8', 'family_reunification'];

const actOf = (basis: PermitBasis | null): Act => (basis === 'ukraine_act' ? 'ukraine' : 'integration');

/** The day the municipality takes over: the law's, or an earlier one that the person agreed to. */
export function takeoverOf(facts: TakeoverFacts, rules: RuleBook): RefugeeTakeover {
  if (BY_REGISTRATION.includes(facts.permitBasis)) return { ...NOT_YET, takeoverOn: facts.registeredOn };
  if (facts.allocationDecidedOn === null) return NOT_YET;
  const byLaw = takeover(actOf(facts.permitBasis), facts.allocationDecidedOn, rules);
  const agreedOn = facts.takeoverAgreedOn;
  return {
    takeoverOn: agreedOn !== null && agreedOn < byLaw.takeoverOn ? agreedOn : byLaw.takeoverOn,
    ruleIds: byLaw.rules.map((rule) => rule.id),
  };
}

/** Whether an agreed takeover lies between the decision and the day the law gives. */
export function agreedInTime(facts: TakeoverFacts, rules: RuleBook): boolean {
  const { takeoverAgreedOn, allocationDecidedOn } = facts;
  if (takeoverAgreedOn === null) return true;
  if (allocationDecidedOn === null || BY_REGISTRATION.includes(facts.permitBasis)) return false;
  const byLaw = takeoverOf({ ...facts, takeoverAgreedOn: null }, rules).takeoverOn!;
  return allocationDecidedOn <= takeoverAgreedOn && takeoverAgreedOn <= byLaw;
}
