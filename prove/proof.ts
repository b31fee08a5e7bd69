import type { Ledger } from './ledger.js';
import type { Stage } from './stage.js';

/** One promise of the program, and how it is put to the proof against the built program. */
export interface Proof {
  /** Its number in the list of checks; none where the list has none. */
  check: string;
  name: string;
  /** What must hold, in a sentence. */
  says: string;
  /** Left out of a quick run. */
  slow?: boolean;
  run(stage: Stage, ledger: Ledger): Promise<void>;
}
