import { fork } from 'node:child_process';
import { join } from 'node:path';
import { cloneDatabase, type TestDatabase } from './database.js';
import { freePort } from '../../scripts/free-port.js';

/** The built program in a process of its own, on a database of its own: what only the build has, and what it logs. */
export interface Program {
  address: string;
  database: TestDatabase;
  /** All it has written to stdout and stderr. */
  output(): string;
  /** What every object of that process has that an object should not. */
  pollution(): Promise<string[]>;
  /** Ends it at once, with kill -9, and leaves its database for another to start on. */
  kill(): Promise<void>;
  /** Bytes of memory it holds. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** @param shared a database that others use, too, or will: it is not dropped */
export async function startProgram(
  environment: Record<string, string> = {},
  shared?: TestDatabase,
): Promise<Program> {
  const database = shared ?? (await cloneDatabase());
  const port = await freePort();
  const child = fork(join(process.cwd(), 'dist/src/main.js'), {
    env: { ...process.env, DATABASE_URL: database.url, PORT: String(port), ...environment },
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(ANSWER_HOW_IT_IS)}`],
    silent: true,
  });
  let written = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (written += String(part)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = `http://127.0.0.1:${port}`;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    if (!shared) await database.drop();
  };
  try {
    await answers(`${address}/health/live`, () => child.exitCode === null);
  } catch (error) {
    await stop();
    throw new Error(`dist/src/main.js did not start: ${written}`, { cause: error });
  }
  const ask = (): Promise<{ keys: string[]; bytes: number }> =>
    new Promise((resolve) => {
      child.once('message', (answer) => resolve(answer as { keys: string[]; bytes: number }));
      child.send('how are you?');
    });
  const pollution = async (): Promise<string[]> => (await ask()).keys;
  const memory = async (): Promise<number> => (await ask()).bytes;
  return { address, database, output: () => written, pollution, memory, kill, stop };
}

const ANSWER_HOW_IT_IS = `process.on('message', () => {
  const keys = [];
  for (const key in {}) keys.push(key);
  process.send({ keys, bytes: process.memoryUsage.rss() });
});`;

async function answers(url: string, alive: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && alive(); tries++) {
    const live = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (live) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no answer at ${url}`);
}
