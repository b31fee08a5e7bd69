import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Office } from './factories/office.js';
import { anAdult } from './factories/papers.js';
import type { TestAccount } from './factories/staff.js';
import { Client, type Reply } from './support/client.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';
import { startProgram, type Program } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';

const KEYS = 8;

jest.setTimeout(60_000);

describe('kill -9 of the program', () => {
  let database: TestDatabase;
  let program: Program;
  let office: Office;

  beforeAll(async () => {
    database = await cloneDatabase();
    program = await startProgram({}, database);
    const as = (account: TestAccount) => new Client(program.address, () => signed(claimsOf(account)));
    office = await Office.open({ database, as });
  });
  afterAll(async () => {
    await program?.stop();
    await database.drop();
  });

  /** Every person has the key as family name, so that who was registered by which key can be counted. */
  const register = (key: string): Promise<Reply> =>
    office
      .as('job_consultant')
      .post('/refugees', { ...anAdult(), familyName: key }, { 'idempotency-key': key });
  const people = async (keys: string[]) => {
    const rows = await database.asOwner<{ name: string; n: number }>(
      'select family_name as name, count(*)::int as n from refugees where family_name = any($1) group by 1',
      [keys],
    );
    return rows.map(({ n }) => n);
  };
  const once = Array.from({ length: KEYS }, () => 1);
  const repeated = ({ headers }: Reply) => headers.get('idempotency-replayed') === 'true';
  const startAnother = async () => {
    await program.kill();
    program = await startProgram({}, database);
  };

  it.each([
    { moment: 'before the commit', lock: 'timeline', stored: [] },
    { moment: 'between commit and reply', lock: 'read_log', stored: once },
  ])('$moment leaves one person for each key that is sent again', async ({ lock, stored }) => {
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    const held = await database.hold(`lock table ${lock} in exclusive mode`);
    const answers = Promise.allSettled(keys.map(register));
    await until(async () => (await waitingFor(lock)) === KEYS);
    const killed = startAnother();
    expect((await answers).map(({ status }) => status)).toEqual(keys.map(() => 'rejected'));
    await killed;
    expect(await people(keys)).toEqual(stored);
    await held.release();

    const replies = await Promise.all(keys.map(register));
    expect(replies.map((reply) => [reply.status, repeated(reply)])).toEqual(
      keys.map(() => [201, stored.length > 0]),
    );
    expect(await people(keys)).toEqual(once);
  });

  it.each([3])('after %i of them were answered leaves one person for each key', async (answered) => {
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    let replies = 0;
    let killed: Promise<void> | undefined;
    const answers = await Promise.allSettled(
      keys.map(async (key) => {
        const reply = await register(key);
        replies += 1;
        if (replies === answered) killed = startAnother();
        return reply;
      }),
    );
    await killed;
    const acknowledged = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value.body.id : undefined,
    );
    expect(acknowledged.filter((id) => id).length).toBeGreaterThanOrEqual(answered);
    const again = await Promise.all(keys.map(register));
    expect(again.map(({ status }) => status)).toEqual(keys.map(() => 201));
    expect(again.map(({ body }, i) => acknowledged[i] ?? body.id)).toEqual(again.map(({ body }) => body.id));
    expect(await people(keys)).toEqual(once);
  });

  async function waitingFor(table: string): Promise<number> {
    const [{ n }] = await database.asOwner<{ n: number }>(
      'select count(*)::int as n from pg_locks where relation = $1::regclass and not granted',
      [table],
    );
    return n;
  }
});

async function until(met: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await met()) return;
    await sleep(25);
  }
  throw new Error('it did not come to that');
}
