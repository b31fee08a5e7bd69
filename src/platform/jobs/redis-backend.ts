import {
  createRedisBackend,
  RedisConnection,
  type BackendFactory,
  type ConnectionOptions,
  type RedisQueueBackend,
} from 'bullmq';
import type { RedisOptions } from 'ioredis';

/** The oldest Redis that BullMQ is meant for; it takes it on trust, see `skipVersionCheck`. */
export const OLDEST_REDIS = '6.2.0';

const ASK_AGAIN_MS = 1_000;

const BOTH: RedisOptions = { connectTimeout: 5_000, keepAlive: 10_000, retryStrategy: () => ASK_AGAIN_MS };

/** Who wakes never waits for a Redis that is away: what it cannot say now, the sweep finds. */
const PRODUCER: RedisOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 2_000,
};

/** A worker waits as long as it takes. */
const WORKER: RedisOptions = { maxRetriesPerRequest: null };

/** BullMQ on Redis, by ioredis; the connection names its `url`. */
export const redisBackend: BackendFactory<RedisQueueBackend> = (name, options, kind) => {
  const works = kind?.withBlockingConnection === true;
  // BullMQ's own look at each connection writes to the console, and a first one that breaks is kept for ever.
  // RedisCheck looks instead.
  RedisConnection.minimumVersion = OLDEST_REDIS;
  const connection = { ...options.connection, ...BOTH, ...(works ? WORKER : PRODUCER) } as ConnectionOptions;
  return createRedisBackend(
    name,
    { ...options, connection, skipVersionCheck: true, skipWaitingForReady: !works },
    kind,
  );
};
