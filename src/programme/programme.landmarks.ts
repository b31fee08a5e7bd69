// What of a person's programme municipal practice may count from, wait for and end by.
import type { Day } from '../platform/calendar/calendar.js';
import { nextBoundary } from '../platform/calendar/spans.js';
import type { Act, LandmarkNames, Landmarks } from '../reminders/reminders.contract.js';
import { contractAct } from './contract.duties.js';
import type { ProgrammeFacts } from './programme.duties.js';
import { stretchOn } from './stretches.rules.js';
import { talkAct } from './talks.duties.js';

export const landmarkNames: LandmarkNames = {
  days: {
    takeover: { da: 'kommunen overtog ansvaret', en: 'the municipality took over' },
    visitation: { da: 'visitationen', en: 'the visitation' },
    'contract.signed': { da: 'kontrakten blev underskrevet', en: 'the contract was signed' },
    'talk.held': { da: 'en opfølgningssamtale blev holdt', en: 'a follow-up talk was held' },
    'benefit.began': { da: 'ydelsen begyndte', en: 'benefit began' },
    'work.began': { da: 'ordinært arbejde begyndte', en: 'ordinary work began' },
    'wage_subsidy.began': { da: 'løntilskud begyndte', en: 'a wage subsidy began' },
    'education.began': { da: 'uddannelse begyndte', en: 'education began' },
    'leave.began': { da: 'orlov begyndte', en: 'leave began' },
    birth: { da: 'en fødsel', en: 'a birth' },
  },
  recorded: ['visitation', 'contract.signed', 'talk.held'],
  states: {
    on_benefit: { da: 'på ydelse', en: 'on benefit' },
    in_work: { da: 'i ordinært arbejde', en: 'in ordinary work' },
    in_education: { da: 'i uddannelse', en: 'in education' },
    on_leave: { da: 'på orlov', en: 'on leave' },
    self_supporting: { da: 'selvforsørgende', en: 'self-supporting' },
  },
};

/** The kind of spell whose first day is the landmark. */
const BEGINNINGS = {
  'benefit.began': 'benefit',
  'work.began': 'work',
  'wage_subsidy.began': 'wage_subsidy',
  'education.began': 'education',
  'leave.began': 'leave',
  birth: 'birth',
};

/** The kind of spell that makes it so. */
const STATES = {
  on_benefit: 'benefit',
  in_work: 'work',
  in_education: 'education',
  on_leave: 'leave',
  self_supporting: 'self_supporting',
};

export function programmeLandmarks(facts: ProgrammeFacts, today: Day): Landmarks {
  const { subjectId, takeoverOn, visitationOn, contractsSignedOn, talksHeldOn, spells } = facts;
  const beginnings = Object.entries(BEGINNINGS).map(([name, wanted]) => [
    name,
    spells.filter(({ kind }) => kind === wanted).map(({ fromOn }) => fromOn),
  ]);
  return {
    days: {
      takeover: takeoverOn === null ? [] : [takeoverOn],
      visitation: visitationOn === null ? [] : [visitationOn],
      'contract.signed': contractsSignedOn,
      'talk.held': talksHeldOn,
      ...(Object.fromEntries(beginnings) as Record<string, Day[]>),
    },
    states: Object.entries(STATES).flatMap(([name, kind]) =>
      stretchOn(spells, [kind], today) ? [name] : [],
    ),
    acts: {
      visitation: { method: 'POST', href: `/api/v1/refugees/${subjectId}/visitation` },
      'contract.signed': nextContractAct(facts),
      'talk.held': talkAct(facts),
    },
    pauses: spells.filter(({ kind }) => kind === 'suspended'),
    changesOn: nextBoundary(spells, today),
  };
}

/** Who has a contract signs another by revising it. */
const nextContractAct = (facts: ProgrammeFacts): Act =>
  facts.draftId === null && facts.contractInForceId !== null
    ? { method: 'POST', href: `/api/v1/contracts/${facts.contractInForceId}/revisions` }
    : contractAct(facts);
