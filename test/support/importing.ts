import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestDatabase } from './database.js';

export interface ImportEnd {
  /** The exit code, or the signal that ended it. */
  code: number | string;
  said: string;
}

export interface Importing {
  ended: Promise<ImportEnd>;
  /** With kill -9. */
  kill(): Promise<ImportEnd>;
}

/** `npm run classifications:import -- <folder> …` in a process of its own. */
export function importing(database: TestDatabase, folder: string, ...options: string[]): Importing {
  const child = fork(join(process.cwd(), 'dist/scripts/import-classifications.js'), [folder, ...options], {
    env: { PATH: process.env.PATH, MIGRATION_DATABASE_URL: database.ownerUrl },
    silent: true,
    execArgv: [],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (said += String(part)));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: (code ?? signal) as number | string,
    said,
  }));
  return { ended, kill: () => (child.kill('SIGKILL'), ended) };
}
