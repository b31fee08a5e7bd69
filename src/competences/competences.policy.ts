import type { MayChange } from '../refugees/refugees.contract.js';

/** Drafting, changing, signing and amending: the case's job consultant, or the unit's leader. Whoever sees the case may read. */
export const mayAssess: MayChange = ({ role }, basis) =>
  basis === 'supervision' || (basis === 'case_work' && role === 'job_consultant');
