import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import argon2 from 'argon2';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { claimsOf, forgedTokens, signed } from './support/tokens.js';

const PASSWORD = 'Kanariefuglen synger kl. 7';
describe('signing in', () => {
  let app: TestApp;
  let unit: TestUnit;
  let account: TestAccount;
  let hash: string;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    hash = await argon2.hash(PASSWORD, {
      type: argon2.argon2id,
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
    });
    account = await makeAccount(app.database, unit.id, 'caseworker', hash);
  });
  afterAll(() => app.close());

  const signIn = (email: string = account.email, password: string = PASSWORD) =>
    app.anonymous.post('/auth/sign-in', { email, password });
  const refresh = (refreshToken: string) => app.anonymous.post('/auth/refresh', { refreshToken });
  const meWith = async (token: string, scheme = 'Bearer') =>
    (await app.anonymous.get('/staff/me', { authorization: `${scheme} ${token}` })).status;
  const session = async () =>
    (await signIn()).body as { accessToken: string; refreshToken: string; expiresIn: number };
  const events = async (of: TestAccount = account) =>
    (
      await app.database.asOwner<{ event: string }>(
        'select event from sign_in_events where account_id = $1 order by id',
        [of.id],
      )
    ).map(({ event }) => event);
  const statusOf = (tokens: Record<string, string>) =>
    Promise.all(Object.entries(tokens).map(async ([what, token]) => [what, await meWith(token)]));
  const refusedAll = (tokens: Record<string, string>) => Object.keys(tokens).map((what) => [what, 401]);

  it('gives tokens for the right password', async () => {
    const reply = await signIn(account.email.toUpperCase());
    expect(reply.status).toBe(200);
    expect(Object.keys(reply.body).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken']);
    expect(reply.body.expiresIn).toBeLessThanOrEqual(600);
    expect(await meWith(reply.body.accessToken)).toBe(200);
  });

  it('refuses an unknown e-mail, a wrong password and a closed account alike, with the same work', async () => {
    const closed = await makeAccount(app.database, unit.id, 'caseworker', hash);
    const without = await makeAccount(app.database, unit.id, 'caseworker');
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [closed.id]);
    const work = jest.spyOn(argon2, 'verify');
    const refused = [];
    for (const ask of [
      () => signIn('nobody@example.dk'),
      () => signIn(account.email, 'wrong'),
      () => signIn(closed.email),
      () => signIn(without.email),
    ]) {
      work.mockClear();
      const { status, body } = await ask();
      refused.push({ status, body: { ...body, requestId: '' }, verified: work.mock.calls.length });
    }
    expect(refused[0]).toMatchObject({ status: 401, body: { code: 'staff.sign_in_refused' }, verified: 1 });
    for (const one of refused) expect(one).toEqual(refused[0]);
    expect(await events(closed)).toEqual(['refused']);
  });

  it('keeps every sign-in event, and lets the program change none', async () => {
    const fresh = await makeAccount(app.database, unit.id, 'analyst', hash);
    await signIn(fresh.email, 'wrong');
    const { body } = await signIn(fresh.email);
    await refresh(body.refreshToken);
    await refresh(body.refreshToken);
    expect(await events(fresh)).toEqual(['refused', 'signed_in', 'refreshed', 'refresh_reused']);
    for (const change of [
      'update sign_in_events set event = $$refused$$',
      'delete from sign_in_events',
      'truncate sign_in_events',
    ])
      await expect(app.database.asApp(change)).rejects.toThrow('permission denied');
  });

  it('keeps passwords and refresh tokens as hashes only, and shows neither', async () => {
    const { refreshToken } = await session();
    const kept = await Promise.all(
      ['staff_accounts', 'sessions', 'refresh_tokens', 'sign_in_events'].map((table) =>
        app.database.asOwner<{ row: string }>(`select t::text as row from ${table} t`),
      ),
    );
    const text = JSON.stringify(kept);
    for (const secret of [PASSWORD, refreshToken, Buffer.from(refreshToken).toString('hex')])
      expect(text).not.toContain(secret);
    const administrator = await makeAccount(app.database, unit.id, 'administrator');
    const opened = await app.as(administrator).post('/staff/accounts', {
      email: 'new@example.dk',
      name: 'New',
      role: 'analyst',
      unitId: unit.id,
      password: PASSWORD,
    });
    const replies = [
      opened,
      await app.as(account).get('/staff/me'),
      await app.as(account).get('/staff/accounts?limit=100'),
    ];
    expect(JSON.stringify(replies.map(({ body }) => body))).not.toMatch(/Kanarie|argon2|password/i);
    const [{ password_hash: stored }] = await app.database.asOwner<{ password_hash: string }>(
      'select password_hash from staff_accounts where id = $1',
      [opened.body.id],
    );
    expect(stored).toMatch(/^\$argon2id\$v=19\$(?=[^$]*m=19456\b)(?=[^$]*t=2\b)/);
  });

  it('takes a refresh token once; the second time ends the whole family', async () => {
    const first = await session();
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    expect(await meWith(third.accessToken)).toBe(200);
    expect(await refresh(first.refreshToken)).toMatchObject({
      status: 401,
      body: { code: 'staff.refresh_refused' },
    });
    expect((await refresh(third.refreshToken)).status).toBe(401);
    for (const nonsense of ['x', first.accessToken.slice(0, 200), '../../x', "' or 1=1--"])
      expect((await refresh(nonsense)).status).toBe(401);
  });

  it('never lets two that refresh at once both succeed', async () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const { refreshToken } = await session();
      const replies = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
      const winner = replies.find(({ status }) => status === 200)!;
      expect((await refresh(winner.body.refreshToken)).status).toBe(401);
    }
  });

  it('ends a session that is signed out, and those of a closed account', async () => {
    const mine = await session();
    const authorization = `Bearer ${mine.accessToken}`;
    expect(
      (await app.anonymous.send('DELETE', '/auth/sessions/current', undefined, { authorization })).status,
    ).toBe(204);
    expect((await refresh(mine.refreshToken)).status).toBe(401);
    expect((await events()).at(-1)).toBe('signed_out');

    const closed = await makeAccount(app.database, unit.id, 'caseworker', hash);
    const theirs = (await signIn(closed.email)).body;
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [closed.id]);
    expect((await refresh(theirs.refreshToken)).status).toBe(401);
  });

  it('takes no token that another key, another algorithm or nobody signed', async () => {
    const claims = claimsOf({ ...account, role: 'administrator' });
    const forged = { ...forgedTokens(claims), 'refresh token': (await session()).refreshToken };
    expect(await statusOf(forged)).toEqual(refusedAll(forged));
    for (const scheme of ['Basic', 'Token', '']) expect(await meWith(signed(claims), scheme)).toBe(401);
    expect((await app.anonymous.get(`/staff/me?access_token=${signed(claims)}`)).status).toBe(401);
    expect((await app.anonymous.get('/staff/me', { cookie: `access_token=${signed(claims)}` })).status).toBe(
      401,
    );
  });

  it('looks for no key where a token says there is one', async () => {
    const asked: string[] = [];
    const trap = createServer((socket) => asked.push(socket.remoteAddress!)).listen(0, '127.0.0.1');
    await once(trap, 'listening');
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
    const claims = claimsOf(account);
    const jwk = { kty: 'oct', k: Buffer.from('secret').toString('base64url') };
    const kids = [
      '../../dev/null',
      "' union select 'secret'--",
      'unknown',
      '/etc/hostname',
      'x'.repeat(9_000),
    ];
    const forged = Object.fromEntries(
      [
        ...kids.map((kid) => ({ kid })),
        { jku: url },
        { x5u: url },
        { jwk },
        { x5c: ['MIIB'] },
        { crit: ['exp'] },
      ].map((header) => [JSON.stringify(header).slice(0, 60), signed(claims, 'secret', header as object)]),
    );
    expect(await statusOf(forged)).toEqual(refusedAll(forged));
    expect(asked).toEqual([]);
    trap.close();
  });

  it('takes no token of another place or another time', async () => {
    const claims = claimsOf(account);
    const now = claims.iat as number;
    const { aud: _, ...toNobody } = claims;
    const { iss: __, ...ofNobody } = claims;
    const { exp: ___, ...forever } = claims;
    const wrong = {
      'other audience': { ...claims, aud: 'ankomst-test' },
      'no audience': toNobody,
      'other issuer': { ...claims, iss: 'https://evil.example' },
      'no issuer': ofNobody,
      'over a second ago': { ...claims, iat: now - 601, exp: now - 1 },
      'without an end': forever,
      'not yet': { ...claims, nbf: now + 3600 },
      'from the future': { ...claims, iat: now + 3600, exp: now + 4200 },
    };
    const forged = Object.fromEntries(Object.entries(wrong).map(([what, of]) => [what, signed(of)]));
    expect(await statusOf(forged)).toEqual(refusedAll(forged));
    expect(await meWith(signed(claims))).toBe(200);
  });

  it('lets tokens run out by the one clock', async () => {
    const begun = Date.now();
    const { accessToken, refreshToken } = await session();
    const after = (seconds: number) => app.moveClock(new Date(begun + seconds * 1000).toISOString());
    await after(590);
    expect(await meWith(accessToken)).toBe(200);
    await after(605);
    expect(await meWith(accessToken)).toBe(401);
    await after(7 * 86_400 - 60);
    const { status, body } = await refresh(refreshToken);
    expect(status).toBe(200);
    await after(14 * 86_400 + 60);
    expect((await refresh(body.refreshToken)).status).toBe(401);
  });
});
