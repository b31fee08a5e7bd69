import { problems } from '../platform/http/problem.js';

export const noteProblem = problems('notes', {
  no_such_note: {
    kind: 'not_found',
    da: 'Notatet findes ikke, eller du arbejder ikke med sagen.',
    en: 'There is no such note, or you do not work on the case.',
  },
  about_the_future: {
    kind: 'refused',
    da: 'Et notat kan ikke handle om en dag, der ikke er kommet.',
    en: 'A note cannot be about a day that has not come.',
  },
  not_the_author: {
    kind: 'forbidden',
    da: 'Kun den, der skrev notatet, kan rette i det. Når det er låst, kan du tilføje en ændring.',
    en: 'Only who wrote the note can change it. Once it is frozen you can amend it.',
  },
  frozen: {
    kind: 'conflict',
    da: 'Notatet er mere end et døgn gammelt og låst. Tilføj en ændring med en begrundelse.',
    en: 'The note is more than a day old and frozen. Amend it, with a reason.',
    constraint: 'case_notes_frozen',
  },
  not_frozen: {
    kind: 'conflict',
    da: 'Notatet er ikke låst endnu: den, der skrev det, kan rette selve notatet.',
    en: 'The note is not frozen yet: who wrote it can change the note itself.',
  },
});
