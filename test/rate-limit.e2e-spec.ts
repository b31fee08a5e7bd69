import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../src/app.setup.js';
import { RateLimit } from '../src/platform/http/rate-limit.js';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Client, type Reply } from './support/client.js';
import { claimsOf, signed } from './support/tokens.js';

const LIMIT = 30;
const MANY = 10;

describe('the rate limit', () => {
  let app: TestApp;
  let unit: TestUnit;
  let minute = Date.parse('2027-01-11T09:00:05Z');

  beforeAll(async () => {
    process.env.RATE_LIMIT_PER_MINUTE = String(LIMIT);
    app = await startApp();
    unit = await makeUnit(app.database);
  });
  afterAll(async () => {
    process.env.RATE_LIMIT_PER_MINUTE = '0';
    await app.close();
  });
  // Every test has a minute of its own.
  beforeEach(() => app.moveClock(new Date((minute += 600_000)).toISOString()));

  const times = async (count: number, ask: (i: number) => Promise<Reply>): Promise<Reply[]> => {
    const replies: Reply[] = [];
    for (let i = 0; i < count; i++) replies.push(await ask(i));
    return replies;
  };
  const limited = (replies: Reply[]) => replies.filter(({ status }) => status === 429);
  const signIn = (i: number) =>
    app.anonymous.post('/auth/sign-in', { email: `nobody${i}@example.dk`, password: 'not the password' });
  const me = (account: TestAccount) => app.as(account).get('/staff/me');

  it.each<[string, number, (i: number) => Promise<Reply>]>([
    ['sign-ins', 5, signIn],
    ['searches', 5, () => app.as(unit.caseworker).get('/refugees?q=selam')],
    ['look-ups', 5, () => app.as(unit.caseworker).post('/refugees/lookups', { cpr: '010190-4000' })],
    ['lists', 2, () => app.as(unit.caseworker).get('/staff/accounts')],
    ['reads', 1, () => app.as(unit.caseworker).get('/staff/me')],
  ])('lets through so many %s a minute, and no more, each for its cost of %d', async (_, cost, ask) => {
    const allowed = LIMIT / cost;
    const replies = await times(allowed * MANY, ask);
    expect(limited(replies.slice(0, allowed))).toEqual([]);
    expect(limited(replies.slice(allowed))).toHaveLength(allowed * (MANY - 1));
    for (const { status, headers, body } of limited(replies)) {
      expect({ status, code: body.code }).toEqual({ status: 429, code: 'request.limited' });
      expect(headers.get('content-type')).toMatch('application/problem+json');
      const seconds = Number(headers.get('retry-after'));
      expect(seconds).toBe(body.retryAfterSeconds);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(55);
    }
    expect((await me(unit.leader)).status).toBe(200);
  });

  it('says in every reply what is left', async () => {
    const { headers } = await app.as(unit.coordinator).get('/staff/accounts');
    expect(headers.get('ratelimit-policy')).toBe(`"minute";q=${LIMIT};w=60`);
    expect(headers.get('ratelimit')).toMatch(/^"minute";r=28;t=5[45]$/);
    await times(LIMIT, () => me(unit.coordinator));
    expect((await me(unit.coordinator)).headers.get('ratelimit')).toMatch(/^"minute";r=0;t=5\d$/);
  });

  it('counts what is refused at the door, too: by account, or by the address of who has none', async () => {
    const forbidden = await times(LIMIT * 2, () => app.as(unit.caseworker).post('/staff/accounts', {}));
    expect(forbidden.map(({ status }) => status)).toEqual([
      ...Array<number>(LIMIT).fill(403),
      ...Array<number>(LIMIT).fill(429),
    ]);
    const anonymous = await times(LIMIT * 2, (i) =>
      i % 2 ? app.anonymous.get('/staff/me') : app.anonymous.get('/no/such/address'),
    );
    expect(anonymous.map(({ status }) => status)).toEqual([
      ...Array.from({ length: LIMIT }, (__, i) => (i % 2 ? 401 : 404)),
      ...Array<number>(LIMIT).fill(429),
    ]);
    expect((await me(unit.leader)).status).toBe(200);
  });

  it('holds when all come at once', async () => {
    const replies = await Promise.all(Array.from({ length: LIMIT * 3 }, () => me(unit.caseworker)));
    expect(limited(replies)).toHaveLength(LIMIT * 2);
  });

  it('lets come again when the minute is over', async () => {
    expect(limited(await times(LIMIT + 1, () => me(unit.caseworker)))).toHaveLength(1);
    await app.moveClock(new Date(minute + 54_000).toISOString());
    expect((await me(unit.caseworker)).status).toBe(429);
    await app.moveClock(new Date(minute + 60_000).toISOString());
    expect((await me(unit.caseworker)).status).toBe(200);
  });

  it('is one for all instances, and outlives each of them', async () => {
    const started: NestFastifyApplication[] = [];
    const another = async () => {
      const instance = await createHttpApp();
      started.push(instance);
      await instance.listen(0, '127.0.0.1');
      const token = () => signed(claimsOf(unit.jobConsultant, new Date(minute)));
      return new Client(await instance.getUrl(), token);
    };
    const second = await another();
    const replies = await times(LIMIT, (i) => (i % 2 ? me(unit.jobConsultant) : second.get('/staff/me')));
    expect(limited(replies)).toEqual([]);
    expect([(await me(unit.jobConsultant)).status, (await second.get('/staff/me')).status]).toEqual([
      429, 429,
    ]);
    await started[0].close();
    expect((await (await another()).get('/staff/me')).status).toBe(429);
    await started[1].close();
  });

  it('never stands between a watcher and the health of the program', async () => {
    const replies = await times(LIMIT * 2, (i) =>
      app.anonymous.get(i % 2 ? '//health/live' : '//health/ready'),
    );
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    expect(replies[0].headers.get('ratelimit')).toBeNull();
  });

  it('keeps no address, and forgets what no longer counts', async () => {
    const callers = async () =>
      (await app.database.asOwner<{ caller: string }>('select caller from request_counts')).map(
        ({ caller }) => caller,
      );
    await signIn(0);
    await me(unit.caseworker);
    expect(await callers()).toContain(unit.caseworker.id);
    expect((await callers()).filter((caller) => caller.includes('127.0'))).toEqual([]);
    const count = (await callers()).length;
    await app.moveClock(new Date(minute + 181_000).toISOString());
    expect(await app.app.get(RateLimit).sweep()).toBe(count);
    expect(await callers()).toEqual([]);
  });

  it('is no limit at all when it is 0', async () => {
    process.env.RATE_LIMIT_PER_MINUTE = '0';
    const free = await createHttpApp();
    await free.listen(0, '127.0.0.1');
    const client = new Client(await free.getUrl(), () => signed(claimsOf(unit.leader, new Date(minute))));
    const replies = await times(LIMIT * 2, () => client.get('/staff/me'));
    await free.close();
    expect(replies.filter(({ status, headers }) => status !== 200 || headers.has('ratelimit'))).toEqual([]);
  });
});
