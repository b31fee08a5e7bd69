import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOME } from './home.js';
import { freePort } from '../scripts/free-port.js';

const READY_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 10_000;

/** A program in a process of its own. */
export interface Program {
  address: string;
  /** From the spawn until it was ready, ms. */
  startedIn: number;
  /** Sends it a message and gives its answer. */
  ask: <Answer>(message?: unknown) => Promise<Answer>;
  stop: () => Promise<void>;
}

/**
 * @param entry in dist/, such as `src/main.js`
 * @param inside imported before the program, such as `bench/recorder.js`
 */
export async function startProgram(
  entry: string,
  environment: NodeJS.ProcessEnv,
  inside?: string,
): Promise<Program> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const { child, logFile } = inBackground(entry, { ...environment, PORT: String(port) }, inside);
  await eventually(child, logFile, () =>
    fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const startedIn = performance.now() - began;
  return { address, startedIn, ask: (message = 'now') => ask(child, message), stop: () => stop(child) };
}

/** The worker, which serves nobody over HTTP and says in its log that it has started. */
export async function startWorker(environment: NodeJS.ProcessEnv): Promise<Pick<Program, 'ask' | 'stop'>> {
  const { child, logFile } = inBackground('src/worker.js', environment, 'bench/consumption.js');
  await eventually(child, logFile, async () => readFileSync(logFile, 'utf8').includes('"started":"worker"'));
  return { ask: (message = 'now') => ask(child, message), stop: () => stop(child) };
}

/** One that serves nobody over HTTP: it only answers messages. */
export function startAnswering(
  entry: string,
  environment: NodeJS.ProcessEnv = {},
): Pick<Program, 'ask' | 'stop'> {
  const child = fork(inDist(entry), {
    env: { ...process.env, ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  return { ask: (message) => ask(child, message), stop: () => stop(child) };
}

const inDist = (file: string): URL => new URL(`../${file}`, import.meta.url);

async function ask<Answer>(child: ChildProcess, message: unknown): Promise<Answer> {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error(`a program of the bench ended: ${child.spawnargs.at(-1)}`);
  });
  const answer = once(child, 'message', { signal });
  child.send(message as object);
  try {
    return ((await Promise.race([answer, ended])) as [Answer])[0];
  } finally {
    answered.abort();
    await Promise.allSettled([answer, ended]);
  }
}

/** What it writes goes to a file. */
function inBackground(
  entry: string,
  environment: NodeJS.ProcessEnv,
  inside?: string,
): { child: ChildProcess; logFile: string } {
  const logFile = join(HOME, `${entry.replaceAll('/', '-')}.log`);
  const log = openSync(logFile, 'w', 0o600);
  const child = fork(inDist(entry), {
    env: { ...process.env, ...environment },
    execArgv: inside ? ['--import', inDist(inside).href] : [],
    stdio: ['ignore', log, log, 'ipc'],
    // Bytes stay bytes on their way.
    serialization: 'advanced',
  });
  closeSync(log);
  return { child, logFile };
}

async function eventually(
  child: ChildProcess,
  logFile: string,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + READY_PATIENCE_MS;
  while (!(await isReady())) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${child.spawnargs.at(-1)} did not start: see ${logFile}`);
    }
    await sleep(10);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(late);
}
