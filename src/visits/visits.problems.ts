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
  no_such_pack: {
    kind: 'not_found',
    da: 'Pakken findes ikke, eller den er en andens.',
    en: 'There is no such pack, or it is somebody else’s.',
  },
  no_such_attachment: {
    kind: 'not_found',
    da: 'Bilaget findes ikke, eller det hører til en sag, du ikke arbejder med.',
    en: 'There is no such attachment, or it is of a case you do not work on.',
  },
  no_such_operation: {
    kind: 'not_found',
    da: 'Operationen findes ikke på besøget, eller du arbejder ikke med sagen.',
    en: 'There is no such operation on the visit, or you do not work on the case.',
  },
  decided: {
    kind: 'conflict',
    da: 'Operationen er allerede afgjort.',
    en: 'The operation is decided already.',
  },
  nowhere_to_put: {
    kind: 'refused',
    da: 'Værdien har ikke noget sted at stå: der mangler en kladde, eller feltet findes ikke i den.',
    en: 'The value has nowhere to stand: there is no draft, or no such field in it.',
  },
  value_unusable: {
    kind: 'refused',
    da: 'Værdien kan ikke bruges. Lad den ligge, og skriv den rigtige.',
    en: 'The value cannot be used. Leave it, and write the right one.',
  },
  pack_complete: {
    kind: 'conflict',
    da: 'Pakken er kommet tilbage eller allerede afskrevet; der mangler ikke noget fra den.',
    en: 'The pack came back or is written off already; nothing of it is missing.',
  },
  packs_out: {
    kind: 'refused',
    da: 'Pakker er stadig ude: tag dem ind, eller afskriv dem med en grund.',
    en: 'Packs are still out: take them in, or write them off with a reason.',
  },
  manifest_incomplete: {
    kind: 'refused',
    da: 'Ikke alt, hvad enhederne har talt, er kommet frem.',
    en: 'Not everything the devices counted has arrived.',
  },
  operations_undecided: {
    kind: 'refused',
    da: 'Operationer er i konflikt eller i karantæne, og ingen har valgt.',
    en: 'Operations are in conflict or in quarantine, and nobody has chosen.',
  },
});
