import type { Basis } from '../refugees/refugees.contract.js';
import type { StaffActor } from '../staff/staff.contract.js';

/** Whose a follow-up is, and why the actor sees its case; null when it is of no case. */
interface Owned {
  ownerId: string | null;
  /** Who was told, because the owner did not read of it. */
  deputyId: string | null;
  basis: Basis | null;
}

export type MayTurn = (actor: StaffActor, followUp: Owned) => boolean;

/** Who works on the case may write on what is to be done in it. */
export const mayNote: MayTurn = (_, { basis }) => basis !== 'grant';

/** Putting off, giving away and dropping: whose it is, who stands in, or the leader. */
export const mayTurn: MayTurn = ({ id }, { ownerId, deputyId, basis }) =>
  id === ownerId || id === deputyId || basis === 'supervision';
