import { problems } from '../platform/http/problem.js';

export const handoverProblem = problems('handovers', {
  in_the_past: {
    kind: 'refused',
    da: 'En sagsstamme kan overdrages fra i dag eller en senere dag, ikke tilbage i tiden.',
    en: 'A caseload can be handed over from today or a later day, not back in time.',
  },
  to_the_same_person: {
    kind: 'refused',
    da: 'Vælg en anden kollega end den, der overdrager.',
    en: 'Choose another colleague than the one who hands over.',
    constraint: 'handovers_to_another',
  },
  takes_no_cases: {
    kind: 'refused',
    da: 'Kollegaen findes ikke, har ikke en åben konto eller har en rolle, der ikke er på sagens team.',
    en: 'There is no such colleague with an open account and a role in case teams.',
  },
  in_another_role: {
    kind: 'refused',
    da: 'Kollegaen har en anden rolle end den, sagerne overdrages i.',
    en: 'The colleague has another role than the one the cases are handed over in.',
  },
  nothing_to_hand_over: {
    kind: 'refused',
    da: 'Der er ingen sager i enheden at overdrage fra den dag.',
    en: 'There are no cases in the unit to hand over from that day.',
  },
});
