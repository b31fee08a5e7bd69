import type { StaffActor } from '../staff/staff.contract.js';
import type { Turned } from './follow-up-turns.queries.js';

type MayTurn = (actor: StaffActor, followUp: Turned) => boolean;

/** Who works on the case may write on what is to be done in it. */
export const mayNote: MayTurn = (_, { basis }) => basis !== 'grant';

/** Putting off, giving away and dropping: whose it is, who stands in, or the leader. */
export const mayTurn: MayTurn = ({ id }, { ownerId, deputyId, basis }) =>
  id === ownerId || id === deputyId || basis === 'supervision';
