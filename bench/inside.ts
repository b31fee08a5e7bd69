import { hash, verify } from 'argon2';
import type { FastifyInstance } from 'fastify';
import { createHttpApp } from '../src/app.setup.js';
import { ARGON2 } from '../src/staff/staff.service.js';
import { median } from './figures.js';
import type { Costs } from './said.js';

// The program in this process, for what the network would hide; asked with an access token, it answers the costs.
const VERIFICATIONS = 15;
const ROUNDS = 15;
const REQUESTS = 400;

process.on('message', (token: string) => void costs(token).then((answer) => process.send!(answer)));

async function costs(token: string): Promise<Costs> {
  return { argon2: await argon2(), token: await verification(token) };
}

async function argon2(): Promise<number> {
  const kept = await hash('a password as people have them', ARGON2);
  const times: number[] = [];
  for (let turn = 0; turn < VERIFICATIONS; turn++) {
    const began = performance.now();
    await verify(kept, 'a password as people have them');
    times.push(performance.now() - began);
  }
  return median(times);
}

/** What a route behind the door takes longer than an open one, in µs; everything else of the two is the same. */
async function verification(token: string): Promise<number> {
  const app = await createHttpApp();
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const answer = (): string => 'ok';
  fastify.get('/bench/open', { config: { access: { open: true, roles: [] } } }, answer);
  fastify.get('/bench/closed', { config: { access: { open: false, roles: ['caseworker'] } } }, answer);
  await app.init();
  await fastify.ready();
  const headers = { authorization: `Bearer ${token}` };
  const time = async (url: string): Promise<number> => {
    const began = performance.now();
    for (let turn = 0; turn < REQUESTS; turn++) {
      const { statusCode } = await fastify.inject({ url, headers });
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    }
    return ((performance.now() - began) * 1000) / REQUESTS;
  };
  const differences: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const open = await time('/bench/open');
    differences.push((await time('/bench/closed')) - open);
  }
  await app.close();
  return median(differences.slice(3));
}
