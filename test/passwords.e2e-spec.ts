import argon2 from 'argon2';
import { Mailer } from '../src/platform/mail/mailer.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import type { Reply } from './support/client.js';
import {
  mailedToken,
  makeAccountThatEnters,
  PASSWORD,
  passwordMailsTo,
  sendPasswordMails,
} from './support/passwords.js';

const ANOTHER = 'En hel anden kanariefugl';
const HOUR = 3600;

describe('passwords', () => {
  let app: TestApp;
  let unit: TestUnit;
  let administrator: TestAccount;
  let begun: number;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    administrator = await makeAccount(app.database, unit.id, 'administrator');
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    begun = Date.now();
    // Each test in a window of its own: the addresses of all are one.
    await after((offset += HOUR));
  });

  let offset = 0;
  const after = (seconds: number) => app.moveClock(new Date(begun + seconds * 1000).toISOString());
  const signIn = async ({ email }: { email: string }, password = PASSWORD) =>
    app.anonymous.post('/auth/sign-in', { email, password });
  const refresh = async ({ body }: Reply) =>
    (await app.anonymous.post('/auth/refresh', { refreshToken: body.refreshToken })).status;
  const askForReset = (email: string) => app.anonymous.post('/auth/password-resets', { email });
  const set = (token: string, password = ANOTHER) =>
    app.anonymous.post('/auth/passwords', { token, password });
  const resetToken = async ({ email }: TestAccount) => {
    expect((await askForReset(email)).status).toBe(202);
    return mailedToken(app, email);
  };
  const enters = () => makeAccountThatEnters(app, unit.id);
  const newColleague = () => ({
    email: `ny.${Math.random().toString(36).slice(2)}@example.dk`,
    name: 'Åse Ny-Kollega',
    role: 'caseworker',
    unitId: unit.id,
  });
  const saying = ({ status, body: { requestId: _, ...body } }: Reply) => ({ status, ...body });

  describe('an invitation', () => {
    it('lets a new colleague choose a password that nobody else ever knows', async () => {
      const colleague = newColleague();
      const opened = await app.as(administrator).post('/staff/accounts', colleague);
      expect(opened).toMatchObject({ status: 201, body: { email: colleague.email, version: 1 } });
      expect((await signIn(colleague)).status).toBe(401);
      const token = await mailedToken(app, colleague.email);
      const [mail] = await passwordMailsTo(colleague.email);
      expect(mail).toContain('Hej Åse Ny-Kollega');
      expect(mail).toContain(`${process.env.PUBLIC_URL ?? 'http://localhost:3000'}/passwords#token=${token}`);
      expect((await set(token)).status).toBe(204);
      expect((await signIn(colleague, ANOTHER)).status).toBe(200);
      expect(await sendPasswordMails(app)).toBe(0);
      const given = await app
        .as(administrator)
        .post('/staff/accounts', { ...newColleague(), password: PASSWORD });
      expect(given).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'password', rule: 'unknown' }] },
      });
    });

    it('is written in the language of the account, and good for seven days', async () => {
      const [early, late] = [newColleague(), newColleague()].map((one) => ({ ...one, language: 'en' }));
      for (const one of [early, late]) await app.as(administrator).post('/staff/accounts', one);
      const [used, unused] = [await mailedToken(app, early.email), await mailedToken(app, late.email)];
      expect((await passwordMailsTo(early.email))[0]).toContain('Choose a password here');
      await after(offset + 7 * 24 * HOUR - 60);
      expect((await set(used)).status).toBe(204);
      await after(offset + 7 * 24 * HOUR + 60);
      expect((await set(unused)).status).toBe(401);
      await after(offset);
    });
  });

  describe('a reset', () => {
    it('answers the same for an e-mail nobody has, and mails nobody else', async () => {
      const [account, closed] = [await enters(), await enters()];
      await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [closed.id]);
      const replies = [];
      for (const email of [account.email, 'nobody@example.dk', closed.email])
        replies.push(await askForReset(email));
      for (const { status, body } of replies) expect({ status, body }).toEqual({ status: 202, body: '' });
      expect(await sendPasswordMails(app)).toBe(1);
      expect(await passwordMailsTo(account.email)).toHaveLength(1);
      expect(await passwordMailsTo(closed.email)).toEqual([]);
    });

    it('gives a new password, ends all sessions, and works once', async () => {
      const [account, other] = [await enters(), await enters()];
      const sessions = [await signIn(account), await signIn(account), await signIn(other)];
      const token = await resetToken(account);
      expect((await set(token)).status).toBe(204);
      const again = await set(token, 'En tredje kanariefugl');
      expect(again.status).toBe(401);
      expect([await signIn(account), await signIn(account, ANOTHER)].map(({ status }) => status)).toEqual([
        401, 200,
      ]);
      expect(await Promise.all(sessions.map(refresh))).toEqual([401, 401, 200]);
      expect((await signIn(other)).status).toBe(200);

      const late = await resetToken(account);
      await after(offset + HOUR + 60);
      const guess = Buffer.alloc(32, 7).toString('base64url');
      for (const one of [late, guess, 'x', "' or 1=1--"])
        expect(saying(await set(one))).toEqual(saying(again));
      await after(offset);
    });

    it('gives one of two that use it at once the password', async () => {
      const account = await enters();
      const token = await resetToken(account);
      const passwords = ['Den ene kanariefugl', 'Den anden kanariefugl'];
      const replies = await Promise.all(passwords.map((password) => set(token, password)));
      expect(replies.map(({ status }) => status).sort()).toEqual([204, 401]);
      const winner = replies.findIndex(({ status }) => status === 204);
      expect((await signIn(account, passwords[winner])).status).toBe(200);
      expect((await signIn(account, passwords[1 - winner])).status).toBe(401);
    });

    it('is kept as a hash, and nothing else stays of it', async () => {
      const account = await enters();
      const token = await resetToken(account);
      const kept = await app.database.asOwner<{ row: string }>(
        'select t::text as row from password_tokens t',
      );
      for (const form of [
        token,
        Buffer.from(token).toString('hex'),
        Buffer.from(token, 'base64url').toString('hex'),
      ])
        expect(JSON.stringify(kept)).not.toContain(form);
    });

    it('leaves other links good until one of them is used', async () => {
      const account = await enters();
      const [first, second] = [await resetToken(account), await resetToken(account)];
      expect(first).not.toBe(second);
      expect((await set(first)).status).toBe(204);
      expect((await set(second)).status).toBe(401);
    });

    it('is not used up by a password that is refused', async () => {
      const account = await enters();
      const token = await resetToken(account);
      expect((await set(token, 'too short')).status).toBe(400);
      expect((await set(token, 'x'.repeat(201))).status).toBe(400);
      for (const own of [account.email, account.name.toUpperCase()])
        expect(await set(token, own)).toMatchObject({
          status: 422,
          body: { code: 'staff.password_is_own_name' },
        });
      expect((await set(token)).status).toBe(204);
    });

    it('is limited to five in a quarter of an hour, whether or not somebody has the e-mail', async () => {
      const account = await enters();
      const told = [];
      for (const email of [account.email, 'nobody.here@example.dk']) {
        const replies = [];
        for (let i = 0; i < 6; i++) replies.push(await askForReset(email));
        expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
        expect(Number(replies[5].headers.get('retry-after'))).toBeGreaterThan(14 * 60);
        told.push({ ...saying(replies[5]), retryAfterSeconds: 0 });
      }
      expect(told[0]).toEqual(told[1]);
      // Five were asked for before the worker came: one mail says it all.
      expect(await sendPasswordMails(app)).toBe(1);
    });

    it('opens the lock of whoever proves to read the mail', async () => {
      const account = await enters();
      for (let i = 0; i < 5; i++) await signIn(account, 'wrong');
      expect((await signIn(account)).status).toBe(429);
      expect((await set(await resetToken(account))).status).toBe(204);
      expect((await signIn(account, ANOTHER)).status).toBe(200);
    });
  });

  it('come by mail even when the mail server was away', async () => {
    const account = await enters();
    const away = jest.spyOn(Mailer.prototype, 'send').mockRejectedValueOnce(new Error('away'));
    expect((await askForReset(account.email)).status).toBe(202);
    expect(await sendPasswordMails(app)).toBe(0);
    expect(await sendPasswordMails(app)).toBe(0);
    expect(away).toHaveBeenCalledTimes(1);
    away.mockRestore();
    await app.database.asOwner(`update password_tokens set retry_at = now() where account_id = $1`, [
      account.id,
    ]);
    expect(await sendPasswordMails(app)).toBe(1);
    expect((await set(await mailedToken(app, account.email))).status).toBe(204);
  });

  it('are not sent for when it is too late, and the log says so', async () => {
    const account = await enters();
    await askForReset(account.email);
    await after(offset + HOUR + 60);
    expect(await sendPasswordMails(app)).toBe(0);
    expect(
      await app.database.asOwner('select ended_because from password_tokens where account_id = $1', [
        account.id,
      ]),
    ).toEqual([{ ended_because: 'not sent' }]);
    await after(offset);
  });

  describe('a change', () => {
    const change = (of: TestAccount, currentPassword: string, newPassword: string, headers = {}) =>
      app.as(of).put('/auth/password', { currentPassword, newPassword }, headers);

    it('takes the current password and ends all other sessions', async () => {
      const account = await enters();
      const [mine, other] = [await signIn(account), await signIn(account)];
      const token = await resetToken(account);
      const authorization = `Bearer ${mine.body.accessToken}`;
      expect(await change(account, 'wrong', ANOTHER)).toMatchObject({
        status: 422,
        body: { code: 'staff.current_password_wrong' },
      });
      expect((await change(account, PASSWORD, 'too short')).status).toBe(400);
      expect((await change(account, PASSWORD, account.email)).status).toBe(422);
      expect((await change(account, PASSWORD, ANOTHER, { authorization })).status).toBe(204);
      expect([await refresh(mine), await refresh(other)]).toEqual([200, 401]);
      expect([(await signIn(account)).status, (await signIn(account, ANOTHER)).status]).toEqual([401, 200]);
      expect((await set(token)).status).toBe(401);
    });

    it('counts wrong passwords into the lock of sign-in', async () => {
      const account = await enters();
      for (let i = 0; i < 3; i++) expect((await change(account, `wrong ${i}`, ANOTHER)).status).toBe(422);
      for (let i = 0; i < 2; i++) expect((await signIn(account, 'wrong')).status).toBe(401);
      const work = jest.spyOn(argon2, 'verify');
      expect((await change(account, PASSWORD, ANOTHER)).status).toBe(429);
      expect((await signIn(account)).status).toBe(429);
      expect(work).not.toHaveBeenCalled();
      work.mockRestore();
    });
  });
});
