import { problems } from '../platform/http/problem.js';

export const programmeProblem = problems('programme', {
  contract_exists: {
    kind: 'conflict',
    da: 'Personen har allerede en kontrakt.',
    en: 'The person has a contract already.',
    constraint: 'integration_contracts_one',
  },
  no_such_contract: {
    kind: 'not_found',
    da: 'Kontrakten findes ikke, eller du kan ikke se den.',
    en: 'There is no such contract, or you cannot see it.',
  },
  contract_signed: {
    kind: 'conflict',
    da: 'Kontrakten er underskrevet og kan ikke ændres.',
    en: 'The contract is signed and cannot change.',
    constraint: 'integration_contracts_frozen',
  },
  signed_in_future: {
    kind: 'refused',
    da: 'En kontrakt kan ikke være underskrevet på en dag, der ikke er kommet.',
    en: 'A contract cannot be signed on a day that has not come.',
  },
});
