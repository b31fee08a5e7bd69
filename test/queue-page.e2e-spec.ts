import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { JobQueue } from '../src/platform/jobs/job-queue.js';
import { JobWorker } from '../src/platform/jobs/job-worker.js';
import { declaredJobs } from '../src/platform/jobs/job.js';
import { QUEUE_SCHEMA, queueConnection } from '../src/platform/jobs/queue-backend.js';
import { ROLES, type Role } from '../src/staff/staff.contract.js';
import { Office } from './factories/office.js';
import type { TestAccount } from './factories/staff.js';
import { startApp } from './support/app.js';
import { pagesForOperators } from './support/attempts.js';
import { CANARY } from './support/canaries.js';
import { Client } from './support/client.js';
import type { Held } from './support/database.js';
import { startProgram, type Program } from './support/program.js';
import { missingRedis, startRedis, type RedisServer } from './support/redis.js';
import { claimsOf, forgedTokens, signed } from './support/tokens.js';
import { shoot } from './support/wire.js';
import { until } from './support/worker-process.js';

const PAGE = '/admin/queues';
const PASSES = '/api/v1/auth/queue-page-passes';
/** What only the page shows. */
const INSIDE = /__UI_CONFIG__|"queues":|webpack|rspack|"jobs"/;
/** As if what the queue has in the database were somebody else's, and the rest of it were not. */
const LOCK_QUEUE = `do $$ begin execute (
  select 'lock table ' || string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables where schemaname = '${QUEUE_SCHEMA}'
); end $$`;
const noRedis = missingRedis();

const stores = [
  { name: 'Postgres', missing: undefined, redis: false },
  { name: 'Redis', missing: noRedis, redis: true },
];

for (const { name, missing, redis } of stores) {
  const suite = missing ? describe.skip : describe;
  suite(`the page of queues on ${name}${missing ? ` (${missing})` : ''}`, () => pageOn(redis));
}

