import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../scripts/free-port.js';

/** A Redis of its own on the loopback, whose append-only file survives a crash. */
export interface RedisServer {
  url: string;
  /** As its owner, such as `ask('flushall')`. */
  ask(command: string, ...words: string[]): Promise<unknown>;
  /** kill -9 */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Neither answers nor closes its connections, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Stops it and removes what it kept. */
  remove(): Promise<void>;
}

/** Why there is no Redis on this machine, or nothing when there is one. */
export function missingRedis(): string | undefined {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'redis-server is not on PATH (Debian: apt-get install redis-server)';
  }
}

/** `settings` as on the command line of redis-server, such as `--maxmemory-policy allkeys-lru`. */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ankomst-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
  let server: ChildProcess;
  const ask: RedisServer['ask'] = async (command, ...rest) => {
    const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
    redis.on('error', () => undefined);
    await redis.connect();
    return redis.call(command, ...rest).finally(() => redis.disconnect());
  };
  const start = async (): Promise<void> => {
    server = spawn('redis-server', [...words, ...durable, ...settings], { stdio: 'ignore' });
    await once(server, 'spawn');
    for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
      if ((await ask('ping').catch(() => undefined)) === 'PONG') return;
      await sleep(25);
    }
    throw new Error(`redis-server on port ${port} does not answer`);
  };
  const crash = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    ask,
    crash,
    start,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    remove: async () => {
      await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
