import { seenCase } from '../refugees/refugees.contract.js';

export interface ContractRow {
  id: string;
  person_id: string;
  version: number;
  goal: string;
  activities: string;
  drafted_at: Date;
  signed_on: string | null;
}

const CONTRACT = `
  select c.id, c.refugee_id as person_id, v.basis, c.version, c.goal, c.activities, c.drafted_at, c.signed_on
  from integration_contracts c ${seenCase('c.refugee_id')}`;

export const CONTRACT_BY_ID = `${CONTRACT} where c.id = $3`;
export const CONTRACTS_OF_CASE = `${CONTRACT} where c.refugee_id = $3`;

/** Whose contract it is, when the actor sees the case: `$1` actor, `$2` contract. */
export const PERSON_OF_CONTRACT = `
  select c.refugee_id from integration_contracts c ${seenCase('c.refugee_id')}
  where c.id = $2`;

/** What the duties of cases follow from; the columns are those of `ContractFacts`. */
export const CONTRACT_FACTS: string = `
  select r.id as "subjectId", r.born_on as "bornOn", r.takeover_on as "takeoverOn", c.id as "contractId", c.signed_on as "signedOn"
  from refugees r left join integration_contracts c on c.refugee_id = r.id
  where r.id = any($1::uuid[])`;

/** Cases without a signed contract that were taken over in a rule's days. */
export const CASES_TAKEN_OVER_IN = `
  select r.id from refugees r left join integration_contracts c on c.refugee_id = r.id
  where r.takeover_on between coalesce($1::date, '-infinity') and coalesce($2::date, 'infinity') and c.signed_on is null`;
