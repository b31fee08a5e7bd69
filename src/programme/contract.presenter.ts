import { stateOf } from './contract.rules.js';
import type { Activity, ContractContent, Goal } from './contracts.contract.js';
import type { ContractRow } from './contracts.queries.js';
import type {
  ChangeContract,
  ContractActivity,
  ContractGoal,
  ContractView,
  DraftContract,
} from './dto/contract.dto.js';

export function contractView(row: ContractRow): ContractView {
  const { signed_on: signedOn, revision_id: revisionId, revision_signed_on } = row;
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.person_id,
    state: stateOf({ signedOn, revision: revisionId === null ? null : { signedOn: revision_signed_on } }),
    revisesId: row.revises_id,
    revisionId,
    goals: row.goals,
    activities: row.activities,
    draftedAt: row.drafted_at.toISOString(),
    personSignedOn: row.person_signed_on,
    declarationSignedOn: row.declaration_signed_on,
    municipalitySignedOn: row.municipality_signed_on,
    signedOn,
  };
}

/** What a request says of the contract, with null for what it leaves out of a goal or an activity. */
export function contentOf(request: DraftContract): ContractContent;
export function contentOf(request: ChangeContract): Partial<ContractContent>;
export function contentOf({ goals, activities }: ChangeContract): Partial<ContractContent> {
  return {
    ...(goals && { goals: goals.map(goalOf) }),
    ...(activities && { activities: activities.map(activityOf) }),
  };
}

const goalOf = ({ kind, description, occupation = null }: ContractGoal): Goal => ({
  kind,
  description,
  occupation,
});

function activityOf({
  kind,
  description,
  fromOn = null,
  untilOn = null,
  hoursPerWeek = null,
}: ContractActivity): Activity {
  return { kind, description, fromOn, untilOn, hoursPerWeek };
}
