import { Office } from './factories/office.js';
import { anAssessment } from './factories/papers.js';
import type { TestAccount } from './factories/staff.js';
import { Client } from './support/client.js';
import { startProgram, type Program } from './support/program.js';
import { pour, type Ending } from './support/raw-socket.js';
import { claimsOf, signed } from './support/tokens.js';
import { shoot } from './support/wire.js';

const MB = 1024 * 1024;
const PATH = '/api/v1/refugees';

jest.setTimeout(90_000);

describe('what is too much', () => {
  let program: Program;
  let office: Office;
  /** Begun first, for they take half a minute. */
  let slowBody: Promise<Ending>;
  let slowHeaders: Promise<Ending>;

  beforeAll(async () => {
    program = await startProgram({ LOG_LEVEL: 'info' });
    const as = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
    office = await Office.open({ database: program.database, as });
    slowBody = pour(program.address, head(['content-length: 1000']), dripping('x', 1000), 1000);
    slowHeaders = pour(
      program.address,
      `GET /health/live HTTP/1.1\r\nhost: x\r\nx-`,
      dripping('a', 1000),
      1000,
    );
    // Warm: what it needs anyway is not what an attack adds.
    for (let i = 0; i < 30; i++) await send(`{"givenNames":"${'x'.repeat(900_000)}"}`);
  });
  afterAll(() => program?.stop());

  const token = () => `authorization: Bearer ${signed(claimsOf(office.account('job_consultant')))}`;
  const head = (headers: string[], who = token()): string =>
    [`POST ${PATH} HTTP/1.1`, 'host: x', 'content-type: application/json', who, ...headers, '', ''].join(
      '\r\n',
    );
  function* dripping(text: string, times: number): Generator<string> {
    for (let i = 0; i < times; i++) yield text;
  }
  const chunks = (megabytes: number) =>
    dripping(`10000\r\n${'x'.repeat(65_536)}\r\n`, (megabytes * MB) / 65_536);
  const send = (body: string, path = PATH) =>
    shoot(program.address, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...authorization() },
      body,
    });
  const authorization = () => {
    const [name, value] = token().split(': ');
    return { [name]: value };
  };

  /** What the work did to the program: how much its memory grew, and how long others waited for an answer. */
  async function weigh(work: () => Promise<unknown>): Promise<{ grown: number; slowest: number }> {
    const before = await program.memory();
    let [most, slowest] = [before, 0];
    const done = new AbortController();
    const watch = async (): Promise<void> => {
      while (!done.signal.aborted) {
        const begun = Date.now();
        const { status } = await office.as('coordinator').get('/staff/me');
        if (status !== 200) throw new Error(`another request got ${status}`);
        slowest = Math.max(slowest, Date.now() - begun);
        most = Math.max(most, await program.memory());
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const watching = watch();
    await work().finally(() => done.abort());
    await watching;
    const grown = (most - before) / MB;
    process.stdout.write(`grown ${grown.toFixed(1)} MiB, slowest other request ${slowest} ms\n`);
    return { grown, slowest };
  }

  const keys = (count: number, value = '1'): string =>
    `{${Array.from({ length: count }, (_, i) => `"k${i}":${value}`).join()}}`;
  const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const HEAVY: [string, number, () => string][] = [
    ['2 MB', 413, () => `{"givenNames":"${'x'.repeat(2_000_000)}"}`],
    ['a million keys', 413, () => keys(1_000_000)],
    ['as many keys as a body holds', 400, () => keys(90_000)],
    ['as many empty objects as a body holds', 400, () => `{"languages":[${'{},'.repeat(340_000)}{}]}`],
    ['as many lists as a body holds', 400, () => `{"languages":[${'[],'.repeat(340_000)}[]]}`],
    ['as many numbers as a body holds', 400, () => `{"languages":[${'1,'.repeat(500_000)}1]}`],
    ['as many keys as are read', 400, () => keys(5_000)],
    ['as many empty objects as are read', 400, () => `{"languages":[${'{},'.repeat(990)}{}]}`],
    ['10,000 levels', 400, () => deep(10_000)],
    ['half a million levels', 400, () => deep(500_000)],
    ['a megabyte of text', 400, () => `{"givenNames":"${'x'.repeat(1_000_000)}"}`],
    ['a megabyte of escapes', 400, () => `{"givenNames":"${'\\u0041'.repeat(170_000)}"}`],
    ['a megabyte of a number', 400, () => `{"household":{"adults":${'9'.repeat(1_000_000)}}}`],
    ['a megabyte of a key', 400, () => `{"${'k'.repeat(1_000_000)}":1}`],
    ['two bodies of the same key', 400, () => `{${'"a":1,'.repeat(150_000)}"a":1}`],
  ];

  it.each(HEAVY)(
    '%s is refused with %d, for little memory, while others are answered',
    async (_, status, make) => {
      const body = make();
      const { grown } = await weigh(async () => {
        for (let i = 0; i < 3; i++) {
          const answers = await Promise.all(Array.from({ length: 4 }, () => send(body)));
          expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
          for (const { type, text } of answers) {
            expect(type).toMatch('application/problem+json');
            expect(text.length).toBeLessThan(20_000);
          }
        }
      });
      expect(grown).toBeLessThan(50);
    },
  );

  it('cuts 100 MB in chunks short, whoever sends them', async () => {
    const { grown } = await weigh(async () => {
      const account = await pour(program.address, head(['transfer-encoding: chunked']), chunks(100));
      expect(account).toMatchObject({ status: 413, closed: true });
      expect(account.sent).toBeLessThan(20 * MB);
    });
    expect(grown).toBeLessThan(50);
    const nobody = await pour(
      program.address,
      head(['transfer-encoding: chunked'], 'x-nobody: 1'),
      chunks(100),
    );
    expect(nobody.status).toBe(401);
    expect(nobody.sent).toBeLessThan(20 * MB);
  });

  it('refuses a list of more than may be in it as quickly', async () => {
    const { id } = await office.person();
    const body = `{"answers":{"work":[${'{},'.repeat(990)}{}]}}`;
    const { grown } = await weigh(async () => {
      for (let i = 0; i < 12; i++) expect((await send(body, `${PATH}/${id}/assessments`)).status).toBe(400);
    });
    expect(grown).toBeLessThan(50);
  });

  it('takes an assessment as large as one may be', async () => {
    const { id } = await office.person();
    const many = <Part>(part: Part, count: number): Part[] => Array.from({ length: count }, () => part);
    const { work, skills } = anAssessment().answers;
    const body = anAssessment({ work: many(work[0], 50), skills: many(skills[0], 100) });
    expect((await send(JSON.stringify(body), `${PATH}/${id}/assessments`)).status).toBe(201);
  });

  it('lets nobody dawdle: headers within 10 seconds, all of it within 30', async () => {
    const headers = await slowHeaders;
    expect(headers).toMatchObject({ status: 408, text: expect.stringContaining('application/problem+json') });
    expect(headers.seconds).toBeGreaterThan(8);
    expect(headers.seconds).toBeLessThan(20);
    const body = await slowBody;
    expect(body).toMatchObject({ status: 408, text: expect.stringContaining('application/problem+json') });
    expect(body.seconds).toBeGreaterThan(25);
    expect(body.seconds).toBeLessThan(45);
  });

  it('has said nothing worse of it than a line each in the log', () => {
    const lines = program.output().trim().split('\n');
    expect(lines.filter((line) => (JSON.parse(line) as { level: string }).level === 'error')).toEqual([]);
  });
});
