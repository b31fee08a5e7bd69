import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { migrations } from '../migrations/index.js';
import { connection } from '../src/platform/database/database.module.js';
import { Office } from './factories/office.js';
import type { TestAccount } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

const NOW = '2026-11-23T08:00:00.000Z';
const DAY_MS = 24 * 3_600_000;

describe('grants of sight of a case', () => {
  let app: TestApp;
  let north: Office;
  let south: Office;
  let guest: TestAccount;
  let refugeeId: string;

  beforeAll(async () => {
    app = await startApp();
    [north, south] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.moveClock(NOW);
    refugeeId = (await north.person()).id;
    guest = await south.colleague('caseworker');
  });

  const give = (days: number, staffId = guest.id, by = north.as('team_leader')) =>
    by.post(`/refugees/${refugeeId}/access-grants`, { staffId, days });
  const list = (by = north.as('caseworker'), query = '') =>
    by.get(`/refugees/${refugeeId}/access-grants${query}`);
  const rows = () =>
    app.database.asOwner<{ days: number }>(
      `select round(extract(epoch from until_at - from_at) / 86400)::int as days from access_grant where refugee_id = $1 order by from_at`,
      [refugeeId],
    );
  const facts = async () =>
    app.database.asOwner<{ fact: string; details: object }>(
      `select fact, details from timeline where $1 = any(case_ids) and fact like 'grant.%' order by id`,
      [refugeeId],
    );
  const later = (than: string, days: number) =>
    app.moveClock(new Date(Date.parse(than) + days * DAY_MS).toISOString());

  it('are listed for the team and the leader, running and past, with who gave them and until when', async () => {
    const past = (await give(1)).body;
    const another = await south.colleague('coordinator');
    await later(past.untilAt, 1);
    const { status, body } = await give(7, another.id);
    expect(status).toBe(201);
    expect(Date.parse(body.untilAt) - Date.parse(body.fromAt)).toBe(7 * DAY_MS);
    const leader = north.account('team_leader');
    const grantedBy = { id: leader.id, name: leader.name };
    for (const role of ['job_consultant', 'coordinator', 'caseworker', 'team_leader'] as const)
      expect((await list(north.as(role))).body).toEqual({
        items: [
          { ...body, refugeeId, staffId: another.id, name: another.name, grantedBy, running: true },
          { ...past, refugeeId, staffId: guest.id, name: guest.name, grantedBy, running: false },
        ],
        nextCursor: null,
      });
    const first = (await list(undefined, '?limit=1&sort=fromAt')).body;
    expect(first.items[0].id).toBe(past.id);
    expect((await list(undefined, `?limit=1&sort=fromAt&cursor=${first.nextCursor}`)).body.items[0].id).toBe(
      body.id,
    );
  });

  it('are listed neither for a colleague elsewhere nor for whom they were given to', async () => {
    await give(7);
    expect((await list(south.as('caseworker'))).status).toBe(404);
    const before = await app.database.asOwner('select id from read_log');
    expect(
      await app.as(guest).get(`/refugees/${refugeeId}/access-grants`, { purpose: 'cover' }),
    ).toMatchObject({
      status: 403,
      body: { code: 'request.forbidden' },
    });
    expect(await app.database.asOwner('select id from read_log')).toEqual(before);
    expect((await app.as(guest).get(`/refugees/${refugeeId}`, { purpose: 'cover' })).status).toBe(200);
  });

  it('leave a row in the read log, also when there is none', async () => {
    await list();
    await give(7);
    await list();
    const log = await app.database.asOwner(
      `select what, person_ids from read_log where $1 = any(person_ids) and what ~ 'grants|nothing' order by id`,
      [refugeeId],
    );
    expect(log).toEqual(
      ['cases.nothing_found', 'grants.read', 'grants.list'].map((what) => ({
        what,
        person_ids: [refugeeId],
      })),
    );
  });

  it.each([
    { running: 7, again: 30, days: 32, facts: ['grant.given', 'grant.prolonged'] },
    { running: 7, again: 6, days: 8, facts: ['grant.given', 'grant.prolonged'] },
    { running: 30, again: 7, days: 30, facts: ['grant.given'] },
  ])('given for $again days two days after $running: one grant of $days days', async (row) => {
    const first = (await give(row.running)).body;
    await later(first.fromAt, 2);
    const second = await give(row.again);
    expect(second).toMatchObject({ status: 201, body: { id: first.id, fromAt: first.fromAt } });
    expect(await rows()).toEqual([{ days: row.days }]);
    const kept = await facts();
    expect(kept.map(({ fact }) => fact)).toEqual(row.facts);
    for (const { details } of kept) expect(details).toMatchObject({ grantId: first.id, staffId: guest.id });
    expect((await list()).body.items).toEqual([second.body]);
  });

  it('are a new one when the one before has ended, by itself or taken back', async () => {
    const first = (await give(1)).body;
    await later(first.untilAt, 0);
    const second = (await give(1)).body;
    expect(
      (await north.as('team_leader').delete(`/refugees/${refugeeId}/access-grants/${second.id}`)).status,
    ).toBe(204);
    const third = (await give(1)).body;
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect((await list()).body.items.map(({ running }: { running: boolean }) => running)).toEqual([
      true,
      false,
      false,
    ]);
    expect((await facts()).map(({ fact }) => fact)).toEqual([
      'grant.given',
      'grant.given',
      'grant.revoked',
      'grant.given',
    ]);
  });

  it('are one when twenty are given at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => give(1 + (i % 5))));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(await rows()).toHaveLength(1);
    expect((await list()).body.items).toHaveLength(1);
    expect((await facts()).filter(({ fact }) => fact === 'grant.given')).toHaveLength(1);
  });

  it('are one in the database, too, whatever writes', async () => {
    const insert = () =>
      app.database.asApp(
        `insert into access_grant (id, refugee_id, staff_id, granted_by, until_at)
         values ($1, $2, $3, $4, clock_now() + interval '7 days')`,
        [randomUUID(), refugeeId, guest.id, north.account('team_leader').id],
      );
    const tries = await Promise.allSettled(Array.from({ length: 20 }, insert));
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as object] : []));
    expect(refused).toHaveLength(19);
    for (const reason of refused)
      // the exclusion, or that Postgres let one of many that waited for each other give way
      expect(['23P01', '40P01']).toContain((reason as { code: string }).code);
    expect(await rows()).toHaveLength(1);
  });

  it('that stood side by side before are made one at a time, and who saw the case when stays as it was', async () => {
    const colleagues = [guest, await south.colleague('coordinator'), await south.colleague('job_consultant')];
    const owner = await new DataSource({ ...connection(app.database.ownerUrl, 1), migrations }).initialize();
    const [days, hours] = [30, 24];
    /** Per colleague, whether they see the case: one sign for each hour. */
    const sight = () =>
      owner.query<{ seen: string }[]>(
        `select string_agg(case when exists (select from access_grant g where g.staff_id = s.id and g.from_at <= at and at < g.until_at)
                           then '1' else '0' end, '' order by at) as seen
         from unnest($1::uuid[]) as s(id), generate_series($2::timestamptz, $2::timestamptz + make_interval(days => $3), '1 hour') as at
         group by s.id order by s.id`,
        [colleagues.map(({ id }) => id), NOW, days],
      );
    try {
      const isOne = `select from pg_constraint where conname = 'access_grant_one_at_a_time'`;
      while ((await owner.query<unknown[]>(isOne)).length > 0) await owner.undoLastMigration();
      const grants = fc.sample(
        fc.record({
          staff: fc.constantFrom(...colleagues),
          from: fc.nat(days * hours),
          lasts: fc.nat(5 * hours),
        }),
        { numRuns: 60, seed: 4 },
      );
      for (const { staff, from, lasts } of grants)
        await owner.query(
          `insert into access_grant (id, refugee_id, staff_id, granted_by, from_at, until_at)
           values ($1, $2, $3, $3, $4::timestamptz + make_interval(hours => $5), $4::timestamptz + make_interval(hours => $5 + $6))`,
          [randomUUID(), refugeeId, staff.id, NOW, from, lasts],
        );
      const before = await sight();
      expect(before.map(({ seen }) => new Set(seen).size)).toEqual([2, 2, 2]);
      await owner.runMigrations();
      expect(await sight()).toEqual(before);
      expect(await rows()).toHaveLength(60);
    } finally {
      await owner.destroy();
    }
  });
});
