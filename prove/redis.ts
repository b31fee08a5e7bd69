import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis as Client } from 'ioredis';
import { freePort } from '../scripts/free-port.js';

export interface Redis {
  url: string;
  /** FLUSHALL. @returns how many keys there were */
  empty(): Promise<number>;
  stop(): Promise<void>;
}

/** A Redis of our own that appends what it is told, as in production; none where `redis-server` is not installed. */
export async function startRedis(folder: string): Promise<Redis | undefined> {
  if (spawnSync('redis-server', ['--version']).error) return undefined;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
    save: '""',
  };
  const child = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  for (let tries = 0; tries < 100 && !(await answers(port)); tries++) await sleep(50);
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    empty: async () => {
      const client = new Client(url);
      const keys = await client.dbsize();
      await client.flushall();
      client.disconnect();
      return keys;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    line.once('connect', () => line.destroy());
  });
}
