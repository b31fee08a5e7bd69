import { Worker } from 'bullmq';
import { JobQueue } from '../src/platform/jobs/job-queue.js';
import { queueConnection } from '../src/platform/jobs/queue-backend.js';

// Jobs that do nothing, in a process of its own: what the queue alone takes for each. Answers how many a second.
const JOBS = 5_000;
const CONCURRENCY = 10;
const NAME = 'bench';

process.once('disconnect', () => process.exit());
process.on('message', () => void noopsPerSecond().then((answer) => process.send!(answer)));

async function noopsPerSecond(): Promise<number> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const connection = queueConnection({ DATABASE_URL: DATABASE_URL!, REDIS_URL });
  const queue = new JobQueue(NAME, { connection });
  await queue.onModuleInit();
  const opts = { attempts: 1, removeOnComplete: true, removeOnFail: true };
  await queue.addBulk(Array.from({ length: JOBS }, () => ({ name: 'noop', data: {}, opts })));
  let done = 0;
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const work = async (): Promise<void> => void (++done === JOBS && resolve());
    new Worker(NAME, work, { connection, concurrency: CONCURRENCY }).once('error', reject);
  });
  return (JOBS * 1000) / (performance.now() - began);
}
