import argon2 from 'argon2';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { makeAccountThatEnters, PASSWORD } from './support/passwords.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('signing in', () => {
  let app: TestApp;
  let unit: TestUnit;
  let account: TestAccount;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    account = await makeAccountThatEnters(app, unit.id);
  });
  afterAll(() => app.close());

  const signIn = (email: string = account.email, password: string = PASSWORD) =>
    app.anonymous.post('/auth/sign-in', { email, password });
  const refresh = (refreshToken: string) => app.anonymous.post('/auth/refresh', { refreshToken });
  const withToken = (method: string, path: string, token: string) =>
    app.anonymous.send(method, path, undefined, { authorization: `Bearer ${token}` });
  const meWith = async (token: string) => (await withToken('GET', '/staff/me', token)).status;
  const session = async (of = account) =>
    (await signIn(of.email)).body as { accessToken: string; refreshToken: string; expiresIn: number };
  const fresh = () => makeAccountThatEnters(app, unit.id);
  const close = (of: TestAccount) =>
    app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [of.id]);
  const storedHash = async (of: TestAccount) =>
    (
      await app.database.asOwner<{ hash: string }>(
        'select password_hash as hash from staff_accounts where id = $1',
        [of.id],
      )
    )[0].hash;
  const events = async (of: TestAccount) =>
    (
      await app.database.asOwner<{ event: string }>(
        'select event from sign_in_events where account_id = $1 order by id',
        [of.id],
      )
    ).map(({ event }) => event);

  it('gives tokens for the right password', async () => {
    const reply = await signIn(account.email.toUpperCase());
    expect(reply.status).toBe(200);
    expect(Object.keys(reply.body).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken']);
    expect(reply.body.expiresIn).toBeLessThanOrEqual(600);
    expect(await meWith(reply.body.accessToken)).toBe(200);
  });

  it('refuses an unknown e-mail, a wrong password, a closed account and an invited one alike, with the same work', async () => {
    const closed = await fresh();
    const invited = await makeAccount(app.database, unit.id, 'caseworker');
    await close(closed);
    const work = jest.spyOn(argon2, 'verify');
    const refused = [];
    for (const ask of [
      () => signIn('nobody@example.dk'),
      () => signIn(account.email, 'wrong'),
      () => signIn(closed.email),
      () => signIn(closed.email, 'wrong'),
      () => signIn(invited.email),
    ]) {
      work.mockClear();
      const { status, headers, body } = await ask();
      const said = { ...body, requestId: '' };
      refused.push({
        status,
        said,
        length: headers.get('content-length'),
        verified: work.mock.calls.length,
      });
    }
    expect(refused[0]).toMatchObject({ status: 401, said: { code: 'staff.sign_in_refused' }, verified: 1 });
    for (const one of refused) expect(one).toEqual(refused[0]);
    expect(await events(closed)).toEqual(['refused', 'refused']);
  });

  it('keeps every sign-in event, and lets the program change none', async () => {
    const one = await fresh();
    await signIn(one.email, 'wrong');
    const { body } = await signIn(one.email);
    await refresh(body.refreshToken);
    await refresh(body.refreshToken);
    expect(await events(one)).toEqual(['refused', 'signed_in', 'refreshed', 'refresh_reused']);
    for (const change of [
      'update sign_in_events set event = $$refused$$',
      'delete from sign_in_events',
      'truncate sign_in_events',
    ])
      await expect(app.database.asApp(change)).rejects.toThrow('permission denied');
  });

  it('keeps passwords and refresh tokens as hashes only, e-mails and addresses as indexes, and shows neither', async () => {
    const { refreshToken } = await session();
    const text = async (...tables: string[]) =>
      JSON.stringify(
        await Promise.all(
          tables.map((table) =>
            app.database.asOwner<{ row: string }>(`select t::text as row from ${table} t`),
          ),
        ),
      );
    const kept = await text('staff_accounts', 'sessions', 'refresh_tokens', 'sign_in_events');
    for (const secret of [PASSWORD, refreshToken, Buffer.from(refreshToken).toString('hex')])
      expect(kept).not.toContain(secret);
    expect(await text('sign_in_events')).not.toMatch(/@|127\.0\.0\.1/);
    const replies = [
      await app.as(account).get('/staff/me'),
      await app.as(account).get('/staff/accounts?limit=100'),
    ];
    expect(JSON.stringify(replies.map(({ body }) => body))).not.toMatch(/Kanarie|argon2|password/i);
    expect(await storedHash(account)).toMatch(/^\$argon2id\$v=19\$(?=[^$]*m=19456\b)(?=[^$]*t=2\b)/);
  });

  it.each([
    ['less memory', { type: argon2.argon2id, memoryCost: 8_192, timeCost: 2, parallelism: 1 }],
    ['fewer passes', { type: argon2.argon2id, memoryCost: 19_456, timeCost: 1, parallelism: 1 }],
    ['argon2i', { type: argon2.argon2i, memoryCost: 19_456, timeCost: 2, parallelism: 1 }],
  ] as const)('hashes anew at sign-in what was hashed with %s', async (_, weaker) => {
    const old = await argon2.hash(PASSWORD, weaker);
    const one = await makeAccount(app.database, unit.id, 'caseworker', old);
    expect((await signIn(one.email, 'wrong')).status).toBe(401);
    expect(await storedHash(one)).toBe(old);
    const replies = await Promise.all([1, 2, 3].map(() => signIn(one.email)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const stronger = await storedHash(one);
    expect(stronger).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,/);
    expect((await signIn(one.email)).status).toBe(200);
    expect(await storedHash(one)).toBe(stronger);
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

  it('lets one of two that refresh at once succeed, fifty times of fifty, and ends the session', async () => {
    for (let repeat = 0; repeat < 50; repeat++) {
      const { refreshToken } = await session();
      const replies = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
      const winner = replies.find(({ status }) => status === 200)!;
      expect((await refresh(winner.body.refreshToken)).status).toBe(401);
    }
  });

  it('does not start a session for an account that was closed while its password was verified', async () => {
    const one = await fresh();
    const verify = argon2.verify;
    const closing = jest.spyOn(argon2, 'verify').mockImplementationOnce(async (...of) => {
      const right = await verify(...of);
      await close(one);
      return right;
    });
    expect((await signIn(one.email)).status).toBe(401);
    expect(closing).toHaveBeenCalled();
    closing.mockRestore();
    expect(await app.database.asOwner('select from sessions where account_id = $1', [one.id])).toEqual([]);
  });

  describe('a session', () => {
    const listed = async (token: string) =>
      (await withToken('GET', '/auth/sessions?limit=100', token)).body as {
        items: { id: string; startedAt: string; lastUsedAt: string; current: boolean }[];
        nextCursor: null;
      };

    it('is listed for its own account only, and which of them asks', async () => {
      const [one, other] = [await fresh(), await fresh()];
      const sessions = [await session(one), await session(one), await session(other)];
      const { items, nextCursor } = await listed(sessions[0].accessToken);
      expect(items).toHaveLength(2);
      expect(nextCursor).toBeNull();
      for (const item of items)
        expect(Object.keys(item).sort()).toEqual(['current', 'id', 'lastUsedAt', 'startedAt']);
      expect(items.map(({ current }) => current)).toEqual([false, true]);
      const { body } = await refresh(sessions[0].refreshToken);
      const [used] = (await listed(body.accessToken)).items;
      expect(used).toMatchObject({ current: true, startedAt: items[1].startedAt });
      expect(used.lastUsedAt > used.startedAt).toBe(true);
    });

    it('ends when it is signed out', async () => {
      const one = await fresh();
      const mine = await session(one);
      expect((await withToken('DELETE', '/auth/sessions/current', mine.accessToken)).status).toBe(204);
      expect((await refresh(mine.refreshToken)).status).toBe(401);
      expect((await events(one)).at(-1)).toBe('signed_out');
      expect((await listed(mine.accessToken)).items).toEqual([]);
    });

    it('ends when its account ends it from another, and not when somebody else tries', async () => {
      const [one, other] = [await fresh(), await fresh()];
      const [lost, mine, theirs] = [await session(one), await session(one), await session(other)];
      const { id } = (await listed(lost.accessToken)).items.find(({ current }) => current)!;
      expect((await withToken('DELETE', `/auth/sessions/${id}`, theirs.accessToken)).status).toBe(404);
      expect((await withToken('DELETE', `/auth/sessions/${account.id}`, mine.accessToken)).status).toBe(404);
      expect((await withToken('DELETE', '/auth/sessions/7', mine.accessToken)).status).toBe(400);
      expect((await withToken('DELETE', `/auth/sessions/${id}`, mine.accessToken)).status).toBe(204);
      expect((await withToken('DELETE', `/auth/sessions/${id}`, mine.accessToken)).status).toBe(404);
      expect((await refresh(lost.refreshToken)).status).toBe(401);
      expect((await refresh(mine.refreshToken)).status).toBe(200);
      expect(await events(one)).toContain('session_ended');
    });

    it('ends with its account', async () => {
      const one = await fresh();
      const theirs = await session(one);
      await close(one);
      expect((await refresh(theirs.refreshToken)).status).toBe(401);
    });

    describe('by the one clock', () => {
      let begun: number;
      const after = (seconds: number) => app.moveClock(new Date(begun + seconds * 1000).toISOString());
      beforeEach(() => (begun = Date.now()));
      afterEach(() => app.moveClock(new Date().toISOString()));

      it('has access tokens of ten minutes', async () => {
        const { accessToken } = await session();
        await after(590);
        expect(await meWith(accessToken)).toBe(200);
        await after(605);
        expect(await meWith(accessToken)).toBe(401);
      });

      it('ends after twelve idle hours', async () => {
        const { refreshToken } = await session();
        await after(12 * HOUR - 30);
        const { status, body } = await refresh(refreshToken);
        expect(status).toBe(200);
        await after(24 * HOUR + 30);
        expect((await refresh(body.refreshToken)).status).toBe(401);
        const another = await session();
        expect((await listed(another.accessToken)).items.map(({ current }) => current)).toEqual([true]);
      });

      it('ends after thirty days, however much it is used', async () => {
        let { refreshToken } = await session();
        for (let at = 11 * HOUR; at < 30 * DAY; at += 11 * HOUR) {
          await after(at);
          const { status, body } = await refresh(refreshToken);
          expect({ at, status }).toEqual({ at, status: 200 });
          ({ refreshToken } = body);
        }
        await after(30 * DAY + 5);
        expect((await refresh(refreshToken)).status).toBe(401);
      });
    });
  });
});
