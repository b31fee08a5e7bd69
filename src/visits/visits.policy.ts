import type { MayChange } from '../refugees/refugees.contract.js';

/** Who sees a visit works on it; what happens to a participant is a change of the case, for which a grant is not enough. */
export const mayChangeParticipant: MayChange = (_, basis) => basis !== 'grant';
