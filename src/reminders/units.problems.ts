import { problems } from '../platform/http/problem.js';

export const unitProblem = problems('units', {
  not_led: {
    kind: 'not_found',
    da: 'Enheden findes ikke, eller du leder den ikke i dag.',
    en: 'There is no such unit, or you do not lead it today.',
  },
});
