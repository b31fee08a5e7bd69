import { Office } from './factories/office.js';
import { anAdult } from './factories/papers.js';
import { Client } from './support/client.js';
import { attacksOn, both, type Attack } from './support/hostile-requests.js';
import { EMOJI, NFC, NFD, RIGHT_TO_LEFT } from './support/hostile-values.js';
import { INJECTIONS } from './support/injections.js';
import { Judge } from './support/judge.js';
import { Api, type ApiDocument, type Operation } from './support/openapi.js';
import { startProgram, type Program } from './support/program.js';
import { watchSleepers, type Sleepers } from './support/sleepers.js';
import { claimsOf, signed } from './support/tokens.js';
import type { ValidRequest } from './support/valid-request.js';
import { VALID_REQUESTS } from './support/valid-requests.js';
import { shoot } from './support/wire.js';
import type { Role } from '../src/staff/staff.contract.js';
import type { TestAccount } from './factories/staff.js';

/**
 * How many attacks an operation gets, chosen by the seed from all there are and, where those are few, from pairs of them.
 * `HOSTILE_EACH=1000` is the long form, with every injection in every place; `HOSTILE_EACH=Infinity` leaves none out.
 */
const EACH = Number(process.env.HOSTILE_EACH ?? 120);
const SEED = Number(process.env.HOSTILE_SEED ?? 1);
const INJECTIONS_A_PLACE = EACH > 120 ? INJECTIONS.length : 3;
/** Milliseconds: slower answers are counted, and said. */
const SLOW_MS = 2_000;
const LANES = 6;

jest.setTimeout(EACH > 120 ? 3_600_000 : 600_000);

