// No act asks for it: the Copenhagen model wants everybody met at the asylum centre, and what was heard there signed.
import { addWorkingDays, type Day } from '../platform/calendar/calendar.js';
import type { Act, Duty, DutyText } from '../reminders/reminders.contract.js';
import type { Outcome } from './visits.contract.js';

/** One person's part of a visit that is over: closed, or cancelled and then without an outcome. */
export interface PastVisit {
  participantId: string;
  onDay: Day;
  /** The day it was closed or cancelled. */
  overOn: Day;
  outcome: Outcome | null;
  /** Whether the person is on a visit of a later day, or on one that is still to be. */
  onLaterVisit: boolean;
  /** Whether an assessment of the person was signed on the visit's day or later. */
  assessed: boolean;
}

export interface VisitFacts {
  subjectId: string;
  /** From then on nobody looks for the person at an asylum centre. */
  takeoverOn: Day | null;
  /** The assessment that waits for a signature, if there is one. */
  draftId: string | null;
  /** In the order in which they were over. */
  visits: PastVisit[];
}

/** Working days after the visit was closed or cancelled: practice of ours. */
const INVITE_AGAIN = { target: 5, latest: 10 };
const FIND_AGAIN = { target: 3, latest: 10 };
const SIGN_ASSESSMENT = { target: 5, latest: 10 };

export const visitTexts: Record<string, DutyText> = {
  'visit.invite_again': {
    title: { da: 'Inviter igen til centerbesøg', en: 'Invite to a centre visit again' },
    reason: {
      da: ({ earliestOn }) =>
        `Personen blev ikke mødt på det besøg, der sluttede ${earliestOn}, og er ikke på et senere besøg.`,
      en: ({ earliestOn }) =>
        `The person was not met on the visit that ended on ${earliestOn} and is on no later one.`,
    },
    ifNothing: {
      da: 'Personens kompetencer er ikke kendt, når kommunen overtager ansvaret.',
      en: 'What the person can is not known when the municipality takes over.',
    },
  },
  'visit.find_again': {
    title: { da: 'Find det nye asylcenter', en: 'Find the new asylum centre' },
    reason: {
      da: ({ earliestOn }) =>
        `Personen var flyttet, da besøget blev afsluttet ${earliestOn}: undersøg hvorhen, og planlæg et besøg dér.`,
      en: ({ earliestOn }) =>
        `The person had moved when the visit was closed on ${earliestOn}: ask where to, and plan a visit there.`,
    },
    ifNothing: {
      da: 'Ingen fra kommunen møder personen før overtagelsen.',
      en: 'Nobody from the municipality meets the person before the takeover.',
    },
  },
  'visit.sign_assessment': {
    title: { da: 'Underskriv kompetenceafklaringen', en: 'Sign the assessment' },
    reason: {
      da: ({ earliestOn }) =>
        `Personen blev mødt på det besøg, der blev afsluttet ${earliestOn}, men kompetenceafklaringen er ikke underskrevet.`,
      en: ({ earliestOn }) =>
        `The person was met on the visit that was closed on ${earliestOn}, but the assessment is not signed.`,
    },
    ifNothing: {
      da: 'Det, personen fortalte, indgår ikke i kompetenceprofilen.',
      en: 'What the person told is not part of the competence profile.',
    },
  },
};

export function visitDuties(facts: VisitFacts, today: Day): Duty[] {
  return facts.visits.flatMap((visit, place) => {
    // what an earlier visit left to do passed on to the later one, also when that was cancelled
    const passedOn = place < facts.visits.length - 1;
    const duty = dutyOf(facts, { ...visit, onLaterVisit: visit.onLaterVisit || passedOn }, today);
    return duty === null ? [] : { ...duty, occurrence: place + 1 };
  });
}

/** The takeover ends the looking for people at centres by coming. */
export const visitChangesOn = ({ takeoverOn, visits }: VisitFacts, today: Day): Day | null =>
  takeoverOn !== null && takeoverOn > today && visits.some(({ outcome }) => outcome !== 'met')
    ? takeoverOn
    : null;

function dutyOf(facts: VisitFacts, visit: PastVisit, today: Day): Duty | null {
  if (visit.outcome === 'met')
    return aDuty('visit.sign_assessment', visit, SIGN_ASSESSMENT, visit.assessed, signAct(facts));
  if (facts.takeoverOn !== null && facts.takeoverOn <= today) return null;
  const plan = { method: 'POST', href: '/api/v1/visits' };
  return visit.outcome === 'moved'
    ? aDuty('visit.find_again', visit, FIND_AGAIN, visit.onLaterVisit, plan)
    : aDuty('visit.invite_again', visit, INVITE_AGAIN, visit.onLaterVisit, plan);
}

const signAct = ({ subjectId, draftId }: VisitFacts): Act => ({
  method: 'POST',
  href:
    draftId === null
      ? `/api/v1/refugees/${subjectId}/assessments`
      : `/api/v1/assessments/${draftId}/signatures`,
});

function aDuty(
  key: string,
  { overOn }: PastVisit,
  days: { target: number; latest: number },
  done: boolean,
  act: Act,
): Duty {
  return {
    key,
    occurrence: 1,
    series: key,
    role: 'job_consultant',
    done,
    earliestOn: overOn,
    targetOn: addWorkingDays(overOn, days.target),
    latestOn: addWorkingDays(overOn, days.latest),
    rules: [],
    assumed: [],
    pauses: [],
    act,
  };
}
