import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const refugeeProblem = problems('refugees', {
  no_such_case: {
    kind: 'not_found',
    da: 'Sagen findes ikke, eller du arbejder ikke med den.',
    en: 'There is no such case, or you do not work on it.',
  },
  asylum_person_id_taken: {
    kind: 'conflict',
    da: 'En anden person er registreret med dette person-id.',
    en: 'Another person is registered with this asylum person id.',
    constraint: 'refugee_identifiers_asylum_person_id',
  },
  cpr_taken: {
    kind: 'conflict',
    da: 'En anden person er registreret med dette CPR-nummer.',
    en: 'Another person is registered with this CPR number.',
    constraint: 'refugee_identifiers_cpr',
  },
  permit_ends_before_it_starts: {
    kind: 'refused',
    da: 'Opholdstilladelsen udløber, før den er givet.',
    en: 'The permit expires before it was granted.',
    constraint: 'refugees_permit_in_order',
  },
  interpreter_language_missing: {
    kind: 'refused',
    da: 'Skriv hvilket sprog tolken skal tale.',
    en: 'Say which language the interpreter must speak.',
    constraint: 'refugees_interpreter_named',
  },
  takeover_not_agreed_in_time: {
    kind: 'refused',
    da: 'En aftalt overtagelse ligger fra afgørelsen til den dag, loven giver (integrationsloven § 4, stk. 2).',
    en: 'An agreed takeover lies between the decision and the day the law gives (Integration Act § 4(2)).',
  },
  role_held_then: {
    kind: 'conflict',
    da: 'En anden har rollen i sagen fra en senere dag.',
    en: 'Somebody else holds this role in the case from a later day.',
    constraint: 'case_team_one_holder',
  },
  not_in_that_role: {
    kind: 'refused',
    da: 'Medarbejderen findes ikke i den rolle.',
    en: 'There is no such colleague in that role.',
  },
  reads_no_cases: {
    kind: 'refused',
    da: 'Medarbejderen findes ikke, har ikke en åben konto eller har en rolle, der ikke ser sager.',
    en: 'There is no such colleague with an open account and a role that sees cases.',
  },
  no_such_grant: {
    kind: 'not_found',
    da: 'Der er ikke givet en sådan særlig adgang til sagen.',
    en: 'There is no such grant of sight of the case.',
  },
  not_born_yet: {
    kind: 'refused',
    da: 'En fødselsdag kan ikke ligge i fremtiden.',
    en: 'A date of birth cannot be in the future.',
  },
  role_of_the_past: {
    kind: 'refused',
    da: 'En rolle kan gives fra i dag eller en senere dag, ikke tilbage i tiden.',
    en: 'A role can be given from today or a later day, not back in time.',
  },
  no_cpr: {
    kind: 'not_found',
    da: 'Personen har ikke et CPR-nummer endnu.',
    en: 'The person has no CPR number yet.',
  },
});

declareRules({
  cpr: {
    da: () => 'skal være et CPR-nummer med en rigtig dag og måned',
    en: () => 'must be a CPR number with a real day and month',
  },
  one_of_two: {
    da: () => 'send enten cpr eller asylumPersonId',
    en: () => 'send either cpr or asylumPersonId',
  },
});
