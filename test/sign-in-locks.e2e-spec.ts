import argon2 from 'argon2';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Client, type Reply } from './support/client.js';
import { makeAccountThatEnters, PASSWORD } from './support/passwords.js';
import { startProgram, type Program } from './support/program.js';

const MINUTE = 60;
const WINDOW = 15 * MINUTE;

const statuses = (replies: Reply[]) => replies.map(({ status }) => status);
const times = <Made>(count: number, make: (i: number) => Promise<Made>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

// Other instances are processes of their own: on a busy machine they take a while to start.
jest.setTimeout(90_000);

describe('the locks of sign-in', () => {
  /** Two instances that trust the proxy in front of them, one of them in this process; one database. */
  let app: TestApp;
  let other: Program;
  let unit: TestUnit;
  let begun: number;
  let addresses = 0;

  const trusting = { TRUSTED_PROXIES: '127.0.0.1,::1' };

  beforeAll(async () => {
    Object.assign(process.env, trusting);
    app = await startApp();
    other = await startProgram(trusting, app.database);
    unit = await makeUnit(app.database);
  });
  afterAll(async () => {
    await other.stop();
    await app.close();
  });
  beforeEach(async () => {
    begun = Date.now();
    await after(0);
  });

  const after = async (seconds: number) => {
    await app.moveClock(new Date(begun + seconds * 1000).toISOString());
  };
  /** An address nobody has tried from. */
  const anAddress = () => `203.0.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;
  const signIn = (
    email: string,
    password: string,
    from: string = anAddress(),
    at: { address: string } = app,
  ) => new Client(at.address).post('/auth/sign-in', { email, password }, { 'x-forwarded-for': from });
  const anAccount = () => makeAccountThatEnters(app, unit.id);
  const events = async ({ id }: TestAccount) =>
    (
      await app.database.asOwner<{ event: string }>(
        'select event from sign_in_events where account_id = $1 order by id',
        [id],
      )
    ).map(({ event }) => event);
  /** The last try again, for other e-mails, as it is kept: fifty verifications would take their time. */
  const repeatLastFailure = (count: number) =>
    app.database.asOwner(
      `with last as (select address_index from sign_in_events where event = 'tried' order by id desc limit 1),
         again as (select gen_random_uuid() as id from generate_series(1, $1))
       insert into sign_in_events (event, attempt_id, email_index, address_index)
       select event, again.id, again.id::text::bytea, last.address_index
       from last, again, unnest(array['tried', 'refused']) as event`,
      [count],
    );
  const fail = async (email: string, failures: number, from?: string) => {
    const replies = [];
    for (let i = 0; i < failures; i++) replies.push(await signIn(email, `wrong ${i}`, from));
    return statuses(replies);
  };

  it('refuse an account from the sixth try on, from whatever address, the right password too', async () => {
    const account = await anAccount();
    expect(await fail(account.email, 5)).toEqual([401, 401, 401, 401, 401]);
    const work = jest.spyOn(argon2, 'verify');
    const late = await Promise.all([
      signIn(account.email, 'wrong'),
      signIn(account.email.toUpperCase(), PASSWORD),
      signIn(account.email, PASSWORD, anAddress(), other),
    ]);
    expect(work).not.toHaveBeenCalled();
    for (const { status, headers, body } of late) {
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'staff.too_many_tries' });
      const seconds = Number(headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(WINDOW - MINUTE);
      expect(seconds).toBeLessThanOrEqual(WINDOW);
      expect(body.retryAfterSeconds).toBe(seconds);
    }
    expect(await events(account)).toEqual([
      ...Array<string>(5).fill('refused'),
      ...Array<string>(3).fill('locked'),
    ]);
  });

  it('are the same for an e-mail nobody has, and keep an event of each try', async () => {
    const account = await anAccount();
    const tried = async (email: string) => {
      const replies = [];
      for (let i = 0; i < 7; i++) replies.push(await signIn(email, 'wrong'));
      return replies.map(({ status, body }) => [status, body.code, body.title]);
    };
    const known = await tried(account.email);
    expect(await tried('nobody.at.all@example.dk')).toEqual(known);
    expect(known.map(([status]) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const [{ outcomes, email_indexes: emails }] = await app.database.asOwner<Record<string, unknown>>(
      `select array_agg(event order by event) as outcomes, count(distinct email_index)::int as email_indexes
       from (select * from sign_in_events where event <> 'tried' order by id desc limit 14) newest`,
    );
    expect({ outcomes, emails }).toEqual({
      outcomes: [...Array<string>(4).fill('locked'), ...Array<string>(10).fill('refused')],
      emails: 2,
    });
  });

  it('open when the window is over, by the one clock and not a moment before', async () => {
    const { email } = await anAccount();
    await fail(email, 2);
    await after(5 * MINUTE);
    await fail(email, 3);
    const opensIn = Number((await signIn(email, PASSWORD)).headers.get('retry-after'));
    expect(opensIn).toBeLessThanOrEqual(10 * MINUTE);
    expect(opensIn).toBeGreaterThan(9 * MINUTE);
    await after(WINDOW - 20);
    expect((await signIn(email, PASSWORD)).status).toBe(429);
    await after(WINDOW + 20);
    expect((await signIn(email, PASSWORD)).status).toBe(200);
    // The success ended the count.
    expect(await fail(email, 5)).toEqual([401, 401, 401, 401, 401]);
    expect((await signIn(email, PASSWORD)).status).toBe(429);
  });

  it('let one try in for each failure that leaves the window', async () => {
    const { email } = await anAccount();
    for (let i = 0; i < 5; i++) {
      await after(i * MINUTE);
      await signIn(email, 'wrong');
    }
    await after(WINDOW + 20);
    expect(await fail(email, 2)).toEqual([401, 429]);
  });

  it('forget the failures of an e-mail that signed in', async () => {
    const { email } = await anAccount();
    for (let round = 0; round < 3; round++) {
      expect(await fail(email, 4)).toEqual([401, 401, 401, 401]);
      expect((await signIn(email, PASSWORD)).status).toBe(200);
    }
  });

  it('hold after a restart', async () => {
    const { email } = await anAccount();
    await fail(email, 5);
    await other.stop();
    other = await startProgram(trusting, app.database);
    expect((await signIn(email, PASSWORD, anAddress(), other)).status).toBe(429);
  });

  it('verify at most five of twenty wrong passwords that come at once on two instances', async () => {
    for (const from of [undefined, anAddress()]) {
      const account = await anAccount();
      const work = jest.spyOn(argon2, 'verify').mockClear();
      const replies = await times(20, (i) =>
        signIn(account.email, `wrong ${i}`, from ?? anAddress(), i % 2 ? app : other),
      );
      // A refusal is a verification, as is seen where they can be counted.
      const refusedHere = replies.filter(({ status }, i) => i % 2 && status === 401);
      expect(work.mock.calls.length).toBe(refusedHere.length);
      expect(statuses(replies).sort()).toEqual([...Array(5).fill(401), ...Array(15).fill(429)]);
      expect((await signIn(account.email, PASSWORD)).status).toBe(429);
      expect((await events(account)).sort()).toEqual([
        ...Array(16).fill('locked'),
        ...Array(5).fill('refused'),
      ]);
    }
  });

  it('let twenty right passwords in that come at once on two instances, also after four wrong ones', async () => {
    const account = await anAccount();
    for (const failures of [0, 4]) {
      await fail(account.email, failures);
      const replies = await times(20, (i) =>
        signIn(account.email, PASSWORD, anAddress(), i % 2 ? app : other),
      );
      expect(statuses(replies)).toEqual(Array(20).fill(200));
    }
  });

  it('refuse an address from the fifty-first failure on, for every e-mail, and no other address', async () => {
    const from = anAddress();
    const account = await anAccount();
    expect((await signIn('guess.1@example.dk', 'wrong', from)).status).toBe(401);
    await repeatLastFailure(48);
    // A success does not end the count of an address: everybody has an account to sign in to between two guesses.
    expect((await signIn(account.email, PASSWORD, from)).status).toBe(200);
    expect((await signIn('guess.50@example.dk', 'wrong', from)).status).toBe(401);
    const late = await signIn(account.email, PASSWORD, from);
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(WINDOW - MINUTE);
    expect((await signIn(account.email, PASSWORD, from, other)).status).toBe(429);
    expect((await signIn(account.email, PASSWORD)).status).toBe(200);
    await after(WINDOW + 20);
    expect((await signIn(account.email, PASSWORD, from)).status).toBe(200);
  });

  it('count a home with all its IPv6 addresses as one address', async () => {
    expect((await signIn('six.1@example.dk', 'wrong', '2001:db8:7:7::1')).status).toBe(401);
    await repeatLastFailure(48);
    expect((await signIn('six.50@example.dk', 'wrong', '2001:db8:7:7:1:2:3:4')).status).toBe(401);
    expect((await signIn('six.51@example.dk', 'wrong', '2001:db8:7:7::50')).status).toBe(429);
    expect((await signIn('six.51@example.dk', 'wrong', '2001:db8:7:8::1')).status).toBe(401);
  });

  it('believe what is forwarded only from a proxy that is trusted', async () => {
    const exposed = await startProgram({ TRUSTED_PROXIES: '' }, app.database);
    expect((await signIn('said.1@example.dk', 'wrong', anAddress(), exposed)).status).toBe(401);
    await repeatLastFailure(48);
    expect((await signIn('said.50@example.dk', 'wrong', anAddress(), exposed)).status).toBe(401);
    expect((await signIn('said.51@example.dk', 'wrong', anAddress(), exposed)).status).toBe(429);
    await exposed.stop();
    // What the client says of itself stands before what the proxy adds, and counts for nothing.
    const from = anAddress();
    expect((await signIn('spoof.1@example.dk', 'wrong', `${anAddress()}, ${from}`)).status).toBe(401);
    await repeatLastFailure(48);
    expect((await signIn('spoof.50@example.dk', 'wrong', `${anAddress()}, ${from}`)).status).toBe(401);
    expect((await signIn('spoof.51@example.dk', 'wrong', `${anAddress()}, ${from}`)).status).toBe(429);
  });

  it('take a try whose process died for a failure', async () => {
    const account = await anAccount();
    const died = jest.spyOn(argon2, 'verify').mockRejectedValue(new Error('killed'));
    expect(statuses(await times(5, () => signIn(account.email, PASSWORD)))).toEqual(Array(5).fill(500));
    died.mockRestore();
    await after(MINUTE);
    expect((await signIn(account.email, PASSWORD)).status).toBe(429);
    await after(WINDOW + 20);
    expect((await signIn(account.email, PASSWORD)).status).toBe(200);
  });
});
