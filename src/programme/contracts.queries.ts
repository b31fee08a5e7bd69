import { seenCase } from '../refugees/refugees.contract.js';
import type { Activity, Goal } from './contracts.contract.js';

export interface ContractRow {
  id: string;
  person_id: string;
  version: number;
  revises_id: string | null;
  /** The one that revises it. */
  revision_id: string | null;
  revision_signed_on: string | null;
  goals: Goal[];
  activities: Activity[];
  drafted_at: Date;
  person_signed_on: string | null;
  declaration_signed_on: string | null;
  municipality_signed_on: string | null;
  signed_on: string | null;
}

const CONTRACT = `
  select c.id, c.refugee_id as person_id, v.basis, c.version, c.revises_id, n.id as revision_id, n.signed_on as revision_signed_on,
    c.goals, c.activities, c.drafted_at, c.person_signed_on, c.declaration_signed_on, c.municipality_signed_on, c.signed_on
  from integration_contracts c left join integration_contracts n on n.revises_id = c.id ${seenCase('c.refugee_id')}`;

/** `$3` contract. */
export const CONTRACT_BY_ID = `${CONTRACT} where c.id = $3`;
/** Of the case `$3`, newest first. */
export const CONTRACTS_OF_CASE = `${CONTRACT} where c.refugee_id = $3 order by c.drafted_at desc, c.id desc`;

/** Whose contract it is, when the actor sees the case: `$1` actor, `$2` contract. */
export const PERSON_OF_CONTRACT = `
  select c.refugee_id from integration_contracts c ${seenCase('c.refugee_id')}
  where c.id = $2`;
