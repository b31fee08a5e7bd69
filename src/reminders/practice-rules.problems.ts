import { problems } from '../platform/http/problem.js';

export const practiceProblem = problems('practice_rules', {
  no_such_rule: {
    kind: 'not_found',
    da: 'Reglen findes ikke, eller den gælder i en anden enhed.',
    en: 'There is no such rule, or it is of another unit.',
  },
  no_such_dry_run: {
    kind: 'not_found',
    da: 'Prøvekørslen findes ikke, er for gammel, eller er i en anden enhed.',
    en: 'There is no such dry run, it is too old, or it is of another unit.',
  },
  draft_exists: {
    kind: 'conflict',
    da: 'Reglen har allerede en kladde; ret den.',
    en: 'The rule has a draft already; change that one.',
    constraint: 'practice_rule_versions_one_draft',
  },
  was_on: {
    kind: 'conflict',
    da: 'Versionen er eller har været slået til og ændres ikke mere; lav en ny.',
    en: 'The version is on or was, and changes no more; make a new one.',
    constraint: 'practice_rule_versions_frozen',
  },
  not_on: {
    kind: 'conflict',
    da: 'Versionen er ikke slået til.',
    en: 'The version is not on.',
  },
});
