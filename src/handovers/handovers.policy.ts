import type { MayChange } from '../refugees/refugees.contract.js';
import type { ReceiverRole } from './case-handovers.contract.js';

/** Taking a case over, or returning it: who holds the role in the case's team, or the unit's leader. */
export const mayReceive =
  (toRole: ReceiverRole): MayChange =>
  ({ role }, basis) =>
    basis === 'supervision' || (basis === 'case_work' && role === toRole);
