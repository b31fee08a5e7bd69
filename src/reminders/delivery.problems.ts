import { problems } from '../platform/http/problem.js';

export const deliveryProblem = problems('delivery', {
  no_such_reminder: {
    kind: 'not_found',
    da: 'En af påmindelserne findes ikke, eller du kan ikke se den.',
    en: 'One of the reminders does not exist, or you cannot see it.',
  },
  nothing_to_decide: {
    kind: 'conflict',
    da: 'En af påmindelserne venter ikke på en beslutning.',
    en: 'One of the reminders waits for no decision.',
  },
});
