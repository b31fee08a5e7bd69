import { problems } from '../platform/http/problem.js';

export const calendarFeedProblem = problems('calendar_feeds', {
  no_such_feed: {
    kind: 'not_found',
    da: 'Kalenderen findes ikke, eller den er lukket.',
    en: 'There is no such calendar, or it was closed.',
  },
});
