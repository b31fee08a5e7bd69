import { rm } from 'node:fs/promises';

/** Nothing of a run stays: neither its Postgres nor the files its tests kept. */
export default async function globalTeardown() {
  await globalThis.stopTestPostgres?.();
  await rm(process.env.TEST_HOME, { recursive: true, force: true });
}
