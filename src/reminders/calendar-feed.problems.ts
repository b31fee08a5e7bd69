import { problems } from '../platform/http/problem.js';

export const calendarProblem = problems('calendars', {
  no_such_calendar: {
    kind: 'not_found',
    da: 'Kalenderen findes ikke, eller den er lukket.',
    en: 'There is no such calendar, or it was closed.',
  },
});
