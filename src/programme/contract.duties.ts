// Integration Act (integrationsloven) § 19: contract within one month after the municipality took over.
import { addDays, addMonths, workingDayOnOrBefore, type Day } from '../platform/calendar/calendar.js';
import type { Span } from '../platform/calendar/spans.js';
import type { RuleBook } from '../legislation/rule-book.js';
import type { Act, Duty, DutyText } from '../reminders/reminders.contract.js';

export interface ContractFacts {
  subjectId: string;
  takeoverOn: Day;
  /** The contract that waits for signatures, if there is one. */
  draftId: string | null;
  /** The day a contract was first signed by both. */
  contractSignedOn: Day | null;
  pauses: Span[];
}

export const CONTRACT_RULE_KEYS = ['contract.deadline', 'practice.contract_target'];

export const contractText: DutyText = {
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
};

export function contractDuty(facts: ContractFacts, rules: RuleBook): Duty {
  const { takeoverOn, contractSignedOn, pauses } = facts;
  const [deadline, target] = CONTRACT_RULE_KEYS.map((key) => rules.on(key, takeoverOn));
  return {
    key: 'contract',
    occurrence: 1,
    series: 'contract',
    role: 'caseworker',
    done: contractSignedOn !== null,
    earliestOn: takeoverOn,
    targetOn: workingDayOnOrBefore(addDays(takeoverOn, target.value as number)),
    latestOn: addMonths(takeoverOn, deadline.value as number),
    rules: [deadline, target],
    assumed: [],
    pauses,
    act: contractAct(facts),
  };
}

export function contractAct({ subjectId, draftId }: Pick<ContractFacts, 'subjectId' | 'draftId'>): Act {
  const path = draftId === null ? `refugees/${subjectId}/contracts` : `contracts/${draftId}/signatures`;
  return { method: 'POST', href: `/api/v1/${path}` };
}
