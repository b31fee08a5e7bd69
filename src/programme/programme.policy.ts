import type { Basis } from '../refugees/refugees.contract.js';
import type { StaffActor } from '../staff/staff.contract.js';

/** The contract is the caseworker's; the unit's leader stands in. */
export function mayWorkOnContract({ role }: StaffActor, basis: Basis): boolean {
  return basis === 'supervision' || (basis === 'case_work' && role === 'caseworker');
}
