import { problems } from '../platform/http/problem.js';

export const caseHandoverProblem = problems('case_handovers', {
  no_such_handover: {
    kind: 'not_found',
    da: 'Overdragelsen findes ikke, eller du arbejder ikke med sagen.',
    en: 'There is no such handover, or you do not work on the case.',
  },
  no_such_question: {
    kind: 'not_found',
    da: 'Spørgsmålet findes ikke ved overdragelsen.',
    en: 'The handover has no such question.',
  },
  nobody_to_receive: {
    kind: 'refused',
    da: 'Ingen har rollen i sagens team, og enheden har ingen leder, der kan træde til.',
    en: 'Nobody holds the role in the case’s team, and the unit has no leader to stand in.',
  },
  open: {
    kind: 'conflict',
    da: 'Sagen er allerede tilbudt rollen. Vent på svar.',
    en: 'The case is offered to the role already. Wait for the reply.',
    constraint: 'case_handovers_one_open',
  },
  questions_open: {
    kind: 'conflict',
    da: 'Svar først på de spørgsmål, sagen kom tilbage med.',
    en: 'Answer the questions first that the case came back with.',
  },
  decided: {
    kind: 'conflict',
    da: 'Overdragelsen er allerede modtaget eller sendt tilbage.',
    en: 'The handover is accepted or returned already.',
  },
  answered: {
    kind: 'conflict',
    da: 'Spørgsmålet er besvaret.',
    en: 'The question is answered.',
  },
});
