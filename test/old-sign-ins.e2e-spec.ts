import { Sweeps } from '../src/platform/jobs/sweeper.js';
import { makeAccount, makeUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** How long ago, and whether it is still there after the sweep. */
const KEPT: [table: string, ago: string, kept: boolean][] = [
  ['sessions', '61 days', false],
  ['sessions', '59 days', true],
  ['refresh_tokens', '61 days', false],
  ['refresh_tokens', '59 days', true],
  ['password_tokens', '31 days', false],
  ['password_tokens', '29 days', true],
  ['sign_in_events', '366 days', false],
  ['sign_in_events', '364 days', true],
  ['read_alerts', '366 days', false],
  ['read_alerts', '364 days', true],
];

describe('what is kept of how colleagues signed in', () => {
  let app: TestApp;
  let account: { id: string };

  beforeAll(async () => {
    app = await startApp();
    const unit = await makeUnit(app.database);
    account = await makeAccount(app.database, unit.id, 'caseworker');
  });
  afterAll(() => app.close());

  const sweep = () =>
    app.app
      .get(Sweeps)
      .all.find(({ name }) => name === 'old sign-ins')!
      .sweep();

  const insert: Record<string, string> = {
    sessions: `insert into sessions (id, account_id, started_at) values (uuidv7(), $1, clock_now() - $2::interval) returning id`,
    refresh_tokens: `
      with session as (
        insert into sessions (id, account_id, started_at) values (uuidv7(), $1, clock_now() - $2::interval) returning id)
      insert into refresh_tokens (token_hash, session_id, expires_at)
      select sha256(id::text::bytea), id, clock_now() from session returning token_hash as id`,
    password_tokens: `
      insert into password_tokens (id, account_id, purpose, ended_at, ended_because)
      values (uuidv7(), $1, 'reset', clock_now() - $2::interval, 'used') returning id`,
    sign_in_events: `
      insert into sign_in_events (event, account_id, at) values ('refused', $1, clock_now() - $2::interval) returning id`,
    read_alerts: `
      insert into read_alerts (account_id, hour, persons, raised_at)
      values ($1, clock_now() - $2::interval, 300, clock_now() - $2::interval) returning id`,
  };

  it.each(KEPT)('%s of %s ago: %s', async (table, ago, kept) => {
    const [{ id }] = await app.database.asOwner<{ id: unknown }>(insert[table], [account.id, ago]);
    await sweep();
    const key = table === 'refresh_tokens' ? 'token_hash' : 'id';
    const rows = await app.database.asOwner(`select from ${table} where ${key} = $1`, [id]);
    expect(rows).toHaveLength(kept ? 1 : 0);
  });

  it('the serving role itself can take no event away', async () => {
    for (const table of ['sign_in_events', 'read_alerts'])
      await expect(app.database.asApp(`delete from ${table}`)).rejects.toThrow('permission denied');
  });
});
