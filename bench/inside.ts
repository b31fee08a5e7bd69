import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createHttpApp } from '../src/app.setup.js';
import { hashed, isRight } from '../src/staff/password-hash.js';
import { median } from './figures.js';
import { replanned, type Replanned } from './replanning.js';
import type { Costs, InsideOrder } from './said.js';

// The program in this process, for what the network would hide; it answers what it is asked for.
const PASSWORD = 'a password as people have them';
const VERIFICATIONS = 15;
const ROUNDS = 15;
const REQUESTS = 400;

process.once('disconnect', () => process.exit());
process.on('message', (order: InsideOrder) => void answered(order).then((answer) => process.send!(answer)));

const answer = (): string => 'ok';

async function answered(order: InsideOrder): Promise<Costs | Replanned> {
  const app = await createHttpApp();
  try {
    if ('databaseUrl' in order) return await replanned(await app.init(), order.databaseUrl);
    return { argon2: await argon2(), token: await verification(app, order.token) };
  } finally {
    await app.close();
  }
}

async function argon2(): Promise<number> {
  const kept = await hashed(PASSWORD);
  const times: number[] = [];
  for (let turn = 0; turn < VERIFICATIONS; turn++) {
    const began = performance.now();
    await isRight(kept, PASSWORD);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** What a route behind the door takes longer than an open one, in µs; everything else of the two is the same. */
async function verification(app: NestFastifyApplication, token: string): Promise<number> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.get('/bench/open', { config: { access: { open: true, roles: [] } } }, answer);
  fastify.get('/bench/closed', { config: { access: { open: false, roles: ['caseworker'] } } }, answer);
  await app.init();
  await fastify.ready();
  const headers = { authorization: `Bearer ${token}` };
  // Of the processor, which others on a busy machine do not change.
  const time = async (url: string): Promise<number> => {
    const began = process.cpuUsage();
    for (let turn = 0; turn < REQUESTS; turn++) {
      const { statusCode } = await fastify.inject({ url, headers });
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / REQUESTS;
  };
  const differences: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const open = await time('/bench/open');
    differences.push((await time('/bench/closed')) - open);
  }
  return median(differences.slice(3));
}
