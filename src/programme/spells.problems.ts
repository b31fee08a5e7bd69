import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const spellProblem = problems('spells', {
  no_such_spell: {
    kind: 'not_found',
    da: 'Perioden findes ikke, eller du kan ikke se den.',
    en: 'There is no such spell, or you cannot see it.',
  },
  overlaps: {
    kind: 'conflict',
    da: 'Personen har en periode i de dage, som udelukker denne.',
    en: 'The person has a spell in those days that rules this one out.',
    constraint: 'spells_one_at_a_time',
  },
  not_right: {
    kind: 'refused',
    da: 'Perioden kan ikke være sådan.',
    en: 'A spell cannot be like that.',
  },
  of_another_record: {
    kind: 'conflict',
    da: 'Perioden følger af noget andet og ændres dér.',
    en: 'The spell follows from another record and changes with it.',
  },
  withdrawn: {
    kind: 'conflict',
    da: 'Perioden er trukket tilbage.',
    en: 'The spell has been withdrawn.',
  },
});

declareRules({
  not_before: {
    da: ({ field }) => `kan ikke ligge før ${String(field)}`,
    en: ({ field }) => `cannot be before ${String(field)}`,
  },
  not_in_future: {
    da: () => 'kan ikke ligge i fremtiden',
    en: () => 'cannot be in the future',
  },
  one_day: { da: () => 'er samme dag som fromOn', en: () => 'is the same day as fromOn' },
  overlaps: {
    da: () => 'når ind i en anden periode',
    en: () => 'reaches into another spell',
  },
});
