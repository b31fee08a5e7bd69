import {
  createPostgresBackend,
  type BackendFactory,
  type PostgresConnection,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq';

/** Milliseconds; who wakes does not wait for long: what it cannot say now, the sweep finds. */
const PRODUCER = { connectionTimeoutMillis: 2_000, statement_timeout: 5_000, query_timeout: 6_000 };
const WORKER = { connectionTimeoutMillis: 5_000, statement_timeout: 20_000, query_timeout: 25_000 };

/** BullMQ on Postgres. Every queue and worker opens a pool of its own and a connection that listens. */
export const postgresBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  kind,
) => {
  const patience = kind?.withBlockingConnection ? WORKER : PRODUCER;
  const connection = { ...(options.connection as object), ...patience, keepAlive: true };
  const backend = createPostgresBackend(name, { ...options, connection }, kind);
  forgetFailedStart(backend.connection);
  return backend;
};

/** BullMQ keeps a first connection that failed, and with it every later call fails: the next one is to try anew. */
function forgetFailedStart(connection: PostgresConnection): void {
  const begin = connection.waitUntilReady.bind(connection);
  connection.waitUntilReady = () =>
    begin().catch((error: unknown) => {
      connection['readyPromise'] = undefined;
      throw error;
    });
}
