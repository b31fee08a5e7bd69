import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inHome } from './home.js';
import type { Tell } from './screen.js';
import { Refusal } from './stopping.js';

const LARGEST_LOG = 10 * 1024 * 1024;
const PORT_PATIENCE_MS = 10_000;
const STOP_PATIENCE_MS = 10_000;
const READY_PATIENCE_MS = 60_000;

/** API and worker, as processes of their own. */
export interface Programs {
  stop: () => Promise<void>;
}

/** Both leave by themselves when we are killed: they are forked, so their channel to us closes. */
export function startPrograms(environment: NodeJS.ProcessEnv, stop: AbortController): Programs {
  const children = [start('api', 'main', environment), start('worker', 'worker', environment)];
  let leaving = false;
  for (const program of children) {
    const { child } = program;
    const ended = (how: unknown) => !leaving && stop.abort(new Refusal(unexpectedEnd(program, how)));
    // Ctrl-C reaches them as well: a moment, so that our own signal is heard first
    child.once('exit', (code, signal) => setTimeout(() => ended(signal ?? code), 200));
    child.once('error', ended);
  }
  return {
    stop: async () => {
      leaving = true;
      await Promise.all(children.map(({ child }) => end(child)));
    },
  };
}

interface Program {
  name: string;
  child: ChildProcess;
  /** Bytes of its log that are from earlier starts. */
  logBegins: number;
}

function start(name: string, entry: string, environment: NodeJS.ProcessEnv): Program {
  const log = openSync(logFile(name), 'a', 0o600);
  if (statSync(logFile(name)).size > LARGEST_LOG) truncateSync(logFile(name));
  const logBegins = statSync(logFile(name)).size;
  const child = fork(fileURLToPath(new URL(`../src/${entry}.js`, import.meta.url)), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return { name, child, logBegins };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(late);
}

const logFile = (name: string): string => inHome(`${name}.log`);

function unexpectedEnd({ name, logBegins }: Program, how: unknown): string {
  const log = readFileSync(logFile(name)).subarray(logBegins).toString('utf8');
  const tail = log.trimEnd().split('\n').slice(-12).join('\n');
  return `The ${name} has ended (${String(how)}). The end of ${logFile(name)}:\n${tail}`;
}

export function wantedPort(): number {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Refusal(`PORT is "${text}": it must be a number from 1 to 65535`);
  return port;
}

/** Waits a while for a taken port: the programs of a demo that was killed need a moment to leave. */
export async function waitForPort(port: number, signal: AbortSignal, tell: Tell): Promise<void> {
  const deadline = Date.now() + PORT_PATIENCE_MS;
  for (;;) {
    const refusal = await refusalOf(port);
    if (!refusal) return;
    if (refusal !== 'EADDRINUSE')
      throw new Refusal(`PORT ${port} cannot be used (${refusal}): choose another one`);
    if (Date.now() > deadline)
      throw new Refusal(
        `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm run demo`,
      );
    tell(`port ${port} is taken: waiting whether it becomes free`);
    await sleep(300, undefined, { signal });
  }
}

async function refusalOf(port: number): Promise<string | undefined> {
  const probe = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(probe, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'refused';
  }
  probe.close();
  await once(probe, 'close');
  return undefined;
}

/** Waits until the API serves. */
export async function waitUntilReady(address: string, signal: AbortSignal, tell: Tell): Promise<void> {
  tell('API and worker are starting');
  const deadline = Date.now() + READY_PATIENCE_MS;
  while (!(await isReady(address))) {
    if (Date.now() > deadline)
      throw new Refusal(`The API is not ready after ${READY_PATIENCE_MS / 1000} s: see ${logFile('api')}`);
    await sleep(100, undefined, { signal });
  }
}

async function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    (reply) => reply.ok,
    () => false,
  );
}
