// The duties of the programme: Integration Act § 16 says who takes part and how long, §§ 19 and 20 what is owed.
import { addYears, type Day } from '../platform/calendar/calendar.js';
import { nextBoundary } from '../platform/calendar/spans.js';
import type { RuleBook } from '../legislation/rule-book.js';
import type { Duty, DutyText } from '../reminders/reminders.contract.js';
import { contractDuty, contractText } from './contract.duties.js';
import type { Stretch } from './stretches.rules.js';
import { talkDuties, talkTexts } from './talks.duties.js';

export interface ProgrammeFacts {
  subjectId: string;
  bornOn: Day;
  takeoverOn: Day | null;
  visitationOn: Day | null;
  draftId: string | null;
  /** The contract that both signed last. */
  contractInForceId: string | null;
  /** The days on which contracts were signed by both, in order. */
  contractsSignedOn: Day[];
  talksHeldOn: Day[];
  plannedTalkId: string | null;
  /** In the order of their first days. */
  spells: Stretch[];
}

export const dutyTexts: Record<string, DutyText> = { contract: contractText, ...talkTexts };

export const PROGRAMME_RULE_KEYS = ['programme.age_min', 'programme.max'];

export function programmeDuties(facts: ProgrammeFacts, rules: RuleBook, today: Day): Duty[] {
  const { takeoverOn } = facts;
  if (takeoverOn === null || !takesPart(facts.bornOn, takeoverOn, rules)) return [];
  const pauses = facts.spells.filter(({ kind }) => kind === 'suspended');
  const known = { ...facts, takeoverOn, pauses, contractSignedOn: facts.contractsSignedOn.at(0) ?? null };
  return [
    contractDuty(known, rules),
    ...(today < endOf(takeoverOn, rules) ? talkDuties(known, rules, today) : []),
  ];
}

/** The next day that turns the duties by coming: a spell begins or is over, or the programme is. */
export function programmeChangesOn(
  { takeoverOn, spells }: ProgrammeFacts,
  rules: RuleBook,
  today: Day,
): Day | null {
  if (takeoverOn === null) return null;
  const turn = nextBoundary(spells, today);
  const end = endOf(takeoverOn, rules);
  return end > today && (turn === null || end < turn) ? end : turn;
}

/** The programme, and so the contract, is offered to people of 18 years and more at the takeover. */
function takesPart(bornOn: Day, takeoverOn: Day, rules: RuleBook): boolean {
  return takeoverOn >= addYears(bornOn, rules.on('programme.age_min', takeoverOn).value as number);
}

/** The first day after the longest programme. */
const endOf = (takeoverOn: Day, rules: RuleBook): Day =>
  addYears(takeoverOn, rules.on('programme.max', takeoverOn).value as number);
