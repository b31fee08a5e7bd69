// A worker in a process of its own, on the connection of the product; REDIS_URL and DATABASE_URL say where.
// The built program, because it runs outside Jest. Each start and end of a job is one line: what a kill leaves.
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { JobWorker } from '../../dist/src/platform/jobs/job-worker.js';
import { queueConnection } from '../../dist/src/platform/jobs/queue-backend.js';
import { createLogger, JsonLogger } from '../../dist/src/platform/logging/logging.js';

Logger.overrideLogger(new JsonLogger(createLogger('info')));
const say = (event, job) =>
  process.stdout.write(`${JSON.stringify({ event, id: job?.id, at: Date.now() })}\n`);

const work = async (job) => {
  say('start', job);
  await sleep(job.data.ms ?? 0);
  if (job.attemptsMade < (job.data.failures ?? 0)) throw new Error('as it was told to');
  say('done', job);
};

const worker = new JobWorker(process.argv[2], work, {
  connection: queueConnection(process.env),
  concurrency: 10,
  lockDuration: 1_500,
  stalledInterval: 1_000,
  maxStalledCount: 3,
});
process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1));
say('up');
