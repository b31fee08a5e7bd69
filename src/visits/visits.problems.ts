import { problems } from '../platform/http/problem.js';

export const visitProblem = problems('visits', {
  no_such_visit: {
    kind: 'not_found',
    da: 'Besøget findes ikke, eller du kan ikke se det.',
    en: 'There is no such visit, or you cannot see it.',
  },
  no_such_participant: {
    kind: 'not_found',
    da: 'Deltageren findes ikke på besøget, eller du arbejder ikke med sagen.',
    en: 'There is no such participant of the visit, or you do not work on the case.',
  },
  not_a_job_consultant: {
    kind: 'refused',
    da: 'Kun jobkonsulenter tager på centerbesøg.',
    en: 'Only job consultants go on centre visits.',
  },
  closed: {
    kind: 'conflict',
    da: 'Besøget er afsluttet.',
    en: 'The visit is closed.',
  },
  already_participant: {
    kind: 'conflict',
    da: 'Personen er allerede på besøget.',
    en: 'The person is a participant of the visit already.',
    constraint: 'visit_participants_once',
  },
  full: {
    kind: 'conflict',
    da: 'Der er ikke plads til flere på besøget.',
    en: 'The visit takes no more participants.',
  },
  outcome_recorded: {
    kind: 'conflict',
    da: 'Deltageren har et udfald og kan ikke fjernes.',
    en: 'The participant has an outcome and cannot be removed.',
  },
  assessment_without_meeting: {
    kind: 'refused',
    da: 'Kun en deltager, der blev mødt, kan have en kompetenceafklaring fra besøget.',
    en: 'Only a participant who was met can have an assessment from the visit.',
    constraint: 'visit_participants_assessed_when_met',
  },
  hidden_participants_open: {
    kind: 'refused',
    da: 'En deltager, hvis sag du ikke kan se, mangler et udfald: det må en kollega på besøget angive.',
    en: 'A participant whose case you cannot see lacks an outcome: a colleague on the visit must say it.',
  },
  participants_open: {
    kind: 'refused',
    da: 'Alle deltagere skal have et udfald, før besøget afsluttes.',
    en: 'Every participant needs an outcome before the visit is closed.',
  },
});
