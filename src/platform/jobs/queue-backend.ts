import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import type { Config } from '../config/config.js';

/** Schema of the queue in our own database; `npm run migrate` makes it. */
export const QUEUE_SCHEMA = 'bullmq';

/** BullMQ on our own Postgres. Its choice of backend is one for the whole program and must precede the first queue. */
export function queueConnection(config: Config): ConnectionOptions {
  setDefaultBackendFactory(createPostgresBackend);
  // Typed for Redis by @nestjs/bullmq. Every queue and worker opens a pool of its own, hence the small ones.
  return {
    connectionString: config.DATABASE_URL,
    schema: QUEUE_SCHEMA,
    max: 3,
  };
}
