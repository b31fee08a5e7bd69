import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  isAlive,
  placeFor,
  removeEverything,
  serverAccount,
  spawnOptions,
} from '../scripts/embedded-postgres-files.js';
import { startPostgres, type EmbeddedPostgres } from '../scripts/embedded-postgres.js';

/** A PostgreSQL that keeps what it has committed, and that we may crash, freeze and cut off. */
export class CrashablePostgres {
  private constructor(
    private readonly home: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async start(home: string): Promise<CrashablePostgres> {
    return new CrashablePostgres(home, await startPostgres({ home }));
  }

  get adminUrl(): string {
    return this.server.adminUrl;
  }

  /** As `pg_ctl --mode=immediate stop`: no farewell, recovery at the next start. */
  async crash(): Promise<void> {
    const pid = this.pid();
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await sleep(5);
  }

  /** Again as it was, on the same port; resolves when it answers. */
  async startAgain(): Promise<void> {
    const { dataFolder } = this.server;
    const words = readFileSync(join(dataFolder, 'postmaster.opts'), 'utf8').match(/[^\s"]+|"[^"]*"/g)!;
    const [binary, ...options] = words.map((word) => word.replaceAll('"', ''));
    const log = openSync(join(dataFolder, '..', 'postgres.log'), 'a');
    spawn(binary, options, {
      ...spawnOptions(serverAccount(dataFolder)),
      stdio: ['ignore', log, log],
      detached: true,
    }).unref();
    closeSync(log);
    await this.answers();
  }

  /** Nothing of it runs any more, but all its connections stand. */
  freeze(): void {
    const pid = this.pid();
    for (const each of [pid, ...childrenOf(pid)]) signalIfThere(each, 'SIGSTOP');
  }

  async thaw(): Promise<void> {
    const pid = this.pid();
    for (const each of [pid, ...childrenOf(pid)]) signalIfThere(each, 'SIGCONT');
    await this.answers();
  }

  /** Ends all sessions of a database. */
  async cutOff(database: string): Promise<number> {
    return this.asAdmin(async (admin) => {
      const ended = await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [database],
      );
      return ended.rowCount!;
    });
  }

  async asAdmin<Result>(work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
    const admin = new pg.Client({ connectionString: this.adminUrl, connectionTimeoutMillis: 1_000 });
    admin.on('error', () => undefined); // whoever asks next is told
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.end();
    }
  }

  /** Whatever state it is in: stopped, and all its files gone. */
  async remove(): Promise<void> {
    try {
      await this.thaw();
    } catch {
      // it does not run
    }
    await this.server.stop();
    await removeEverything(placeFor(this.home));
  }

  private async answers(): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      const answer = await this.asAdmin((admin) => admin.query('select 1')).catch(() => undefined);
      if (answer) return;
      await sleep(20);
    }
    throw new Error('PostgreSQL does not answer');
  }

  private pid(): number {
    return Number(readFileSync(join(this.server.dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  }
}

/** A session may end while we go through them. */
function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(parent: number): number[] {
  return processes()
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid);
}

/** Number and parent of all processes. */
function processes(): [number, number][] {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid): [number, number][] => {
      try {
        const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        return [[Number(pid), Number(parent)]];
      } catch {
        return []; // it ended meanwhile
      }
    });
}
