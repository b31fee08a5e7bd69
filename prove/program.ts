import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 60_000;

export type Entry = 'src/main' | 'src/worker' | 'scripts/migrate' | 'demo/main';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  atMs: number;
}

/** A built program in a process of its own. It leaves when we are killed: it is forked, so its channel closes. */
export class Program {
  private written = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;

  constructor(
    readonly entry: Entry,
    environment: NodeJS.ProcessEnv,
    readonly address: string,
    { args = [], cwd, injected }: { args?: string[]; cwd?: string; injected?: string } = {},
  ) {
    this.child = fork(fileURLToPath(new URL(`../${entry}.js`, import.meta.url)), args, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      cwd,
      execArgv: injected ? ['--import', `data:text/javascript,${encodeURIComponent(injected)}`] : [],
      silent: true,
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (part) => (this.written += String(part)));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      atMs: performance.now(),
    }));
  }

  get pid(): number {
    return this.child.pid!;
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** All it has written, to stdout and stderr. */
  get output(): string {
    return this.written;
  }

  /** Its lines of JSON. */
  get log(): Record<string, unknown>[] {
    return this.written
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async end(name: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.signal(name);
    return this.ended;
  }

  /** @throws when it has ended, or is not there in time */
  async ready(): Promise<this> {
    const isThere = (): Promise<boolean> =>
      this.entry === 'src/worker'
        ? Promise.resolve(this.log.some(({ started }) => started))
        : isOk(`${this.address}/health/ready`);
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await isThere())) {
      if (!this.runs || performance.now() > deadline)
        throw new Error(`${this.entry} did not start:\n${this.written.slice(-2_000)}`);
      await sleep(50);
    }
    return this;
  }
}

function isOk(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    async (reply) => {
      await reply.arrayBuffer();
      return reply.ok;
    },
    () => false,
  );
}
