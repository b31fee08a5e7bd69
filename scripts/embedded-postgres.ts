import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  ensureCluster,
  isAlive,
  nativeFolder,
  placeFor,
  removeEverything,
  removeLeftovers,
  serverAccount,
  type ServerPlace,
  spawnOptions,
  superuserPassword,
} from './embedded-postgres-files.js';
import { freePort } from './free-port.js';

export interface EmbeddedPostgres {
  /** superuser, database `postgres` */
  adminUrl: string;
  port: number;
  /** the server was already running, or another starter was faster */
  adopted: boolean;
  dataFolder: string;
  stop(): Promise<void>;
}

interface Postmaster {
  pid: number;
  port: number;
}

const PATIENCE_MS = 20_000;
const LARGEST_LOG = 10 * 1024 * 1024;
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
];
const THROW_AWAY_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** PostgreSQL from the npm package on a folder of our own. Run at the project's root. */
export async function startPostgres(options: {
  home: string;
  persistent?: boolean;
  log?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const { home, persistent = true, log = () => {} } = options;
  const place = placeFor(home);
  const { dataFolder } = place;
  await removeLeftovers(place.base);
  const native = await nativeFolder(place.base);
  await ensureCluster(place, native, persistent);
  const password = superuserPassword(dataFolder);
  const urlAt = (port: number) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const { port, adopted } = await startOrAdopt(place, urlAt, () => spawnServer(place, native, persistent));
  log(`PostgreSQL ${adopted ? 'was already running' : 'started'} on port ${port}, its data in ${dataFolder}`);
  const stop = async () => {
    await stopServer(dataFolder);
    if (!persistent) await removeEverything(place);
  };
  return { adminUrl: urlAt(port), port, adopted, dataFolder, stop };
}

/**
 * PostgreSQL itself decides, by its lock file and its shared memory, that only one server runs on a folder. So
 * a start that fails is tried again: the winner may be there to adopt, the sessions of a killed server may need
 * a moment to end, or the port was taken meanwhile.
 */
async function startOrAdopt(
  { dataFolder, logFile }: ServerPlace,
  urlAt: (port: number) => string,
  start: () => Promise<ChildProcess>,
): Promise<Postmaster & { adopted: boolean }> {
  const deadline = Date.now() + PATIENCE_MS;
  let child: ChildProcess | undefined;
  let lockBefore: string | undefined;
  let refusal: unknown = 'it ends at once';
  while (Date.now() < deadline) {
    const running = runningPostmaster(dataFolder);
    if (running) {
      refusal = await refusalOf(urlAt(running.port));
      if (!refusal) return { ...running, adopted: running.pid !== child?.pid };
    } else if (child && hasEnded(child)) {
      await sleep(300);
      removeStaleLock(dataFolder, lockBefore);
      child = undefined;
    } else if (!child) {
      lockBefore = lockIdentity(dataFolder);
      child = await start();
    }
    await sleep(50);
  }
  const log = fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
  throw new Error(`PostgreSQL on ${dataFolder} did not start in 20 s (${refusal}); its log:\n${log}`);
}

async function spawnServer({ dataFolder, logFile }: ServerPlace, native: string, persistent: boolean) {
  const settings = [...SETTINGS, ...(persistent ? [] : THROW_AWAY_SETTINGS)].flatMap((it) => ['-c', it]);
  const port = String(await freePort());
  if ((fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) fs.truncateSync(logFile);
  const log = fs.openSync(logFile, 'a', 0o600);
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', dataFolder, '-p', port, ...settings], {
    ...spawnOptions(serverAccount(dataFolder)),
    stdio: ['ignore', log, log],
    // Ctrl-C reaches the whole process group: a kept server must outlive our own shutdown, the server of a test
    // run must not outlive the run, which has no shutdown on Ctrl-C
    detached: persistent,
  });
  fs.closeSync(log);
  child.unref();
  await once(child, 'spawn');
  return child;
}

async function refusalOf(connectionString: string): Promise<unknown> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * PostgreSQL respects a lock for ever whose number now belongs to another program of this account, or which a
 * kill or power failure left unreadable. Only a lock that outlasted a failed start is removed: a newer one is
 * another starter's, perhaps just being written.
 */
function removeStaleLock(dataFolder: string, lockBefore: string | undefined) {
  if (!lockBefore || lockBefore !== lockIdentity(dataFolder) || runningPostmaster(dataFolder)) return;
  const pid = Number.parseInt(readLock(dataFolder));
  if (Number.isNaN(pid) || isAlive(pid)) fs.rmSync(lockFile(dataFolder), { force: true });
}

async function stopServer(dataFolder: string) {
  const pid = runningPostmaster(dataFolder)?.pid;
  if (!pid) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isPostmaster(pid, dataFolder)) process.kill(pid, signal);
    const deadline = Date.now() + PATIENCE_MS;
    while (isPostmaster(pid, dataFolder) && Date.now() < deadline) await sleep(20);
  }
  if (isPostmaster(pid, dataFolder)) throw new Error(`PostgreSQL ${pid} on ${dataFolder} does not stop`);
}

function lockFile(dataFolder: string): string {
  return join(dataFolder, 'postmaster.pid');
}

function readLock(dataFolder: string): string {
  try {
    return fs.readFileSync(lockFile(dataFolder), 'utf8');
  } catch {
    return ''; // the server removes it when it ends
  }
}

function lockIdentity(dataFolder: string): string | undefined {
  const found = fs.statSync(lockFile(dataFolder), { bigint: true, throwIfNoEntry: false });
  return found && `${found.ino} ${found.mtimeNs} ${readLock(dataFolder)}`;
}

function runningPostmaster(dataFolder: string): Postmaster | undefined {
  const [pid, , , port] = readLock(dataFolder).split('\n').map(Number);
  return pid && port && isPostmaster(pid, dataFolder) ? { pid, port } : undefined;
}

/** The folder is asked for as well, since a number can be reused by another project's PostgreSQL. */
function isPostmaster(pid: number, dataFolder: string): boolean {
  return isAlive(pid) && commandLine(pid).includes(`postgres -D ${dataFolder} `);
}

function commandLine(pid: number): string {
  try {
    return process.platform === 'linux'
      ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // it ended meanwhile
  }
}
