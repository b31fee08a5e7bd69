import { basename } from 'node:path';
import pg from 'pg';

const { escapeIdentifier, escapeLiteral } = pg;
const OWNER = 'ankomst_owner';
const APP = 'ankomst_app';
// noinherit, nobypassrls…: said each time, so that a role that was changed by hand comes back as it should be
const ROLE_LIMITS = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit';

export interface Provisioning {
  database: string;
  ownerPassword: string;
  appPassword: string;
}

export interface ProvisionedUrls {
  migrationDatabaseUrl: string;
  databaseUrl: string;
}

/** Makes the two roles and the database, or brings them back to how they should be. Safe to repeat at any time. */
export async function provision(adminUrl: string, options: Provisioning): Promise<ProvisionedUrls> {
  const { database, ownerPassword, appPassword } = options;
  await connected(adminUrl, async (admin) => {
    // held until this connection ends: "create … if not exists" is not there for roles and databases
    await admin.query(`select pg_advisory_lock(hashtext('ankomst provision'))`);
    await ensureRole(admin, OWNER, ownerPassword);
    await ensureRole(admin, APP, appPassword);
    await keepValuesOutOfTheLog(admin, APP);
    await ensureDatabase(admin, database);
    await connected(urlFor(adminUrl, database), secureSchema);
  });
  return {
    migrationDatabaseUrl: urlFor(adminUrl, database, OWNER, ownerPassword),
    databaseUrl: urlFor(adminUrl, database, APP, appPassword),
  };
}

async function ensureRole(admin: pg.Client, role: string, password: string) {
  const name = escapeIdentifier(role);
  const found = await admin.query('select from pg_roles where rolname = $1', [role]);
  if (!found.rowCount) await admin.query(`create role ${name}`);
  await admin.query(`alter role ${name} with ${ROLE_LIMITS} password ${escapeLiteral(password)}`);
}

/**
 * What Postgres refuses it would write into its own log with the values of the row. The serving program hears of it and
 * logs it without them; the log keeps what Postgres has to say of itself. Only a superuser may set these.
 */
async function keepValuesOutOfTheLog(admin: pg.Client, role: string) {
  for (const [setting, value] of [
    ['log_min_messages', 'log'],
    ['log_min_error_statement', 'panic'],
    ['log_error_verbosity', 'terse'],
    ['log_parameter_max_length', '0'],
    ['log_parameter_max_length_on_error', '0'],
  ])
    await admin.query(`alter role ${escapeIdentifier(role)} set ${setting} = '${value}'`);
}

async function ensureDatabase(admin: pg.Client, database: string) {
  const [name, owner, app] = [database, OWNER, APP].map(escapeIdentifier);
  const found = await admin.query('select from pg_database where datname = $1', [database]);
  // the same encoding and Danish sorting on every server, whatever its own default is
  const locale = `encoding 'UTF8' locale_provider icu icu_locale 'da-DK' lc_collate 'C' lc_ctype 'C.UTF-8'`;
  if (!found.rowCount)
    await admin.query(`create database ${name} owner ${owner} template template0 ${locale}`);
  await admin.query(`alter database ${name} owner to ${owner}`);
  await admin.query(`revoke all on database ${name} from public`);
  // temporary: BullMQ adds several jobs at once by way of a temporary table
  await admin.query(`grant connect, temporary on database ${name} to ${app}`);
}

async function secureSchema(client: pg.Client) {
  await client.query(`alter schema public owner to ${escapeIdentifier(OWNER)}`);
  await client.query('revoke create on schema public from public');
}

async function connected(connectionString: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlFor(adminUrl: string, database: string, user?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (user) url.username = encodeURIComponent(user);
  if (password) url.password = encodeURIComponent(password);
  return url.href;
}

/** The provisioning step of docker-compose: what to make is read from the URLs that the other services use. */
async function provisionFromEnvironment() {
  const owner = namedIn('MIGRATION_DATABASE_URL', OWNER);
  const app = namedIn('DATABASE_URL', APP);
  if (owner.database !== app.database)
    throw new Error('MIGRATION_DATABASE_URL and DATABASE_URL differ in database');
  await provision(required('ADMIN_DATABASE_URL'), {
    database: app.database,
    ownerPassword: owner.password,
    appPassword: app.password,
  });
  console.log(`Database ${app.database} is provisioned`);
}

function namedIn(variable: string, role: string): { database: string; password: string } {
  const { user, password, database } = new pg.Client({ connectionString: required(variable) });
  if (user !== role || !password || !database) {
    throw new Error(`${variable} must name the role ${role}, its password and the database`);
  }
  return { database, password };
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set`);
  return value;
}

if (basename(process.argv[1] ?? '') === 'provision.js') void provisionFromEnvironment();