describe('hostile input', () => {
  let program: Program;
  let api: Api;
  let office: Office;
  let judge: Judge;
  let sleepers: Sleepers;
  let slow = 0;

  beforeAll(async () => {
    program = await startProgram({ LOG_LEVEL: 'error', DATABASE_CONNECTIONS: '12' });
    sleepers = await watchSleepers();
    const document = await (await fetch(`${program.address}/api/openapi.json`)).text();
    api = new Api(JSON.parse(document) as ApiDocument);
    office = await Office.open({ database: program.database, as: clientOf });
    judge = await Judge.of(api, document, program.database);
  });
  afterAll(async () => {
    await sleepers?.end();
    await program?.stop();
  });

  const clientOf = (account: TestAccount): Client =>
    new Client(program.address, () => signed(claimsOf(account)));

  function token(role: Role): Record<string, string> {
    return { authorization: `Bearer ${signed(claimsOf(office.account(role)))}` };
  }

  function attacksFor(target: Operation): Attack[] {
    const attacks = shuffled(attacksOn(target, api, INJECTIONS_A_PLACE));
    const missing = Number.isFinite(EACH) ? Math.max(0, EACH - attacks.length) : 0;
    const pairs = Array.from({ length: missing }, () => both(oneOf(attacks), oneOf(attacks)));
    return [...attacks.slice(0, EACH), ...pairs];
  }

  /** Sends the attacks of one operation, a few at a time; a request that was spent is made anew. */
  async function assault(target: Operation, attacks: Attack[]): Promise<string[]> {
    const name = `${target.method} ${target.url}`;
    const found: string[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      let right: ValidRequest | undefined;
      for (let i = next++; i < attacks.length; i = next++) {
        right ??= await VALID_REQUESTS[name](office);
        const roles = target.roles as Role[];
        const role = roles[i % 5 === 4 ? i % roles.length : 0];
        const shot = attacks[i].shot(right);
        const headers = { ...(role && token(role)), ...shot.headers };
        const begun = Date.now();
        const answer = await shoot(program.address, { ...shot, headers }).catch((error: Error) => error);
        const wrong =
          answer instanceof Error
            ? [`no answer: ${answer.message}`]
            : judge.wrongs(answer, target, attacks[i].expects);
        if (Date.now() - begun > SLOW_MS) slow++;
        found.push(...wrong.map((what) => `${name} ${attacks[i].what}: ${what}`));
        const spent =
          answer instanceof Error || answer.status < 300 || [404, 409, 412].includes(answer.status);
        if (spent && target.method !== 'GET' && !attacks[i].what.startsWith('path')) right = undefined;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return found;
  }

  it('answers no operation of the OpenAPI document with 5xx, whatever is sent, and keeps its word', async () => {
    let sent = 0;
    const found: string[] = [];
    // A new row of law is for all cases: attacked last, so that the others meet the law as it is.
    const operations = api
      .operations()
      .sort((a, b) => Number(a.url.includes('rules')) - Number(b.url.includes('rules')));
    for (const target of operations) {
      const name = `${target.method} ${target.url}`;
      if (!(name in VALID_REQUESTS))
        throw new Error(`add ${name} to VALID_REQUESTS in test/support/valid-requests.ts`);
      const attacks = attacksFor(target);
      sent += attacks.length;
      found.push(...(await assault(target, attacks)));
    }
    process.stdout.write(
      `${sent} hostile requests to ${operations.length} operations, ${slow} answers slower than ${SLOW_MS} ms\n`,
    );
    expect(found).toEqual([]);
    expect(sleepers.seen()).toEqual([]);
    expect(sent).toBeGreaterThan(4_000);
    expect(await program.pollution()).toEqual([]);
    expect((await shoot(program.address, { method: 'GET', path: '/health/live', headers: {} })).status).toBe(
      200,
    );
  });

  it('would have noticed a statement that sleeps', async () => {
    const before = sleepers.seen();
    await program.database.asApp('select pg_sleep(2)');
    expect([before, sleepers.seen()]).toEqual([[], ['select pg_sleep(2)']]);
  });

  it('keeps every letter of a name byte for byte, and refuses what is none', async () => {
    const consultant = office.as('job_consultant');
    const { id, version } = await office.person();
    let etag = `"${version}"`;
    for (const givenNames of [EMOJI, NFC, NFD, RIGHT_TO_LEFT, 'Łukasz Ğüneş', '\u{1F469}\u200D\u{1F680}']) {
      const changed = await consultant.patch(`/refugees/${id}`, { givenNames }, { 'if-match': etag });
      expect(changed).toMatchObject({ status: 200, body: { givenNames } });
      etag = changed.headers.get('etag')!;
      expect((await consultant.get(`/refugees/${id}`)).body.givenNames).toBe(givenNames);
      const [row] = await program.database.asOwner<{ name: Buffer }>(
        `select convert_to(given_names, 'utf8') as name from refugees where id = $1`,
        [id],
      );
      expect(row.name.toString('hex')).toBe(Buffer.from(givenNames).toString('hex'));
    }
    for (const json of ['"a\\u0000b"', '"a\\ud800b"', '"\\udc00"']) {
      const { status, body } = await consultant.patch(`/refugees/${id}`, `{"givenNames":${json}}`, {
        'if-match': etag,
      });
      expect({ status, errors: body.errors }).toMatchObject({
        status: 400,
        errors: [{ field: 'givenNames' }],
      });
    }
  });

  it('refuses in one order: 401, 403 by role, 413, 415, 400, 404, 403 by policy, 428, 412, 409, 422', async () => {
    const { id, version } = await office.person({ cpr: '010190-3999' });
    const elsewhere = (await Office.open({ database: program.database, as: clientOf })).as('job_consultant');
    const own = office.as('job_consultant');
    const anonymous = new Client(program.address);
    const address = `/refugees/${id}`;
    const tag = { 'if-match': `"${version}"` };
    const large = `{"givenNames":"${'x'.repeat(2_000_000)}"}`;
    const plain = { 'content-type': 'text/plain' };
    const bad = { bornOn: '1990-02-31' };
    const good = { givenNames: 'Selam' };
    const asked: [number, string, () => Promise<{ status: number }>][] = [
      [401, 'nobody, no JSON', () => anonymous.patch(address, '{"')],
      [401, 'nobody, too large', () => anonymous.patch(address, large)],
      [403, 'wrong role, no JSON', () => office.as('analyst').patch(address, '{"')],
      [403, 'wrong role, too large', () => office.as('administrator').patch(address, large, plain)],
      [413, 'too large, and no JSON', () => own.patch(address, large.slice(0, -2))],
      [415, 'of another type, and no JSON', () => own.patch(address, '{"', plain)],
      [400, 'no JSON, not seen', () => elsewhere.patch(address, '{"')],
      [400, 'bad field, not seen', () => elsewhere.patch(address, bad)],
      [400, 'bad If-Match, not seen', () => elsewhere.patch(address, good, { 'if-match': '7' })],
      [400, 'no UUID', () => own.patch('/refugees/7', good, tag)],
      [
        400,
        'bad number of a kind, not seen',
        () => elsewhere.post(`${address}/identifiers`, { cpr: '310290-1234' }),
      ],
      [404, 'good, not seen', () => elsewhere.patch(address, good, tag)],
      [404, 'not seen, no If-Match', () => elsewhere.patch(address, good)],
      [403, 'by policy, no If-Match', () => office.as('coordinator').patch(address, good)],
      [428, 'no If-Match', () => own.patch(address, good)],
      [
        412,
        'stale, against the law',
        () => own.patch(address, { allocation: { decidedOn: '2016-06-30' } }, { 'if-match': '"9"' }),
      ],
      [409, 'taken', () => own.post('/refugees', { ...anAdult(), cpr: '0101903999' })],
      [
        400,
        'bad number, against the law',
        () =>
          own.post('/refugees', {
            ...anAdult(),
            cpr: '310290-1234',
            allocation: { decidedOn: '2016-06-30' },
          }),
      ],
      [422, 'against the law', () => own.patch(address, { allocation: { decidedOn: '2016-06-30' } }, tag)],
    ];
    const answered = [];
    for (const [, what, ask] of asked) answered.push([(await ask()).status, what]);
    expect(answered).toEqual(asked.map(([status, what]) => [status, what]));
  });

  it('calculates with every row of law it takes', async () => {
    const administrator = office.as('administrator');
    const wrong: string[] = [];
    for (const [key, act, basis] of [
      ['takeover.ukraine', 'ukraine', 'ukraine_act'],
      ['contract.deadline', 'integration', 'aliens_act_7_1'],
      ['practice.contract_target', 'integration', 'aliens_act_7_1'],
    ]) {
      for (const [i, value] of [0, 1, 240, 366, 1_000_000].entries()) {
        const row = { key, value, validFrom: `21${i}0-01-01`, legalBasis: 'x', source: 'x', confidence: 'L' };
        const decidedOn = `21${i}9-12-31`;
        const person = { ...anAdult(), permit: { basis }, allocation: { decidedOn } };
        for (const { status } of [
          await administrator.post('/legislation/rules', row),
          await administrator.get(`/legislation/takeover-day?act=${act}&decidedOn=${decidedOn}`),
          await office.as('job_consultant').post('/refugees', person),
        ])
          if (status >= 500) wrong.push(`${key} ${value}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

let state = SEED;
const dice = (): number => (state = (state * 48_271) % 2_147_483_647);

const oneOf = <Item>(items: Item[]): Item => items[dice() % items.length];

/** In an order of the seed's: the same one in every run. */
function shuffled(attacks: Attack[]): Attack[] {
  return attacks
    .map((attack) => ({ attack, order: dice() }))
    .sort((a, b) => a.order - b.order)
    .map(({ attack }) => attack);
}
