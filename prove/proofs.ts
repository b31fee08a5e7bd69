import type { Proof } from './proof.js';
import { apiKilled } from './proofs/api-killed.js';
import { demoKilled } from './proofs/demo-killed.js';
import { diesOfUncaught } from './proofs/dies-of-uncaught.js';
import { leavesUnderLoad } from './proofs/leaves-under-load.js';
import { migrateTogether } from './proofs/migrate-together.js';
import { poolRunsOut } from './proofs/pool-runs-out.js';
import { postgresFreezes } from './proofs/postgres-freezes.js';
import { postgresRestarts } from './proofs/postgres-restarts.js';
import { refusesToStart } from './proofs/refuses-to-start.js';
import { workerKilled } from './proofs/worker-killed.js';
import { workerLeaves } from './proofs/worker-leaves.js';

/** In the order in which they run: the cheap ones first. */
export const PROOFS: readonly Proof[] = [
  refusesToStart,
  diesOfUncaught,
  migrateTogether,
  leavesUnderLoad,
  workerLeaves,
  poolRunsOut,
  postgresRestarts,
  postgresFreezes,
  workerKilled,
  apiKilled,
  demoKilled,
];
