import { setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import type { Config } from '../config/config.js';
import { postgresBackend } from './postgres-backend.js';
import { redisBackend } from './redis-backend.js';

/** Schema of the queue in our own database; `npm run migrate` makes it, whichever backend is used. */
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Where the queue lives: in Redis when `REDIS_URL` is set, else in our own Postgres.
 * BullMQ's choice of backend is one for the whole program and must precede the first queue.
 */
export function queueConnection(config: Pick<Config, 'REDIS_URL' | 'DATABASE_URL'>): ConnectionOptions {
  if (config.REDIS_URL) {
    setDefaultBackendFactory(redisBackend);
    return { url: config.REDIS_URL };
  }
  setDefaultBackendFactory(postgresBackend);
  // Typed for Redis by @nestjs/bullmq. Every queue and worker opens a pool of its own, hence the small ones.
  return { connectionString: config.DATABASE_URL, schema: QUEUE_SCHEMA, max: 3 };
}
