import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Client } from './support/client.js';
import { makeAccountThatEnters, PASSWORD } from './support/passwords.js';
import { startProgram } from './support/program.js';
import { claimsOf, forgedTokens, signed, signingKey } from './support/tokens.js';

// Other instances are processes of their own: on a busy machine they take a while to start.
jest.setTimeout(90_000);

describe('access tokens', () => {
  let app: TestApp;
  let unit: TestUnit;
  let account: TestAccount;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    account = await makeAccountThatEnters(app, unit.id);
  });
  afterAll(() => app.close());

  const session = async (at = app.anonymous) =>
    (await at.post('/auth/sign-in', { email: account.email, password: PASSWORD })).body as {
      accessToken: string;
      refreshToken: string;
    };
  const meWith = async (token: string, scheme = 'Bearer', at = app.anonymous) =>
    (await at.get('/staff/me', { authorization: `${scheme} ${token}` })).status;
  const statusOf = (tokens: Record<string, string>) =>
    Promise.all(Object.entries(tokens).map(async ([what, token]) => [what, await meWith(token)]));
  const all = (status: number, tokens: Record<string, string>) =>
    Object.keys(tokens).map((what) => [what, status]);
  const headerOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()) as object;

  it('name the key they are signed with', async () => {
    const { accessToken } = await session();
    expect(headerOf(accessToken)).toEqual({ alg: 'HS256', typ: 'JWT', kid: signingKey().kid });
    expect(await meWith(accessToken)).toBe(200);
  });

  it('are refused when another key, another algorithm or nobody signed them', async () => {
    const claims = claimsOf({ ...account, role: 'administrator' });
    const forged = { ...forgedTokens(claims), 'refresh token': (await session()).refreshToken };
    expect(await statusOf(forged)).toEqual(all(401, forged));
    for (const scheme of ['Basic', 'Token', '']) expect(await meWith(signed(claims), scheme)).toBe(401);
    expect((await app.anonymous.get(`/staff/me?access_token=${signed(claims)}`)).status).toBe(401);
    const cookie = `access_token=${signed(claims)}`;
    expect((await app.anonymous.get('/staff/me', { cookie })).status).toBe(401);
  });

  it('are no refresh tokens', async () => {
    const { accessToken } = await session();
    for (const refreshToken of [accessToken.slice(0, 200), accessToken.split('.')[2]])
      expect((await app.anonymous.post('/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it('are refused when their kid is none of the ring, though the key is right', async () => {
    const { secret, kid } = signingKey();
    const claims = claimsOf(account);
    const kids: unknown[] = [
      undefined,
      null,
      '',
      0,
      [kid],
      { kid },
      'k0',
      `${kid} `,
      kid.toUpperCase(),
      '../../dev/null',
      '/etc/hostname',
      "' union select 'secret'--",
      'toString',
      '__proto__',
      'x'.repeat(10_000),
    ];
    const forged = Object.fromEntries(
      kids.map((one, i) => [`${i} ${typeof one}`, signed(claims, secret, { kid: one as string })]),
    );
    expect(await statusOf(forged)).toEqual(all(401, forged));
    for (const head of ['', '{', 'null', '[]', '"k1"']) {
      const [, body, signature] = signed(claims).split('.');
      expect(await meWith(`${Buffer.from(head).toString('base64url')}.${body}.${signature}`)).toBe(401);
    }
    expect(await meWith(signed(claims))).toBe(200);
  });

  it('bring no key of their own, and nobody looks where they say there is one', async () => {
    const asked: string[] = [];
    const trap = createServer((socket) => asked.push(socket.remoteAddress!)).listen(0, '127.0.0.1');
    await once(trap, 'listening');
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
    const jwk = { kty: 'oct', k: Buffer.from('a secret of theirs').toString('base64url') };
    const { kid } = signingKey();
    const forged = Object.fromEntries(
      [{ jku: url }, { x5u: url }, { kid: url }, { jwk }, { x5c: ['MIIB'] }, { crit: ['exp'] }].flatMap(
        (header) =>
          [kid, 'theirs'].map((named) => [
            `${named} ${JSON.stringify(header).slice(0, 40)}`,
            signed(claimsOf(account), 'a secret of theirs', { kid: named, ...header }),
          ]),
      ),
    );
    expect(await statusOf(forged)).toEqual(all(401, forged));
    expect(asked).toEqual([]);
    trap.close();
  });

  it('are refused when they are of another place or another time', async () => {
    const claims = claimsOf(account);
    const now = claims.iat as number;
    const { aud: _, ...toNobody } = claims;
    const { iss: __, ...ofNobody } = claims;
    const { exp: ___, ...forever } = claims;
    const wrong = {
      'other audience': { ...claims, aud: 'ankomst-test' },
      'no audience': toNobody,
      'other issuer': { ...claims, iss: 'https://evil.example' },
      'test realm': { ...claims, iss: 'ankomst-test', aud: 'ankomst-test-api' },
      'no issuer': ofNobody,
      'over a second ago': { ...claims, iat: now - 601, exp: now - 1 },
      'without an end': forever,
      'not yet': { ...claims, nbf: now + 3600 },
      'from the future': { ...claims, iat: now + 3600, exp: now + 4200 },
    };
    const forged = Object.fromEntries(Object.entries(wrong).map(([what, of]) => [what, signed(of)]));
    expect(await statusOf(forged)).toEqual(all(401, forged));
    expect(await meWith(signed(claims))).toBe(200);
  });

  it('live through a change of keys, and so do cursors and locks, until the old key leaves the ring', async () => {
    const old = await session();
    const next = `k2:${Buffer.alloc(32, 9).toString('base64')}`;
    const { nextCursor } = (await app.as(account).get('/staff/accounts?limit=1')).body;
    const locked = await makeAccountThatEnters(app, unit.id);
    for (let i = 0; i < 5; i++)
      await app.anonymous.post('/auth/sign-in', { email: locked.email, password: 'wrong' });

    const both = await startProgram({ TOKEN_KEYS: `${next},${process.env.TOKEN_KEYS}` }, app.database);
    const client = new Client(both.address);
    expect(await meWith(old.accessToken, 'Bearer', client)).toBe(200);
    const renewed = await client.post('/auth/refresh', { refreshToken: old.refreshToken });
    expect(headerOf(renewed.body.accessToken)).toMatchObject({ kid: 'k2' });
    expect(await meWith(renewed.body.accessToken, 'Bearer', client)).toBe(200);
    const page = await client.get(`/staff/accounts?limit=1&cursor=${nextCursor}`, {
      authorization: `Bearer ${renewed.body.accessToken}`,
    });
    expect({ status: page.status, items: page.body.items.length }).toEqual({ status: 200, items: 1 });
    const right = await client.post('/auth/sign-in', { email: locked.email, password: PASSWORD });
    expect(right.status).toBe(429);
    await both.stop();

    const only = await startProgram({ TOKEN_KEYS: next }, app.database);
    const later = new Client(only.address);
    expect(await meWith(old.accessToken, 'Bearer', later)).toBe(401);
    expect(await meWith(renewed.body.accessToken, 'Bearer', later)).toBe(200);
    const { refreshToken } = renewed.body;
    expect((await later.post('/auth/refresh', { refreshToken })).status).toBe(200);
    await only.stop();
  });
});
