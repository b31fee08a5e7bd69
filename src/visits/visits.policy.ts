import type { Basis } from '../refugees/refugees.contract.js';

/** Who sees a visit works on it; what happens to a participant is a change of the case, for which a grant is not enough. */
export function mayChangeParticipant(basis: Basis): boolean {
  return basis !== 'grant';
}
