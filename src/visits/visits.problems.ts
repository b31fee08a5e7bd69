import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

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
    da: 'Deltageren har allerede et udfald.',
    en: 'The participant has an outcome already.',
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
  not_yet: {
    kind: 'refused',
    da: 'Besøget kan først afsluttes på dagen for besøget.',
    en: 'The visit can be closed on its day, not before.',
  },
  cancelled: {
    kind: 'conflict',
    da: 'Besøget er aflyst.',
    en: 'The visit is cancelled.',
  },
  not_met_yet: {
    kind: 'refused',
    da: 'Ingen er mødt eller udeblevet før dagen for besøget.',
    en: 'Nobody has been met or been absent before the day of the visit.',
  },
  day_came: {
    kind: 'refused',
    da: 'Et besøg kan kun ændres før dagen for besøget. Fandt det ikke sted den dag, så aflys det og planlæg et nyt.',
    en: 'A visit can be changed only before its day. If it did not take place that day, cancel it and plan another.',
  },
  day_passed: {
    kind: 'refused',
    da: 'Besøget kan ikke flyttes til en dag, der er gået.',
    en: 'The visit cannot be moved to a day that has passed.',
  },
  left_out: {
    kind: 'refused',
    da: 'Du ser kun besøget, fordi du selv er med: lad en kollega tage dig af.',
    en: 'You see the visit only because you go along: let a colleague take you off.',
  },
  took_place: {
    kind: 'refused',
    da: 'Besøget har fundet sted: en deltager blev mødt eller udeblev. Afslut det i stedet.',
    en: 'The visit took place: a participant was met or absent. Close it instead.',
  },
  not_invited: {
    kind: 'not_found',
    da: 'Deltageren er ikke inviteret.',
    en: 'The participant has not been invited.',
  },
  invited_to_come: {
    kind: 'refused',
    da: 'En invitation kan ikke have en dato i fremtiden.',
    en: 'An invitation cannot be dated in the future.',
  },
  no_such_booking: {
    kind: 'not_found',
    da: 'Tolkebookingen findes ikke på besøget.',
    en: 'There is no such booking of an interpreter on the visit.',
  },
  booking_done: {
    kind: 'conflict',
    da: 'Tolkebookingen er allerede bekræftet eller aflyst.',
    en: 'The booking of the interpreter is confirmed or cancelled already.',
  },
  booking_hours: {
    kind: 'refused',
    da: 'Tolkningen skal begynde, før den slutter.',
    en: 'The interpreting must begin before it ends.',
    constraint: 'interpreter_bookings_hours',
  },
  too_many_bookings: {
    kind: 'conflict',
    da: 'Der kan ikke bestilles flere tolke til besøget.',
    en: 'No more interpreters can be booked for the visit.',
  },
});

declareRules({
  json: {
    da: () => 'skal være der, og hvert tal i den skal kunne gemmes',
    en: () => 'must be there, and every number in it must be one that can be kept',
  },
});
