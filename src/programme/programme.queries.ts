/**
 * What the duties of cases follow from; the columns are those of `ContractFacts`. The contract is the first, which
 * all later ones revise: the duty is to have one, and it is done once the first is signed.
 */
export const CONTRACT_FACTS: string = `
  select r.id as "subjectId", r.born_on as "bornOn", r.takeover_on as "takeoverOn", c.id as "contractId", c.signed_on as "signedOn"
  from refugees r left join integration_contracts c on c.refugee_id = r.id and c.revises_id is null
  where r.id = any($1::uuid[])`;

/** Cases without a signed contract that were taken over in a rule's days. */
export const CASES_TAKEN_OVER_IN = `
  select r.id from refugees r left join integration_contracts c on c.refugee_id = r.id and c.revises_id is null
  where r.takeover_on between coalesce($1::date, '-infinity') and coalesce($2::date, 'infinity') and c.signed_on is null`;
