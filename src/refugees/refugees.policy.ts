import type { StaffActor } from '../staff/staff.contract.js';
import type { MayChange } from './refugees.contract.js';

// A grant lets somebody read; changing a case takes a place on its team, or the unit's leader.

/** Facts of the person and the case: names, permit, allocation, handover, household, languages, identifiers. */
export const mayChangeCase: MayChange = ({ role }, basis) =>
  basis === 'supervision' || (basis === 'case_work' && (role === 'job_consultant' || role === 'caseworker'));

/** Who works on the case. */
export const mayChangeTeam: MayChange = (_, basis) => basis !== 'grant';

export const mayGrantSight: MayChange = (_, basis) => basis === 'supervision';

/** Who outside the team sees the case is for those who work on it. */
export const maySeeGrants: MayChange = (_, basis) => basis !== 'grant';

/** Whoever works on a case writes down what is of importance to it, and amends what stands. */
export const mayWriteNote: MayChange = (_, basis) => basis !== 'grant';

/** The same of the papers of a case: adds them, and withdraws what was added by mistake. */
export const mayKeepDocuments: MayChange = (_, basis) => basis !== 'grant';

/** A note is its author's words until it is frozen. */
export const mayChangeNote = (actor: StaffActor, note: { authorId: string }): boolean =>
  note.authorId === actor.id;

/** The whole CPR number, for those who need it in the person's business with the authorities. */
export const mayRevealCpr: MayChange = mayChangeCase;
