import { problems } from '../platform/http/problem.js';
import { declareRules } from '../platform/http/rule-texts.js';

export const programmeProblem = problems('programme', {
  contract_exists: {
    kind: 'conflict',
    da: 'Personen har allerede en kontrakt: ret kladden, eller revider den, der gælder.',
    en: 'The person has a contract already: change the draft, or revise the one in force.',
    constraint: 'integration_contracts_one_first',
  },
  no_such_contract: {
    kind: 'not_found',
    da: 'Kontrakten findes ikke, eller du kan ikke se den.',
    en: 'There is no such contract, or you cannot see it.',
  },
  contract_signed: {
    kind: 'conflict',
    da: 'Begge har underskrevet kontrakten, og den kan ikke ændres: revider den.',
    en: 'Both have signed the contract and it cannot change: revise it.',
    constraint: 'integration_contracts_frozen',
  },
  contract_half_signed: {
    kind: 'conflict',
    da: 'Den ene part har underskrevet kontrakten: træk underskriften tilbage, før den ændres.',
    en: 'One party has signed the contract: withdraw the signature before it changes.',
    constraint: 'integration_contracts_half_signed',
  },
  party_has_signed: {
    kind: 'conflict',
    da: 'Parten har allerede underskrevet kontrakten.',
    en: 'The party has signed the contract already.',
  },
  nobody_has_signed: {
    kind: 'conflict',
    da: 'Ingen har underskrevet kontrakten.',
    en: 'Nobody has signed the contract.',
  },
  contract_not_signed: {
    kind: 'conflict',
    da: 'Kontrakten er en kladde: ret selve kladden.',
    en: 'The contract is a draft: change the draft itself.',
  },
  revision_open: {
    kind: 'conflict',
    da: 'Kontrakten er allerede ved at blive revideret: ret den kladde, der er.',
    en: 'The contract is being revised already: change the draft that there is.',
    constraint: 'integration_contracts_one_draft',
  },
  contract_replaced: {
    kind: 'conflict',
    da: 'Kontrakten er afløst: revider den, der gælder.',
    en: 'The contract is replaced: revise the one in force.',
    constraint: 'integration_contracts_one_revision',
  },
  signed_in_future: {
    kind: 'refused',
    da: 'En kontrakt kan ikke være underskrevet på en dag, der ikke er kommet.',
    en: 'A contract cannot be signed on a day that has not come.',
  },
  signed_before_the_one_it_revises: {
    kind: 'refused',
    da: 'En kontrakt kan ikke være underskrevet før den, den reviderer.',
    en: 'A contract cannot be signed before the one it revises.',
  },
  activity_ends_before_it_begins: {
    kind: 'refused',
    da: 'En aktivitet kan ikke slutte, før den begynder.',
    en: 'An activity cannot end before it begins.',
  },
  no_visitation: {
    kind: 'not_found',
    da: 'Personen er ikke visiteret endnu.',
    en: 'The person has had no visitation yet.',
  },
  visitation_recorded: {
    kind: 'conflict',
    da: 'Visitationen er allerede registreret: ret den.',
    en: 'The visitation is recorded already: correct it.',
    constraint: 'visitations_one',
  },
  before_the_case: {
    kind: 'refused',
    da: 'Dagen ligger, før personen blev visiteret til kommunen, eller før fødslen.',
    en: 'The day lies before the person was allocated to the municipality, or before their birth.',
  },
  visitation_in_future: {
    kind: 'refused',
    da: 'En visitation kan ikke være holdt på en dag, der ikke er kommet.',
    en: 'A visitation cannot have been held on a day that has not come.',
  },
});

declareRules({
  not_before_it_begins: {
    da: () => 'kan ikke ligge før den første dag',
    en: () => 'cannot come before the first day',
  },
  with_the_person: {
    da: () => 'kan kun angives, når personen underskriver',
    en: () => 'can be given only when the person signs',
  },
});