function pageOn(onRedis: boolean): void {
  let redis: RedisServer | undefined;
  let program: Program;
  let office: Office;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    redis = onRedis ? await startRedis() : undefined;
    program = await startProgram({ LOG_LEVEL: 'info', REDIS_URL: redis?.url ?? '' });
    office = await Office.open({ database: program.database, as: clientOf });
  }, 60_000);
  afterAll(async () => {
    await program?.stop();
    await redis?.remove();
  });

  const clientOf = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
  /** An access token of a running session of an account of its own, and what closes that account. */
  async function signIn(role: Role = 'administrator') {
    const account = await office.colleague(role);
    const { id: sid } = account;
    await program.database.asOwner(
      `with session as (insert into sessions (id, account_id) values ($1, $1) returning id)
       insert into refresh_tokens (token_hash, session_id, expires_at)
       select uuid_send(id), id, clock_now() + interval '1 hour' from session`,
      [sid],
    );
    return { account, token: signed({ ...claimsOf(account), sid }) };
  }
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${program.address}${path}`, { headers, redirect: 'manual' });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const passOf = async (token: string) => {
    const reply = await fetch(`${program.address}${PASSES}`, { method: 'POST', headers: bearer(token) });
    return { status: reply.status, cookie: reply.headers.get('set-cookie')! };
  };
  const cookieOf = async (token: string) => ({ cookie: (await passOf(token)).cookie.split(';')[0] });

  it('shows every declared queue, its files and its data to an administrator, by bearer or cookie', async () => {
    const { token } = await signIn();
    for (const who of [bearer(token), await cookieOf(token)]) {
      const page = await get(PAGE, who);
      const html = await page.text();
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const files = [...html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file);
      expect(files.length).toBeGreaterThan(4);
      for (const file of files)
        expect([file, (await get(`${PAGE}/${file}`, who)).status]).toEqual([file, 200]);
      const { queues } = (await (await get(`${PAGE}/api/queues`, who)).json()) as {
        queues: { name: string }[];
      };
      expect(queues.map(({ name }) => name).sort()).toEqual(
        [...new Set(declaredJobs().map(({ queue }) => queue))].sort(),
      );
    }
  });

  it('runs under its policy: no script but its own files, and nothing from elsewhere', async () => {
    const { token } = await signIn();
    const page = await get(PAGE, bearer(token));
    const policy = page.headers.get('content-security-policy')!;
    const html = await page.text();
    expect(policy).toContain(`script-src 'self';`);
    expect(policy).not.toContain('http');
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(inline).toEqual([' id="__UI_CONFIG__" type="application/json"']);
    expect(html).not.toMatch(/\son[a-z]+=|javascript:/i);
    for (const [, file] of html.matchAll(/src="(static\/[^"]+\.js)"/g))
      expect(await (await get(`${PAGE}/${file}`, bearer(token))).text()).not.toMatch(
        /[^.\w]eval\(|new Function\(|new Worker\(/,
      );
    expect((await get('/api/docs')).headers.get('content-security-policy')).not.toBe(policy);
  });

  it('lets nobody in without a session, by no spelling of its addresses and no method', async () => {
    const { token } = await signIn();
    const asset = /static\/js\/main[^"]+/.exec(await (await get(PAGE, bearer(token))).text())![0];
    const below = [
      '',
      '/',
      '/api/queues',
      `/${asset}`,
      '/queue/reminders',
      '/api/queues/reminders/1',
      '/nothing',
    ];
    const spelled = below.flatMap((path) => [
      `${PAGE}${path}`,
      `${PAGE}${path}/`,
      `${PAGE}${path}?a=1`,
      `${PAGE}${path};a`,
      `/admin/%71ueues${path}`,
      `/%61dmin/queues${path}`,
      `/admin%2Fqueues${path}`,
      `/admin//queues${path}`,
      `//admin/queues${path}`,
      `/ADMIN/queues${path}`,
      `/admin/Queues${path}`,
      `/./admin/queues${path}`,
      `/api/docs/..${PAGE}${path}`,
      `${PAGE}/static/../..${PAGE}${path}`,
      `${PAGE}${path}%00`,
      `${PAGE}${path}%2e`,
    ]);
    const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const open: string[] = [];
    for (const path of spelled) {
      for (const method of methods) {
        const { status, text } = await shoot(program.address, { method, path, headers: {} });
        if (![400, 401, 404].includes(status) || INSIDE.test(text)) open.push(`${method} ${path}: ${status}`);
      }
    }
    expect(open).toEqual([]);
    for (const path of below.slice(0, -1)) {
      for (const method of ['GET', 'HEAD'])
        expect([
          path,
          (await shoot(program.address, { method, path: PAGE + path, headers: {} })).status,
        ]).toEqual([path, 401]);
    }
  });

  it('takes no token that is not an administrator’s, and no cookie that is not a pass', async () => {
    const { account, token } = await signIn();
    const claims = { ...claimsOf(account), sid: account.id };
    const pass = { ...claims, aud: 'ankomst-queue-page' };
    const refused = {
      ...forgedTokens(pass),
      'an access token': token,
      'of another audience': signed({ ...claims, aud: 'ankomst' }),
      'of another issuer': signed({ ...pass, iss: 'somebody' }),
      'run out': signed({ ...pass, exp: Math.floor(Date.now() / 1000) - 1 }),
      'not begun': signed({ ...pass, iat: Math.floor(Date.now() / 1000) + 3_600 }),
      'of a session that is none': signed({ ...pass, sid: office.account('caseworker').id }),
      'of somebody else’s session': signed({ ...pass, sub: office.account('administrator').id }),
      nothing: '',
    };
    const name = (await passOf(token)).cookie.split('=')[0];
    for (const [what, value] of Object.entries(refused))
      expect([what, (await get(`${PAGE}/api/queues`, { cookie: `${name}=${value}` })).status]).toEqual([
        what,
        401,
      ]);
    expect((await get(PAGE, { cookie: `${name}=${signed(pass)}` })).status).toBe(200);
    expect((await get('/api/v1/staff/me', await cookieOf(token))).status).toBe(401);
    const asBearer = (await cookieOf(token)).cookie.split('=')[1];
    for (const path of ['/api/v1/staff/me', PAGE])
      expect((await get(path, bearer(asBearer))).status).toBe(401);
    for (const role of ROLES.filter((one) => one !== 'administrator')) {
      const other = await signIn(role);
      expect([role, (await get(PAGE, bearer(other.token))).status]).toEqual([role, 403]);
      expect([role, (await passOf(other.token)).status]).toEqual([role, 403]);
      const stolen = signed({ ...pass, sub: other.account.id, role, sid: other.account.id });
      expect([role, (await get(PAGE, { cookie: `${name}=${stolen}` })).status]).toEqual([role, 403]);
    }
  });

  it('gives a cookie for the page alone, which lives no longer than the access token', async () => {
    const { account } = await signIn();
    const iat = Math.floor(Date.now() / 1000) - 500;
    const old = signed({ ...claimsOf(account), sid: account.id, iat, exp: iat + 600 });
    const { status, cookie } = await passOf(old);
    expect(status).toBe(204);
    expect(cookie).toMatch(/; Max-Age=\d+; Path=\/admin\/queues; HttpOnly; SameSite=Strict$/);
    const [, seconds] = /Max-Age=(\d+)/.exec(cookie)!;
    expect(Number(seconds)).toBeGreaterThan(80);
    expect(Number(seconds)).toBeLessThanOrEqual(100);
    const { exp } = JSON.parse(Buffer.from(cookie.split('.')[1], 'base64url').toString()) as { exp: number };
    expect(exp).toBeLessThanOrEqual(iat + 600);
    const taken = await fetch(`${program.address}${PASSES}/current`, {
      method: 'DELETE',
      headers: bearer(old),
    });
    expect([taken.status, taken.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringMatching(/^ankomst_queue_page=; Max-Age=0; Path=\/admin\/queues; /),
    ]);
  });

  it('closes at once when the session ends, or the account is closed or has another role', async () => {
    const endings: Record<string, (of: { account: TestAccount; token: string }) => Promise<unknown>> = {
      'signed out': ({ token }) =>
        fetch(`${program.address}/api/v1/auth/sessions/current`, {
          method: 'DELETE',
          headers: bearer(token),
        }),
      'closed account': ({ account }) =>
        office
          .as('administrator')
          .patch(`/staff/accounts/${account.id}`, { disabled: true }, { 'if-match': '"1"' }),
      'closed past the program': ({ account }) =>
        program.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [account.id]),
      'another role': ({ account }) =>
        program.database.asOwner(`update staff_accounts set role = 'analyst' where id = $1`, [account.id]),
      'idle for too long': ({ account }) =>
        program.database.asOwner('update refresh_tokens set expires_at = now() where session_id = $1', [
          account.id,
        ]),
    };
    for (const [what, end] of Object.entries(endings)) {
      const signedIn = await signIn();
      const ways = [bearer(signedIn.token), await cookieOf(signedIn.token)];
      for (const who of ways) expect([what, (await get(PAGE, who)).status]).toEqual([what, 200]);
      await end(signedIn);
      for (const who of ways)
        for (const path of ['', '/api/queues'])
          expect([what, (await get(PAGE + path, who)).status]).toEqual([what, 401]);
    }
  });

  it('shows a browser how to sign in, in Danish and English, and a program a problem', async () => {
    const html = await get(PAGE, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    const text = await html.text();
    expect([html.status, html.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(text).toMatch(/Log ind[^]*Sign in/);
    const policy = html.headers.get('content-security-policy')!;
    for (const [, tag, inner] of text.matchAll(/<(script|style)>([^]*?)<\/\1>/g)) {
      const hash = createHash('sha256').update(inner).digest('base64');
      expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
    }
    for (const accept of ['*/*', 'application/json', '']) {
      const problem = await get(`${PAGE}/api/queues`, accept ? { accept } : {});
      expect(problem.headers.get('content-type')).toContain('application/problem+json');
      expect(await problem.json()).toMatchObject({ status: 401, code: 'request.unauthenticated' });
    }
  });

  it('opens to an administrator who signs in on that page, and tells anybody else why not', async () => {
    const [, script] = /<script>([^]*?)<\/script>/.exec(
      await (await get(PAGE, { accept: 'text/html' })).text(),
    )!;
    const signInAs = async (role: Role, password: string) => {
      const seen = { reloaded: false, said: '', cookie: '' };
      let submit: (event: unknown) => Promise<void>;
      runInNewContext(script, {
        document: {
          forms: [{ addEventListener: (_: string, heard: typeof submit) => (submit = heard) }],
          querySelector: () => ({
            set textContent(text: string) {
              seen.said = text;
            },
          }),
        },
        FormData: function (fields: unknown) {
          return fields;
        },
        location: { reload: () => (seen.reloaded = true) },
        fetch: async (path: string, init: RequestInit) => {
          const reply = await fetch(`${program.address}${path}`, init);
          seen.cookie = reply.headers.get('set-cookie') ?? seen.cookie;
          return reply;
        },
      });
      const fields = [
        ['email', office.account(role).email],
        ['password', password],
      ];
      await submit!({ preventDefault: () => undefined, target: fields });
      return seen;
    };
    const right = await signInAs('administrator', await office.password('administrator'));
    expect(right).toMatchObject({ reloaded: true, said: '' });
    expect((await get(PAGE, { cookie: right.cookie.split(';')[0] })).status).toBe(200);
    expect(await signInAs('administrator', 'not the password')).toMatchObject({
      reloaded: false,
      said: expect.stringContaining('E-mail'),
    });
    expect(await signInAs('caseworker', await office.password('caseworker'))).toMatchObject({
      reloaded: false,
      said: expect.stringContaining('rolle'),
      cookie: '',
    });
  });

  it('changes nothing: what its page could ask for is not there', async () => {
    const { token } = await signIn();
    const found: string[] = [];
    for (const path of [
      'pause',
      'resume',
      'reminders/pause',
      'reminders/add',
      'reminders/obliterate',
      'reminders/1/retry',
    ]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const address = `${program.address}${PAGE}/api/queues/${path}`;
        const { status } = await fetch(address, { method, headers: bearer(token) });
        if (status !== 404) found.push(`${method} ${path}: ${status}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('shows of a failed job its ids and where it failed, never what the database says of a row', async () => {
    const { token } = await signIn();
    const connection = queueConnection({ REDIS_URL: redis?.url, DATABASE_URL: program.database.url });
    const queue = new JobQueue('reminders', { connection });
    await queue.onModuleInit();
    const worker = new JobWorker(
      'reminders',
      () =>
        Promise.reject(
          new QueryFailedError('select 1', [], Object.assign(new Error(CANARY), { code: '23514' })),
        ),
      { connection },
    );
    try {
      await queue.add('deliver-reminder', { reminderId: '7' }, { jobId: 'broken', attempts: 1 });
      const show = async () => (await get(`${PAGE}/api/queues/reminders/broken`, bearer(token))).json();
      await until(async () => JSON.stringify(await show()).includes('23514'));
      const shown = await show();
      expect(shown).toMatchObject({
        status: 'failed',
        job: { data: { reminderId: '7' }, failedReason: 'the database refused: 23514' },
      });
      expect(JSON.stringify(shown)).not.toContain(CANARY);
      expect((shown as { job: { stacktrace: string[] } }).job.stacktrace[0]).toContain('    at ');
    } finally {
      await worker.close(true);
      await queue.close();
    }
  });

  it('stands in the request log by its routes, with who asked', async () => {
    const { account, token } = await signIn();
    await get(`${PAGE}/queue/reminders?status=failed`, bearer(token));
    await sleep(100);
    const lines = program
      .output()
      .split('\n')
      .filter((line) => line.includes(account.id));
    expect(lines.map((line) => (JSON.parse(line) as { route: string }).route)).toEqual([
      '/admin/queues/queue/:queueName',
    ]);
    expect(program.output()).not.toContain(token.split('.')[2]);
  });

  // last: it takes the store away
  it('answers 503 within limits while the store is away, and harms nobody', async () => {
    const { token } = await signIn();
    for (const [leave, comeBack] of onRedis ? redisAway() : postgresAway()) {
      await leave();
      const asked = Date.now();
      const reply = await get(`${PAGE}/api/queues`, bearer(token));
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '5']);
      expect(Date.now() - asked).toBeLessThan(3_000);
      expect((await get(PAGE, bearer(token))).status).toBe(200);
      expect((await office.as('caseworker').get('/my-day')).status).toBe(200);
      await comeBack();
      await until(async () => (await get(`${PAGE}/api/queues`, bearer(token))).status === 200);
    }
  });

  type Away = [leave: () => unknown, comeBack: () => unknown][];
  const redisAway = (): Away => [
    [() => redis!.freeze(), () => redis!.thaw()],
    [() => redis!.crash(), () => redis!.start()],
  ];
  const postgresAway = (): Away => {
    let held: Held;
    return [[async () => (held = await program.database.hold(LOCK_QUEUE)), () => held.release()]];
  };
}

describe('the routes of the page', () => {
  it('stand closed to all but administrators in the list of routes, none of them for a change', async () => {
    const app = await startApp();
    const routes = pagesForOperators(app);
    await app.close();
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, access } of routes)
      expect([method, access]).toEqual(['GET', { open: false, roles: ['administrator'], page: true }]);
  });

  it('are given a cookie for safe lines only, in production', async () => {
    const key = () => randomBytes(32).toString('base64');
    const secret = randomBytes(32);
    const program = await startProgram({
      NODE_ENV: 'production',
      TOKEN_KEYS: `k1:${secret.toString('base64')}`,
      DATA_KEYS: `k1:${key()}`,
      INDEX_KEY: key(),
    });
    try {
      const office = await Office.open({ database: program.database, as: () => undefined as never });
      const token = signed(claimsOf(office.account('administrator')), secret);
      const { headers } = await fetch(`${program.address}${PASSES}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
    } finally {
      await program.stop();
    }
  });
});
