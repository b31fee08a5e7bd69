import type { FastifyInstance } from 'fastify';
import { createHttpApp } from '../src/app.setup.js';
import { hashed, isRight } from '../src/staff/password-hash.js';
import { median } from './figures.js';
import type { Costs } from './said.js';

// The program in this process, for what the network would hide; asked with an access token, it answers the costs.
const PASSWORD = 'a password as people have them';
const VERIFICATIONS = 15;
const ROUNDS = 15;
const REQUESTS = 400;

process.on('message', (token: string) => void costs(token).then((answer) => process.send!(answer)));

const answer = (): string => 'ok';

async function costs(token: string): Promise<Costs> {
  return { argon2: await argon2(), token: await verification(token) };
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
async function verification(token: string): Promise<number> {
  const app = await createHttpApp();
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
  await app.close();
  return median(differences.slice(3));
}
