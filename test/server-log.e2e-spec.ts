import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { aPerson, register } from './factories/refugees.js';
import { makeAccount, makeUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { CANARY } from './support/canaries.js';

/** What Postgres could write down of a person when it refuses a row, a value or a statement. */
const REFUSED = [
  `insert into units (id, name) values (gen_random_uuid(), $1), (gen_random_uuid(), $1)`,
  `select $1::text::date`,
  `do $$ begin raise exception 'no room for ${CANARY}' using detail = '${CANARY}'; end $$`,
  `select '${CANARY}'::uuid`,
];

describe('the log of Postgres', () => {
  let app: TestApp;
  let file: string;

  beforeAll(async () => {
    app = await startApp();
    const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
    await admin.connect();
    const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
    await admin.end();
    file = join(dirname(rows[0].data_directory), 'postgres.log');
  });
  afterAll(() => app.close());

  /** What it has of what comes now. */
  async function logOf(work: () => Promise<unknown>): Promise<string> {
    const before = (await readFile(file)).length;
    await work();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return (await readFile(file)).subarray(before).toString();
  }
  const refusals = (as: 'asOwner' | 'asApp') => async () => {
    for (const statement of REFUSED)
      await expect(app.database[as](statement, statement.includes('$1') ? [CANARY] : [])).rejects.toThrow();
  };

  it('has no value of a row that the program could not write', async () => {
    expect(await logOf(refusals('asOwner'))).toContain(CANARY);
    expect(await logOf(refusals('asApp'))).not.toContain(CANARY);
    const unit = await makeUnit(app.database);
    const administrator = await makeAccount(app.database, unit.id, 'administrator');
    const log = await logOf(async () => {
      const account = {
        email: `${CANARY}@example.dk`,
        name: CANARY,
        role: 'caseworker',
        unitId: unit.id,
      };
      const statuses = [];
      for (let i = 0; i < 2; i++)
        statuses.push((await app.as(administrator).post('/staff/accounts', account)).status);
      expect(statuses).toEqual([201, 409]);
      await register(app, unit.jobConsultant, { givenNames: CANARY });
      const reply = await app
        .as(unit.jobConsultant)
        .post('/refugees', aPerson({ familyName: CANARY, nationality: CANARY }));
      expect(reply.status).toBe(422);
    });
    expect(log).not.toContain(CANARY);
  });
});
