import type { Proof } from './proof.js';
import { diesOfUncaught } from './proofs/dies-of-uncaught.js';
import { leavesUnderLoad } from './proofs/leaves-under-load.js';
import { migrateTogether } from './proofs/migrate-together.js';
import { poolRunsOut } from './proofs/pool-runs-out.js';
import { postgresFreezes } from './proofs/postgres-freezes.js';
import { postgresRestarts } from './proofs/postgres-restarts.js';
import { refusesToStart } from './proofs/refuses-to-start.js';

/** In the order in which they run: the cheap ones first. */
export const PROOFS: readonly Proof[] = [
  refusesToStart,
  diesOfUncaught,
  migrateTogether,
  leavesUnderLoad,
  poolRunsOut,
  postgresRestarts,
  postgresFreezes,
];
