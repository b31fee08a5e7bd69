// Municipal practice: a reminder that reached nobody by mail is looked at by who leads the unit, the day it is found or the next.
import { addWorkingDays, type Day } from '../platform/calendar/calendar.js';
import type { Duty, DutyText } from './reminders.contract.js';

export interface UndeliveredFacts {
  subjectId: string;
  /** The day the first of them was due. */
  since: Day;
  /** Whether a person has decided on all of them, or what they remind of has ended. */
  decided: boolean;
}

export const UNDELIVERED = 'undelivered';

export const undeliveredTexts: Record<string, DutyText> = {
  [UNDELIVERED]: {
    title: { da: 'Påmindelse, der ikke nåede frem', en: 'Reminder that did not arrive' },
    reason: {
      da: ({ earliestOn }) =>
        `En påmindelse af ${earliestOn} kunne ikke sendes, eller det er uvist, om den er sendt.`,
      en: ({ earliestOn }) =>
        `A reminder of ${earliestOn} could not be sent, or nobody knows whether it was.`,
    },
    ifNothing: {
      da: 'Den, der skulle mindes om en frist, ved det måske ikke.',
      en: 'Whoever was to be reminded of a deadline may not know of it.',
    },
  },
};

export function undeliveredDuties({ since, decided }: UndeliveredFacts): Duty[] {
  return [
    {
      key: UNDELIVERED,
      occurrence: 1,
      series: UNDELIVERED,
      role: 'team_leader',
      done: decided,
      earliestOn: since,
      targetOn: since,
      latestOn: addWorkingDays(since, 1),
      rules: [],
      assumed: [],
      pauses: [],
      act: { method: 'POST', href: '/api/v1/reminders/decisions' },
    },
  ];
}
