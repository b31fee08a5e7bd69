import { randomBytes } from 'node:crypto';
import { ROLES } from '../src/staff/staff.contract.js';
import { makeAccount, makeUnit } from './factories/staff.js';
import { startApp } from './support/app.js';
import { nameOf, routesOf } from './support/attempts.js';
import { Api, type ApiDocument } from './support/openapi.js';
import { startProgram } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';

const PAGES = [
  '/api/openapi.json',
  '/api/docs',
  '/api/docs/',
  '/api/docs-yaml',
  '/api/docs/swagger-ui.css',
  '/api/docs/swagger-ui-init.js',
  '/api/docs/static/swagger-ui.css',
];

describe('the OpenAPI document', () => {
  const namesIn = (document: ApiDocument) => new Api(document).operations().map(nameOf).sort();

  it('has the running routes, each and no other, and is open to everybody away from production', async () => {
    const app = await startApp();
    try {
      const { status, body } = await app.anonymous.get('//api/openapi.json');
      expect(status).toBe(200);
      expect(namesIn(body)).toEqual(routesOf(app).map(nameOf).sort());
      expect((await app.anonymous.get('//api/docs')).status).toBe(200);
    } finally {
      await app.close();
    }
  });

  it('asks for sign-in in production, and then shows itself to every account', async () => {
    const secret = randomBytes(32);
    const key = randomBytes(32).toString('base64');
    const program = await startProgram({
      NODE_ENV: 'production',
      TOKEN_KEYS: `k1:${secret.toString('base64')}`,
      DATA_KEYS: `k1:${key}`,
      INDEX_KEY: key,
    });
    try {
      const unit = await makeUnit(program.database);
      const get = (page: string, headers: Record<string, string> = {}) =>
        fetch(`${program.address}${page}`, { headers, redirect: 'manual' });
      const tokens = await Promise.all(
        ROLES.map(async (role) =>
          signed(claimsOf(await makeAccount(program.database, unit.id, role)), secret),
        ),
      );
      const forged = signed(claimsOf(unit.leader), 'x'.repeat(32));
      for (const page of PAGES) {
        for (const authorization of ['', `Bearer ${forged}`]) {
          const refused = await get(page, { authorization });
          expect([page, refused.status]).toEqual([page, 401]);
          expect(await refused.text()).not.toMatch(/openapi|swagger|refugees/i);
        }
        const { status } = await get(page, { authorization: `Bearer ${tokens[0]}` });
        expect([page, [200, 302, 404].includes(status)]).toEqual([page, true]);
      }
      for (const token of tokens) {
        const reply = await get('/api/openapi.json', { authorization: `Bearer ${token}` });
        expect(reply.status).toBe(200);
        expect(namesIn((await reply.json()) as ApiDocument)).toContain('GET /api/v1/refugees');
      }
      expect((await get('/api/docs', { authorization: `Bearer ${tokens[0]}` })).status).toBe(200);
    } finally {
      await program.stop();
    }
  });
});
