import { problems } from '../platform/http/problem.js';

export const absenceProblem = problems('absences', {
  no_such_absence: {
    kind: 'not_found',
    da: 'Der er ikke registreret et sådant fravær, eller det er ikke dit at se.',
    en: 'There is no such absence, or it is not yours to see.',
  },
  overlaps: {
    kind: 'conflict',
    da: 'Der er allerede registreret fravær på en af dagene.',
    en: 'An absence on one of these days is recorded already.',
    constraint: 'staff_absences_one_at_a_time',
  },
  over: {
    kind: 'conflict',
    da: 'Fraværet er slut og kan ikke ændres.',
    en: 'The absence is over and cannot be changed.',
  },
  begun: {
    kind: 'conflict',
    da: 'Fraværet er begyndt: den første dag ligger fast.',
    en: 'The absence has begun: its first day stands.',
  },
  of_the_past: {
    kind: 'refused',
    da: 'Fravær registreres fra i dag eller en senere dag, ikke tilbage i tiden.',
    en: 'An absence is recorded from today or a later day, not back in time.',
  },
  ends_before_it_starts: {
    kind: 'refused',
    da: 'Den sidste dag ligger før den første.',
    en: 'The last day is before the first.',
  },
  deputy_away: {
    kind: 'refused',
    da: 'Stedfortræderen er selv fraværende på en af dagene.',
    en: 'The deputy is away, too, on one of these days.',
  },
});
