import { problems } from '../platform/http/problem.js';

export const classificationProblem = problems('classifications', {
  no_such_code: {
    kind: 'not_found',
    da: 'Klassifikationen har ikke den kode.',
    en: 'The classification has no such code.',
  },
});
