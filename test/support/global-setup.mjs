import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The built program, because Jest does not compile what its setup imports; `npm test` builds first.
import { startPostgres } from '../../dist/scripts/embedded-postgres.js';
import { migrate } from '../../dist/scripts/migrate.js';
import { provision } from '../../dist/scripts/provision.js';

/** One throw-away Postgres a run, with a migrated template that every test file clones. */
export default async function globalSetup() {
  const home = join(tmpdir(), `ankomst-test-${randomUUID().slice(0, 8)}`);
  const server = await startPostgres({ home, persistent: false });
  const urls = await provision(server.adminUrl, {
    database: 'ankomst_template',
    ownerPassword: 'owner',
    appPassword: 'app',
  });
  await migrate(urls.migrationDatabaseUrl);
  Object.assign(process.env, {
    TEST_HOME: home,
    TEST_ADMIN_URL: server.adminUrl,
    TEST_OWNER_URL: urls.migrationDatabaseUrl,
    TEST_TEMPLATE_URL: urls.databaseUrl,
  });
  globalThis.stopTestPostgres = server.stop;
}
