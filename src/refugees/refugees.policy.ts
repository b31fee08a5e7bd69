import type { StaffActor } from '../staff/staff.contract.js';
import type { Basis } from './refugees.contract.js';

// A grant lets somebody read; changing a case takes a place on its team, or the unit's leader.

/** Facts of the person and the case: names, permit, allocation, handover, household, languages, identifiers. */
export function mayChangeCase({ role }: StaffActor, basis: Basis): boolean {
  return (
    basis === 'supervision' || (basis === 'case_work' && (role === 'job_consultant' || role === 'caseworker'))
  );
}

/** Who works on the case. */
export function mayChangeTeam(_actor: StaffActor, basis: Basis): boolean {
  return basis !== 'grant';
}

export function mayGrantSight(_actor: StaffActor, basis: Basis): boolean {
  return basis === 'supervision';
}

/** The whole CPR number, for those who need it in the person's business with the authorities. */
export function mayRevealCpr(actor: StaffActor, basis: Basis): boolean {
  return mayChangeCase(actor, basis);
}
