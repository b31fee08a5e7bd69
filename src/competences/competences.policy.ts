import type { Basis } from '../refugees/refugees.contract.js';
import type { StaffActor } from '../staff/staff.contract.js';

/** Drafting, changing, signing and amending: the case's job consultant, or the unit's leader. Whoever sees the case may read. */
export function mayAssess({ role }: StaffActor, basis: Basis): boolean {
  return basis === 'supervision' || (basis === 'case_work' && role === 'job_consultant');
}
