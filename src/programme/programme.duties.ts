// Integration Act (integrationsloven) § 19: contract within one month after the municipality took over; § 16: from 18 years.
import type { RuleBook } from '../legislation/rule-book.js';
import {
  addDays,
  addMonths,
  addYears,
  workingDayOnOrBefore,
  type Day,
} from '../platform/calendar/calendar.js';
import type { Duty, DutyText } from '../reminders/reminders.contract.js';

export interface ContractFacts {
  subjectId: string;
  bornOn: Day;
  takeoverOn: Day | null;
  contractId: string | null;
  signedOn: Day | null;
}

/** The programme, and so the contract, is offered to people of 18 years and more at the takeover. */
const ADULT_YEARS = 18;

export const CONTRACT_RULE_KEYS = ['contract.deadline', 'practice.contract_target'];

export const dutyTexts: Record<string, DutyText> = {
  contract: {
    title: { da: 'Integrationskontrakt', en: 'Integration contract' },
    reason: {
      da: ({ earliestOn, latestOn }) =>
        `Kommunen overtog ansvaret ${earliestOn}; kontrakten skal være underskrevet senest ${latestOn} (integrationsloven § 19).`,
      en: ({ earliestOn, latestOn }) =>
        `The municipality took over on ${earliestOn}; the contract must be signed by ${latestOn} (Integration Act § 19).`,
    },
    ifNothing: {
      da: 'Fristen i loven overskrides, og kommunen kan ikke dokumentere forløbet over for staten.',
      en: 'The statutory deadline passes, and the municipality cannot document the course to the state.',
    },
  },
};

export function programmeDuties(facts: ContractFacts, rules: RuleBook): Duty[] {
  return [...contractDuty(facts, rules)];
}

function contractDuty(
  { subjectId, bornOn, takeoverOn, contractId, signedOn }: ContractFacts,
  rules: RuleBook,
): Duty[] {
  if (takeoverOn === null || takeoverOn < addYears(bornOn, ADULT_YEARS)) return [];
  const [deadline, target] = CONTRACT_RULE_KEYS.map((key) => rules.on(key, takeoverOn));
  return [
    {
      key: 'contract',
      role: 'caseworker',
      done: signedOn !== null,
      earliestOn: takeoverOn,
      targetOn: workingDayOnOrBefore(addDays(takeoverOn, target.value as number)),
      latestOn: addMonths(takeoverOn, deadline.value as number),
      rules: [deadline, target],
      act:
        contractId === null
          ? { method: 'POST', href: `/api/v1/refugees/${subjectId}/contracts` }
          : { method: 'POST', href: `/api/v1/contracts/${contractId}/signatures` },
    },
  ];
}
