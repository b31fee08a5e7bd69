import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Claim, claimFolder } from './claim.js';
import { prepareDatabase } from './database.js';
import { forgetRunning, HOME, inHome, noteRunning, type Secrets } from './home.js';
import { startPrograms, waitForPort, waitUntilReady, wantedPort } from './programs.js';
import { say, sayTable, step } from './screen.js';
import { seedPeople } from './seed.js';
import { seedStaff, type SignIn } from './staff.js';
import { Interrupted, Refusal, stopOnSignals, stopped } from './stopping.js';
import { playStory } from './story.js';

const stop = stopOnSignals();
const { signal } = stop;
/** What must be taken down again, in the order in which it was put up. */
const takeDown: (() => Promise<unknown> | void)[] = [];

process.exitCode = 1;
try {
  await demo(optionsOf(process.argv.slice(2)));
  process.exitCode = 0;
} catch (error) {
  // A program that ended is heard of a moment later than the request it left unanswered, and explains more.
  await Promise.race([stopped(signal), sleep(500)]);
  explain(signal.aborted ? signal.reason : error);
} finally {
  await stopEverything();
}
process.exit();

async function demo({ exit }: { exit: boolean }): Promise<void> {
  const port = wantedPort();
  const address = `http://127.0.0.1:${port}`;
  say(`Ankomst, the demo. Everything is kept in ${HOME}; remove that folder to begin anew.`);
  say();
  const { postgres, leave } = await step('PostgreSQL', (tell) => claimFolder(stop, tell), serverLine);
  takeDown.push(leave);
  signal.throwIfAborted();
  await step(
    'Port',
    (tell) => waitForPort(port, signal, tell),
    () => `${port} is free`,
  );
  const { secrets, migrationDatabaseUrl, databaseUrl } = await step(
    'Database',
    () => prepareDatabase(postgres.adminUrl),
    ({ done }) => done,
  );
  signal.throwIfAborted();
  noteRunning({ address, migrationDatabaseUrl });
  takeDown.push(forgetRunning);
  const owner = ownerOf(migrationDatabaseUrl);
  const environment = environmentFor(port, address, databaseUrl, secrets);
  const signIns = await step('Staff', () => seedStaff(owner), staffLine);
  await step(
    'People',
    (tell) => seedPeople(owner, environment, signal, tell),
    (how) => `200 people ${how}`,
  );
  signal.throwIfAborted();
  const programs = startPrograms(environment, stop);
  takeDown.push(programs.stop);
  await step(
    'Programs',
    (tell) => waitUntilReady(address, signal, tell),
    () => 'API and worker run',
  );
  await playStory({ address, owner, migrationDatabaseUrl, signIns, signal });
  if (exit) return;
  announce(address, signIns);
  await stopped(signal);
  if (!(signal.reason instanceof Interrupted)) throw signal.reason;
}

function optionsOf(words: string[]): { exit: boolean } {
  const unknown = words.filter((word) => word !== '--exit');
  if (unknown.length > 0)
    throw new Refusal(`What is ${unknown.join(' ')}? npm run demo takes -- --exit or nothing.`);
  return { exit: words.includes('--exit') };
}

function serverLine({ postgres: { adopted, port } }: Claim): string {
  return `${adopted ? 'was still running' : 'started'} on port ${port}`;
}

function staffLine(signIns: SignIn[]): string {
  return `${signIns.length} colleagues in two units`;
}

function ownerOf(connectionString: string): pg.Pool {
  const owner = new pg.Pool({ connectionString, max: 5 });
  owner.on('error', () => undefined); // whoever asks next is told
  takeDown.push(() => owner.end());
  return owner;
}

function environmentFor(
  port: number,
  address: string,
  databaseUrl: string,
  { TOKEN_KEYS, DATA_KEYS, INDEX_KEY }: Secrets,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: address,
    LOG_LEVEL: 'info',
    DATABASE_URL: databaseUrl,
    DATABASE_CONNECTIONS: '10',
    DRAIN_SECONDS: '0',
    TOKEN_KEYS,
    DATA_KEYS,
    INDEX_KEY,
    // relative, since the address of a mailbox holds no space and a folder may
    MAIL_URL: 'file:.ankomst/mail',
    FILES_AT: 'file:.ankomst/files',
    MAIL_FROM: 'Ankomst <ankomst@localhost>',
    SWEEP_SECONDS: '1',
  };
}

function announce(address: string, signIns: SignIn[]): void {
  say();
  say(`Ankomst runs at ${address}`);
  sayTable([
    ['read and try', `${address}/api/docs`],
    ['OpenAPI', `${address}/api/openapi.json`],
    ['queues, as administrator', `${address}/admin/queues`],
    ['mail', inHome('mail')],
    ['logs', `${inHome('api.log')}, ${inHome('worker.log')}`],
    ['move the clock', 'npm run clock -- 2027-03-28T05:59:00Z'],
  ]);
  say();
  say(
    `Sign in with POST ${address}/api/v1/auth/sign-in {email, password}; also in ${inHome('sign-ins.json')}:`,
  );
  sayTable(signIns.map(({ role, unit, email, password }) => [role, unit, email, password]));
  say();
  say('Stop with Ctrl-C; the next start keeps everything and plays another story.');
}

function explain(problem: unknown): void {
  const text =
    problem instanceof Interrupted
      ? `Stopping (${problem.message}) …`
      : problem instanceof Refusal
        ? problem.message
        : `The demo failed: ${problem instanceof Error ? problem.stack : String(problem)}`;
  process.stderr.write(`\n${text}\n`);
}

async function stopEverything(): Promise<void> {
  if (signal.reason instanceof Interrupted && process.exitCode === 0) say('\nStopping …');
  for (const down of takeDown.toReversed()) {
    try {
      await down();
    } catch (error) {
      process.exitCode = 1;
      explain(error);
    }
  }
}
