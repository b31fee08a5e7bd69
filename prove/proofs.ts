import type { Proof } from './proof.js';
import { apiKilled } from './proofs/api-killed.js';
import { clockJumps } from './proofs/clock-jumps.js';
import { demoKilled } from './proofs/demo-killed.js';
import { diesOfUncaught } from './proofs/dies-of-uncaught.js';
import { leavesUnderLoad } from './proofs/leaves-under-load.js';
import { migrateTogether } from './proofs/migrate-together.js';
import { poison } from './proofs/poison.js';
import { poolRunsOut } from './proofs/pool-runs-out.js';
import { postgresFreezes } from './proofs/postgres-freezes.js';
import { postgresRestarts } from './proofs/postgres-restarts.js';
import { queueEmptied } from './proofs/queue-emptied.js';
import { refusesToStart } from './proofs/refuses-to-start.js';
import { remindersOutlivePostgres } from './proofs/reminders-outlive-postgres.js';
import { soak } from './proofs/soak.js';
import { twoWorkers } from './proofs/two-workers.js';
import { workerAway } from './proofs/worker-away.js';
import { workerKilled } from './proofs/worker-killed.js';
import { workerLeaves } from './proofs/worker-leaves.js';

/** In the order in which they run: the cheap ones first. */
export const PROOFS: readonly Proof[] = [
  refusesToStart,
  diesOfUncaught,
  migrateTogether,
  leavesUnderLoad,
  workerLeaves,
  queueEmptied,
  twoWorkers,
  clockJumps,
  workerAway,
  poison,
  poolRunsOut,
  postgresRestarts,
  postgresFreezes,
  remindersOutlivePostgres,
  workerKilled,
  apiKilled,
  demoKilled,
  soak,
];
