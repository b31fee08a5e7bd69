import { randomUUID } from 'node:crypto';
import { Office } from './factories/office.js';
import { aCpr, anAdult } from './factories/papers.js';
import type { TestAccount } from './factories/staff.js';
import { addressOf } from './support/attempts.js';
import { Client } from './support/client.js';
import { cloneDatabase } from './support/database.js';
import { Judge } from './support/judge.js';
import { lineTo, type Line } from './support/line.js';
import { Api, type ApiDocument } from './support/openapi.js';
import { startProgram, type Program } from './support/program.js';
import { pour } from './support/raw-socket.js';
import { claimsOf, signed } from './support/tokens.js';
import { shoot, type Answer } from './support/wire.js';
import type { Role } from '../src/staff/staff.contract.js';

jest.setTimeout(60_000);

describe('when something fails', () => {
  let program: Program;
  let line: Line;
  let office: Office;
  let api: Api;
  let judge: Judge;

  beforeAll(async () => {
    const database = await cloneDatabase();
    line = await lineTo(database.url);
    program = await startProgram(
      { LOG_LEVEL: 'trace', DATABASE_URL: line.url, RATE_LIMIT_PER_MINUTE: '100000' },
      database,
    );
    const as = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
    office = await Office.open({ database, as });
    await office.knownCase();
    const document = await (await fetch(`${program.address}/api/openapi.json`)).text();
    api = new Api(JSON.parse(document) as ApiDocument);
    judge = await Judge.of(api, document, database);
  });
  afterAll(async () => {
    await program?.stop();
    await line?.end();
    await program?.database.drop();
  });

  const ask = (role: Role, method: string, path: string, body?: object): Promise<Answer> =>
    shoot(program.address, {
      method,
      path: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${signed(claimsOf(office.account(role)))}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
  const asOwner = (statement: string) => program.database.asOwner(statement);
  const codeOf = ({ text }: Answer) => (JSON.parse(text) as { code: string }).code;
  const idOf = ({ text }: Answer) => (JSON.parse(text) as { requestId: string }).requestId;
  /** The lines of the log by now; what was just written needs a moment to get here. */
  const lines = async (): Promise<string[]> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return program.output().trim().split('\n');
  };

  it.each<[string, string, string, () => Promise<Answer>]>([
    [
      'a table that is gone',
      'alter table refugees rename to gone',
      'alter table gone rename to refugees',
      () => ask('job_consultant', 'GET', '/refugees'),
    ],
    [
      'a column that is gone',
      'alter table case_team rename staff_id to gone',
      'alter table case_team rename gone to staff_id',
      () => ask('job_consultant', 'POST', '/refugees', anAdult()),
    ],
    [
      'an error nobody has heard of',
      `create function fail() returns trigger language plpgsql as
         $$ begin raise exception 'select % from refugees', new.given_names using errcode = 'AB123', detail = new::text,
         table = 'refugees', column = 'given_names'; end $$;
       create trigger fail before insert on refugees for each row execute function fail()`,
      'drop trigger fail on refugees; drop function fail()',
      () => ask('job_consultant', 'POST', '/refugees', { ...anAdult(), cpr: aCpr() }),
    ],
    [
      'a right that was taken',
      'revoke select on staff_accounts from ankomst_app',
      'grant select on staff_accounts to ankomst_app',
      () => ask('caseworker', 'GET', '/staff/me'),
    ],
    [
      'a division by zero',
      'alter table units rename to units_before; create view units as select id, name, leader_id from units_before where 1 / (length(name) * 0) = 1; grant select on units to ankomst_app',
      'drop view units; alter table units_before rename to units',
      () => ask('caseworker', 'GET', '/staff/units'),
    ],
  ])(
    '%s is a 500 that says its id and nothing of the inside, and the log has the rest',
    async (_, fail, mend, send) => {
      await asOwner(fail);
      const answer = await send();
      await asOwner(mend);
      expect([answer.status, codeOf(answer)]).toEqual([500, 'server.failed']);
      expect(judge.wrongsOfProblem(answer)).toEqual([]);
      const said = (await lines()).filter((text) => text.includes(idOf(answer)));
      expect(said.map((text) => (JSON.parse(text) as { level: string }).level).sort()).toEqual([
        'error',
        'info',
      ]);
      expect(said.join()).not.toMatch(/Selam|Tesfay|detail/);
      expect((await send()).status).toBeLessThan(300);
    },
  );

  it('what is there already is a 409 that says no more', async () => {
    const account = {
      email: `${randomUUID()}@example.dk`,
      name: 'Karen Holm',
      role: 'caseworker',
      unitId: office.unit.id,
    };
    const person = { ...anAdult(), cpr: aCpr() };
    for (const [role, path, body] of [
      ['administrator', '/staff/accounts', account],
      ['job_consultant', '/refugees', person],
    ] as const) {
      expect((await ask(role, 'POST', path, body)).status).toBe(201);
      const answer = await ask(role, 'POST', path, body);
      expect(answer.status).toBe(409);
      expect(judge.wrongsOfProblem(answer)).toEqual([]);
    }
  });

  it('Postgres that is away is a 503 on every route, with Retry-After, and is found again when it is back', async () => {
    line.cut();
    const found: string[] = [];
    for (const { method, url, roles } of api.operations()) {
      const address = addressOf(url).replace('/api/v1', '');
      if (url.startsWith('/health/')) continue;
      const role = (roles[0] ?? 'caseworker') as Role;
      const answer = await ask(role, method, address, method === 'GET' ? undefined : {});
      if (answer.status !== 503 || codeOf(answer) !== 'server.unavailable')
        found.push(`${method} ${url}: ${answer.status}`);
      found.push(...judge.wrongsOfProblem(answer).map((what) => `${method} ${url} ${what}`));
    }
    expect(found).toEqual([]);
    const [live, ready] = await Promise.all(
      ['live', 'ready'].map((what) => fetch(`${program.address}/health/${what}`)),
    );
    expect([live.status, ready.status]).toEqual([200, 503]);
    expect(ready.headers.get('retry-after')).toBe('5');
    line.mend();
    expect((await ask('caseworker', 'GET', '/staff/me')).status).toBe(200);
  });

  it('every line of the log is one line of JSON, whatever somebody would like it to be', async () => {
    const forged = '\r\n{"level":"info","message":"FORGED"}\r\n\u001b[31mFORGED\u001b[0m\u2028FORGED\u0085';
    const own = office.as('job_consultant');
    const encoded = encodeURIComponent(forged);
    const ansi = '\u001b[31mFORGED\u009b';
    const token = signed(claimsOf(office.account('job_consultant')));
    await own.post('/refugees', { ...anAdult(), givenNames: forged });
    await own.post('/refugees', { ...anAdult(), givenNames: 'FORGED \u2028 FORGED' });
    await own.post('/refugees', { ...anAdult(), [forged]: forged });
    for (const path of [
      `/refugees?q=${encoded}`,
      `/refugees/${encoded}`,
      `/${encoded}`,
      `/refugees?${encoded}=1`,
    ])
      await own.get(path);
    await own.post('/auth/sign-in', { email: `${forged}@example.dk`, password: forged });
    for (const name of [
      'user-agent',
      'referer',
      'x-request-id',
      'traceparent',
      'if-match',
      'purpose',
      'host',
      'accept-language',
    ])
      await pour(
        program.address,
        `GET /api/v1/refugees HTTP/1.1\r\n${name === 'host' ? '' : 'host: x\r\n'}authorization: Bearer ${token}\r\n${name}: ${ansi}\r\nconnection: close\r\n\r\n`,
      );
    for (const head of [
      `GET /${ansi} HTTP/1.1\r\nhost: x\r\n\r\n`,
      `FORGED / HTTP/1.1\r\nhost: x\r\n\r\n`,
      `GET / HTTP/1.1\r\nx: ${ansi}\r\nhost: x\r\nuser-agent: a\r\n FORGED\r\n\r\n`,
    ])
      await pour(program.address, head);
    const said = await lines();
    for (const text of said) {
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      // oxlint-disable-next-line no-control-regex -- control characters are what this finds
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    }
    expect(said.filter((text) => text.includes('FORGED'))).toEqual([]);
  });
});
