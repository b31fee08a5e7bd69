import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const talkProblem = problems('talks', {
  no_such_talk: {
    kind: 'not_found',
    da: 'Samtalen findes ikke, eller du kan ikke se den.',
    en: 'There is no such talk, or you cannot see it.',
  },
  out_of_turn: {
    kind: 'conflict',
    da: 'Det kan ikke gøres ved en samtale i den tilstand.',
    en: 'That cannot be done to a talk in this state.',
  },
  not_come_yet: {
    kind: 'refused',
    da: 'En samtale kan ikke være holdt eller udeblevet fra, før dagen er kommet.',
    en: 'A talk cannot have been held or missed before its day has come.',
  },
});

declareRules({
  needed_for: {
    da: ({ of }) => `skal med, når den er ${String(of)}`,
    en: ({ of }) => `is needed when it is ${String(of)}`,
  },
  not_for: {
    da: ({ of }) => `hører ikke til, når den er ${String(of)}`,
    en: ({ of }) => `does not belong when it is ${String(of)}`,
  },
});
