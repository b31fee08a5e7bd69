import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { QueueStore } from './queue-stores.js';

export interface WorkerProcess {
  /** When jobs were started, in milliseconds, in order. */
  starts(id: string): number[];
  done(id: string): boolean;
  /** What it wrote that is no line of JSON. */
  noise(): string[];
  /** Lines of its log at warning or above. */
  warnings(): Record<string, unknown>[];
  /** The exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>;
}

interface Line {
  event?: 'up' | 'start' | 'done';
  id?: string;
  at: number;
  level?: string;
}

/** Answers when it hears signals; its store may be away. */
export async function startWorker(queue: string, store: QueueStore): Promise<WorkerProcess> {
  const child = fork(join(process.cwd(), 'test/support/queue-worker.mjs'), [queue], {
    env: { PATH: process.env.PATH, ...store.config },
    silent: true,
  });
  let written = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (written += String(part)));
  const text = () => written.split('\n').filter((line) => line !== '');
  const lines = () => text().flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  await until(() => child.exitCode !== null || lines().some(({ event }) => event === 'up'));
  return {
    starts: (id) => lines().flatMap((line) => (line.event === 'start' && line.id === id ? [line.at] : [])),
    done: (id) => lines().some((line) => line.event === 'done' && line.id === id),
    noise: () => text().filter((line) => !line.startsWith('{')),
    warnings: () => lines().filter(({ level }) => level !== undefined && level !== 'info') as never,
    end: async (signal) => {
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by!;
    },
  };
}

/** Waits until it is so; the test's own timeout ends what never becomes so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
