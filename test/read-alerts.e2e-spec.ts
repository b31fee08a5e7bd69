import { ReadAlertsService } from '../src/staff/read-alerts.service.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

const MOST = 300;
const PAGE = 100;

describe('reading widely', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;
  let administrator: TestAccount;
  let people = 0;

  beforeAll(async () => {
    process.env.READ_ALERT_PER_HOUR = String(MOST);
    process.env.RATE_LIMIT_PER_MINUTE = '1000';
    app = await startApp();
    north = await makeUnit(app.database);
    south = await makeUnit(app.database);
    administrator = await makeAccount(app.database, south.id, 'administrator');
  });
  afterAll(async () => {
    process.env.READ_ALERT_PER_HOUR = '0';
    process.env.RATE_LIMIT_PER_MINUTE = '0';
    await app.close();
  });
  let day = 10;
  beforeEach(() => app.moveClock(`2027-01-${++day}T09:05:00Z`));

  /** A colleague with so many cases. */
  async function colleague(count: number, unit = north): Promise<TestAccount> {
    const account = await makeAccount(app.database, unit.id, 'caseworker');
    await app.database.asOwner(
      `with people as (
         insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
         select uuidv7(), $2, 'Selam', 'Person ' || n, '1990-01-01', 'female', 'ER'
         from generate_series($4::int + 1, $4::int + $3::int) n returning id
       )
       insert into case_team (id, refugee_id, staff_id, role, from_on)
       select uuidv7(), id, $1, 'caseworker', '2026-01-01' from people`,
      [account.id, unit.id, count, people],
    );
    people += count;
    return account;
  }
  /** Reads all of somebody's cases, page by page. */
  async function readAll(account: TestAccount): Promise<number> {
    let read = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await app
        .as(account)
        .get(`/refugees?limit=${PAGE}${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      read += body.items.length;
      cursor = body.nextCursor;
    }
    return read;
  }
  const sweep = () => app.app.get(ReadAlertsService).sweep();
  const alertsOf = (account: TestAccount) =>
    app.database.asOwner<{ hour: Date; persons: number }>(
      'select hour, persons from read_alerts where account_id = $1 order by hour',
      [account.id],
    );
  const seenBy = async (reader: TestAccount) =>
    (await app.as(reader).get('/staff/read-alerts?limit=100')).body.items.map(
      ({ accountId }: { accountId: string }) => accountId,
    );
  const left = async (account: TestAccount) =>
    Number(/r=(\d+)/.exec((await app.as(account).get('/staff/me')).headers.get('ratelimit')!)![1]);

  it('raises one alert for the hour, and slows the account down until it is over', async () => {
    const reader = await colleague(MOST + 1);
    expect(await readAll(reader)).toBe(MOST + 1);
    expect((await left(reader)) - (await left(reader))).toBe(1);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await alertsOf(reader)).toEqual([
      { hour: new Date(`2027-01-${day}T09:00:00Z`), persons: MOST + 1 },
    ]);
    expect((await left(reader)) - (await left(reader))).toBe(10);
    await app.moveClock(`2027-01-${day}T10:00:01Z`);
    expect((await left(reader)) - (await left(reader))).toBe(1);
  });

  it('raises none for fewer, nor for the same person ever again, nor when it is off', async () => {
    const careful = await colleague(MOST - 1);
    expect(await readAll(careful)).toBe(MOST - 1);
    const devoted = await colleague(1);
    const [{ id }] = (await app.as(devoted).get('/refugees')).body.items;
    await app.database.asOwner(
      `insert into read_log (actor_id, what, purpose, person_ids)
       select $1, 'refugees.read', 'case_work', array[$2::uuid] from generate_series(1, 1000)`,
      [devoted.id, id],
    );
    expect(await sweep()).toBe(0);
    expect([await alertsOf(careful), await alertsOf(devoted)]).toEqual([[], []]);
  });

  it('begins anew with the hour, and raises late what the last minutes of an hour made', async () => {
    const reader = await colleague(MOST);
    await app.moveClock(`2027-01-${day}T09:59:58Z`);
    await app.database.asOwner(
      `insert into read_log (actor_id, what, purpose, person_ids)
       select $1, 'refugees.list', 'case_work', array_agg(refugee_id) from case_team where staff_id = $1`,
      [reader.id],
    );
    await app.moveClock(`2027-01-${day}T10:00:10Z`);
    await app.as(reader).get('/refugees?limit=100');
    expect(await sweep()).toBe(1);
    expect(await alertsOf(reader)).toEqual([{ hour: new Date(`2027-01-${day}T09:00:00Z`), persons: MOST }]);
    expect((await left(reader)) - (await left(reader))).toBe(1);
    await readAll(reader);
    expect(await sweep()).toBe(1);
    expect((await alertsOf(reader)).map(({ hour }) => hour.getUTCHours())).toEqual([9, 10]);
  });

  it('is shown to the leader of the unit, the leader’s own to administrators only', async () => {
    const reader = await colleague(MOST);
    await readAll(reader);
    await readAll(north.leader);
    expect(await sweep()).toBe(2);
    expect(await seenBy(north.leader)).toContain(reader.id);
    expect(await seenBy(north.leader)).not.toContain(north.leader.id);
    expect(await seenBy(south.leader)).toEqual([]);
    expect(await seenBy(administrator)).toEqual(expect.arrayContaining([reader.id, north.leader.id]));
    const [item] = (await app.as(north.leader).get('/staff/read-alerts?limit=1')).body.items;
    expect(item).toEqual({
      id: expect.any(String),
      accountId: reader.id,
      name: reader.name,
      unitId: north.id,
      hour: `2027-01-${day}T09:00:00.000Z`,
      persons: MOST,
    });
    expect((await app.as(north.caseworker).get('/staff/read-alerts')).status).toBe(403);
    expect(await app.as(north.leader).get('/staff/read-alerts?sort=persons')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'sort' }] },
    });
  });

  it('cannot be undone by whoever serves', async () => {
    for (const change of ['update read_alerts set persons = 0', 'delete from read_alerts'])
      await expect(app.database.asApp(change)).rejects.toThrow('permission denied');
  });
});
