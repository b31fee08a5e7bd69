import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { register } from './factories/refugees.js';
import { leaderIsAway, makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import type { Reply } from './support/client.js';

const ALLOCATED = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };
const IF_FIRST = { 'if-match': '"1"' };
const TODAY = '2027-02-15';

interface Place {
  refugeeId: string;
  staffId: string;
  role: string;
  fromOn: string;
  untilOn: string | null;
}

describe('handing over a caseload', () => {
  let app: TestApp;
  let north: TestUnit;
  let giver: TestAccount;
  let taker: TestAccount;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    await app.moveClock(`${TODAY}T09:00:00Z`);
    north = await makeUnit(app.database);
    giver = north.caseworker;
    taker = await makeAccount(app.database, north.id, 'caseworker');
  });

  const plan = (over: Record<string, unknown> = {}) => ({
    unitId: north.id,
    fromId: giver.id,
    toId: taker.id,
    ...over,
  });
  const preview = (over: Record<string, unknown> = {}, query = '?limit=100') =>
    app.as(north.leader).post(`/handovers/previews${query}`, plan(over));
  const handOver = (over: Record<string, unknown> = {}, by = north.leader) =>
    app.as(by).post('/handovers', plan(over));
  const assign = (id: string, staff: TestAccount, fromOn?: string) =>
    app.as(north.leader).put(`/refugees/${id}/team/${staff.role}`, { staffId: staff.id, fromOn });
  const caseOf = async (staff: TestAccount, unit = north): Promise<string> => {
    const { id } = await register(app, unit.jobConsultant, ALLOCATED);
    expect(
      (await app.as(unit.leader).put(`/refugees/${id}/team/${staff.role}`, { staffId: staff.id })).status,
    ).toBe(204);
    return id;
  };
  const casesOf = async (staff: TestAccount, many: number): Promise<string[]> => {
    const ids = [];
    for (let i = 0; i < many; i++) ids.push(await caseOf(staff));
    return ids;
  };
  /** Every place that holds for at least a day. */
  const placesOf = (staff: TestAccount) =>
    app.database.asOwner<Place>(
      `select refugee_id as "refugeeId", staff_id as "staffId", role, from_on as "fromOn", until_on as "untilOn"
       from case_team where staff_id = $1 and from_on < coalesce(until_on, 'infinity') order by refugee_id, from_on`,
      [staff.id],
    );
  const openOf = (ids: string[]) =>
    app.database.asOwner<{ owner_id: string; assigned_id: string | null; key: string; refugee_id: string }>(
      `select owner_id, assigned_id, key, refugee_id from follow_ups where refugee_id = any($1) and state = 'open'`,
      [ids],
    );
  /** Whoever has something to do in the cases, once. */
  const ownersOf = async (ids: string[]) => [...new Set((await openOf(ids)).map(({ owner_id }) => owner_id))];
  /** Until somebody waits for the lock of a case. */
  const waitingForACase = async () => {
    const waiting = () =>
      app.database.asOwner(
        `select from pg_locks where locktype = 'tuple' and relation = 'refugees'::regclass
         and database = (select oid from pg_database where datname = current_database())`,
      );
    while ((await waiting()).length === 0) await sleep(20);
  };
  const sees = async (staff: TestAccount, id: string) =>
    (await app.as(staff).get(`/refugees/${id}`)).status === 200;

  it('moves cases, follow-ups and sight to the colleague today, and says so in the timeline', async () => {
    const ids = await casesOf(giver, 3);
    expect(await ownersOf(ids)).toEqual([giver.id]);
    const reply = await handOver();
    expect(reply).toMatchObject({
      status: 201,
      body: {
        unitId: north.id,
        role: 'caseworker',
        from: { id: giver.id, name: giver.name },
        to: { id: taker.id, name: taker.name },
        fromOn: TODAY,
        cases: 3,
        doneById: north.leader.id,
      },
    });
    expect(await ownersOf(ids)).toEqual([taker.id]);
    expect(await placesOf(giver)).toEqual([]);
    for (const id of ids) {
      expect([await sees(giver, id), await sees(taker, id)]).toEqual([false, true]);
      const [last] = (await app.as(taker).get(`/refugees/${id}/timeline`)).body.items;
      expect(last).toMatchObject({
        fact: 'team.joined',
        details: { role: 'caseworker', staffId: taker.id, fromOn: TODAY, handoverId: reply.body.id },
        actor: { id: north.leader.id },
      });
    }
    const day = (await app.as(taker).get('/my-day?limit=100')).body.items;
    const seen = new Set(day.map(({ refugee }: { refugee: { id: string } }) => refugee.id));
    expect([...seen].sort()).toEqual(ids.toSorted());
    expect((await app.as(giver).get('/my-day?limit=100')).body.items).toEqual([]);
  });

  it('moves them on a later day, by the sweep', async () => {
    const [id] = await casesOf(giver, 1);
    expect((await handOver({ fromOn: '2027-02-22' })).body).toMatchObject({ fromOn: '2027-02-22', cases: 1 });
    const standing = async () => {
      await app.app.get(StalePlansService).sweep();
      return { owners: await ownersOf([id]), sees: [await sees(giver, id), await sees(taker, id)] };
    };
    expect(await standing()).toEqual({ owners: [giver.id], sees: [true, false] });
    await app.moveClock('2027-02-21T22:59:00Z');
    expect(await standing()).toEqual({ owners: [giver.id], sees: [true, false] });
    await app.moveClock('2027-02-21T23:00:30Z');
    expect(await standing()).toEqual({ owners: [taker.id], sees: [false, true] });
  });

  /** Places the giver has in a case each, in days from 15 February 2027, and what of them a day gives away. */
  const SHAPES: [held: [string, string | null], given: Record<string, [string, string | null] | null>][] = [
    [['2027-01-01', null], { '2027-02-15': ['2027-02-15', null], '2027-03-01': ['2027-03-01', null] }],
    [['2027-02-15', null], { '2027-02-15': ['2027-02-15', null], '2027-03-01': ['2027-03-01', null] }],
    [['2027-01-01', '2027-02-15'], { '2027-02-15': null, '2027-03-01': null }],
    [['2027-01-01', '2027-02-16'], { '2027-02-15': ['2027-02-15', '2027-02-16'], '2027-03-01': null }],
    [['2027-01-01', '2027-03-01'], { '2027-02-15': ['2027-02-15', '2027-03-01'], '2027-03-01': null }],
    [
      ['2027-01-01', '2027-03-02'],
      { '2027-02-15': ['2027-02-15', '2027-03-02'], '2027-03-01': ['2027-03-01', '2027-03-02'] },
    ],
    [['2027-02-20', null], { '2027-02-15': ['2027-02-20', null], '2027-03-01': ['2027-03-01', null] }],
    [['2027-04-01', null], { '2027-02-15': ['2027-04-01', null], '2027-03-01': ['2027-04-01', null] }],
    [
      ['2027-04-01', '2027-05-01'],
      { '2027-02-15': ['2027-04-01', '2027-05-01'], '2027-03-01': ['2027-04-01', '2027-05-01'] },
    ],
    [['2027-04-01', '2027-04-01'], { '2027-02-15': null, '2027-03-01': null }],
  ];

  it.each(['2027-02-15', '2027-03-01'])(
    'does from %s what the preview showed, to the day',
    async (fromOn) => {
      const expected = [];
      for (const [[from, until], given] of SHAPES) {
        const { id } = await register(app, north.jobConsultant, ALLOCATED);
        await app.database.asOwner(
          `insert into case_team (id, refugee_id, staff_id, role, from_on, until_on) values ($1, $2, $3, 'caseworker', $4, $5)`,
          [randomUUID(), id, giver.id, from, until],
        );
        if (given[fromOn])
          expected.push({ refugeeId: id, fromOn: given[fromOn][0], untilOn: given[fromOn][1] });
      }
      const shown = (await preview({ fromOn })).body;
      const asShown = ({ refugeeId, fromOn: from, untilOn }: Omit<Place, 'staffId' | 'role'>) =>
        `${refugeeId} ${from} ${untilOn}`;
      expect(shown.places.items.map(asShown).sort()).toEqual(expected.map(asShown).sort());
      expect(shown.roles).toEqual([{ role: 'caseworker', cases: expected.length, moves: true }]);
      expect((await handOver({ fromOn })).body.cases).toBe(expected.length);
      expect((await placesOf(taker)).map(asShown).sort()).toEqual(expected.map(asShown).sort());
      // the giver keeps what comes before, and nothing else
      for (const { untilOn, ...place } of await placesOf(giver))
        expect({ ...place, ends: untilOn !== null && untilOn <= fromOn }).toMatchObject({ ends: true });
      expect((await preview({ fromOn })).body).toMatchObject({
        roles: [],
        followUps: 0,
        places: { items: [] },
      });
    },
  );

  it('leaves to its holder a place that somebody else has from a later day', async () => {
    const [id] = await casesOf(giver, 1);
    const later = await makeAccount(app.database, north.id, 'caseworker');
    expect((await assign(id, later, '2027-03-01')).status).toBe(204);
    expect((await handOver()).status).toBe(201);
    expect(await placesOf(taker)).toMatchObject([{ fromOn: TODAY, untilOn: '2027-03-01' }]);
    expect(await placesOf(later)).toMatchObject([{ fromOn: '2027-03-01', untilOn: null }]);
  });

  /** The contract is done by somebody in particular, whoever has the role. */
  const ask = (id: string, staff: TestAccount, role = 'caseworker') =>
    app.database.asOwner(
      `update follow_ups set assigned_id = $2, owner_id = $2, role = $3 where refugee_id = $1 and key = 'contract'`,
      [id, staff.id, role],
    );
  const askedIn = async (id: string) =>
    (await openOf([id])).find(({ key }) => key === 'contract')!.assigned_id;

  it('takes along the follow-ups of the role, and those the giver was asked to do', async () => {
    const ids = await casesOf(giver, 4);
    await ask(ids[0], giver);
    await ask(ids[1], giver, 'coordinator');
    await ask(ids[2], north.coordinator);
    const all = (await openOf(ids)).length;
    expect((await preview()).body.followUps).toBe(all - 1);
    await handOver();
    expect(await Promise.all(ids.map(askedIn))).toEqual([taker.id, taker.id, north.coordinator.id, null]);
    const owned = (await openOf(ids)).filter(({ owner_id }) => owner_id === taker.id);
    expect(owned).toHaveLength(all);
  });

  it('leaves for now to the giver what they were asked to do, when the day is later', async () => {
    const [id] = await casesOf(giver, 1);
    await ask(id, giver);
    await handOver({ fromOn: '2027-02-22' });
    expect(await askedIn(id)).toBe(giver.id);
    await app.moveClock('2027-02-22T09:00:00Z');
    await app.app.get(StalePlansService).sweep();
    expect(await ownersOf([id])).toEqual([taker.id]);
  });

  it('is of one unit: what a colleague does in another stays', async () => {
    const south = await makeUnit(app.database);
    const elsewhere = await caseOf(giver, south);
    const [here] = await casesOf(giver, 1);
    const shown = (await preview()).body;
    expect(shown.places.items.map(({ refugeeId }: Place) => refugeeId)).toEqual([here]);
    expect(JSON.stringify(shown)).not.toContain(elsewhere);
    await handOver();
    expect(await placesOf(giver)).toMatchObject([{ refugeeId: elsewhere, untilOn: null }]);
    expect(await placesOf(taker)).toMatchObject([{ refugeeId: here }]);
  });

  it('shows the people page by page, and the read log keeps them', async () => {
    const ids = await casesOf(giver, 3);
    const { body } = await preview({}, '?limit=2');
    expect(body.places.items).toHaveLength(2);
    expect(body.places.items[0]).toEqual({
      refugeeId: expect.any(String),
      caseNumber: expect.any(Number),
      name: 'Selam Tesfay',
      fromOn: TODAY,
      untilOn: null,
    });
    const next = (await preview({}, `?limit=2&cursor=${body.places.nextCursor}`)).body.places;
    expect(next.nextCursor).toBeNull();
    const seen = [...body.places.items, ...next.items].map(({ refugeeId }: Place) => refugeeId);
    expect(seen.sort()).toEqual(ids.toSorted());
    const reads = await app.database.asOwner<{ purpose: string; person_ids: string[] }>(
      `select purpose, person_ids from read_log where what = 'handovers.preview' and actor_id = $1 order by id`,
      [north.leader.id],
    );
    expect(reads.map(({ purpose, person_ids }) => [purpose, person_ids.length])).toEqual([
      ['supervision', 2],
      ['supervision', 1],
    ]);
  });

  it('takes from a closed account, of whose work the leader stood in', async () => {
    const ids = await casesOf(giver, 2);
    await app.database.asOwner('update staff_accounts set disabled_at = clock_now() where id = $1', [
      giver.id,
    ]);
    expect((await preview()).body.followUps).toBe((await openOf(ids)).length);
    expect((await handOver()).body.cases).toBe(2);
    expect(await ownersOf(ids)).toEqual([taker.id]);
  });

  it('moves one role at a time of a colleague who has held two, and says which stay', async () => {
    await casesOf(giver, 2);
    const other = await caseOf(giver);
    await app.database.asOwner(
      `update case_team set role = 'coordinator' where staff_id = $1 and refugee_id = $2`,
      [giver.id, other],
    );
    expect((await preview()).body.roles).toEqual([
      { role: 'caseworker', cases: 2, moves: true },
      { role: 'coordinator', cases: 1, moves: false },
    ]);
    expect((await handOver()).body).toMatchObject({ cases: 2, role: 'caseworker' });
    expect(await placesOf(giver)).toMatchObject([{ refugeeId: other, role: 'coordinator' }]);
    expect((await handOver({ toId: north.coordinator.id })).body).toMatchObject({ cases: 1 });
  });

  it('is done by the deputy of a leader who is away, and by nobody else’s', async () => {
    const [south, east] = [await makeUnit(app.database), await makeUnit(app.database)];
    await leaderIsAway(app, north, south.leader, TODAY, TODAY);
    await casesOf(giver, 1);
    expect((await handOver({}, east.leader)).status).toBe(404);
    expect(await handOver({}, south.leader)).toMatchObject({
      status: 201,
      body: { cases: 1, doneById: south.leader.id },
    });
  });

  it('is in the list of the leader and of the two colleagues, and of nobody else', async () => {
    await casesOf(giver, 1);
    const { id } = (await handOver()).body;
    const south = await makeUnit(app.database);
    const listOf = async (who: TestAccount) =>
      (await app.as(who).get('/handovers')).body.items.map((one: { id: string }) => one.id);
    for (const who of [north.leader, giver, taker]) expect(await listOf(who)).toEqual([id]);
    for (const who of [north.coordinator, south.leader, south.caseworker])
      expect(await listOf(who)).toEqual([]);
  });

  describe('is refused', () => {
    it.each<[string, (south: TestUnit) => Record<string, unknown>, number, string]>([
      ['from yesterday', () => ({ fromOn: '2027-02-14' }), 422, 'handovers.in_the_past'],
      ['to the same person', () => ({ toId: giver.id }), 422, 'handovers.to_the_same_person'],
      ['to nobody known', () => ({ toId: randomUUID() }), 422, 'handovers.takes_no_cases'],
      ['to a leader', () => ({ toId: north.leader.id }), 422, 'handovers.takes_no_cases'],
      ['to another role', () => ({ toId: north.coordinator.id }), 422, 'handovers.in_another_role'],
      ['in the other unit', (south) => ({ unitId: south.id }), 404, 'staff.unit_not_led'],
      ['in no unit', () => ({ unitId: randomUUID() }), 404, 'staff.unit_not_led'],
      ['without a unit', () => ({ unitId: undefined }), 400, 'request.invalid'],
      ['on no day', () => ({ fromOn: '2027-02-30' }), 400, 'request.invalid'],
    ])('%s', async (_, over, status, code) => {
      await casesOf(giver, 1);
      const south = await makeUnit(app.database);
      for (const attempt of [preview, handOver])
        expect(await attempt(over(south))).toMatchObject({ status, body: { code } });
      expect(await placesOf(giver)).toHaveLength(1);
      expect(await app.database.asOwner('select from handovers where unit_id = $1', [north.id])).toEqual([]);
    });

    it('to a closed account', async () => {
      await casesOf(giver, 1);
      await app.database.asOwner('update staff_accounts set disabled_at = clock_now() where id = $1', [
        taker.id,
      ]);
      for (const attempt of [preview, handOver])
        expect(await attempt()).toMatchObject({ status: 422, body: { code: 'handovers.takes_no_cases' } });
    });

    it('when there is nothing, which the preview only says', async () => {
      const south = await makeUnit(app.database);
      await caseOf(south.caseworker, south);
      for (const fromId of [giver.id, south.caseworker.id, randomUUID()]) {
        expect(await preview({ fromId })).toMatchObject({
          status: 200,
          body: { roles: [], followUps: 0, places: { items: [], nextCursor: null } },
        });
        expect(await handOver({ fromId })).toMatchObject({
          status: 422,
          body: { code: 'handovers.nothing_to_hand_over' },
        });
      }
    });

    it('to whoever does not lead the unit', async () => {
      await casesOf(giver, 1);
      const south = await makeUnit(app.database);
      expect((await handOver({}, giver)).status).toBe(403);
      expect((await handOver({}, south.leader)).status).toBe(404);
      expect(await placesOf(giver)).toHaveLength(1);
    });

    it('on a day that has begun to be yesterday in Copenhagen', async () => {
      await casesOf(giver, 1);
      await app.moveClock('2027-02-15T22:59:30Z');
      expect((await preview({ fromOn: TODAY })).status).toBe(200);
      await app.moveClock('2027-02-15T23:00:30Z');
      expect(await handOver({ fromOn: TODAY })).toMatchObject({ status: 422, body: { today: '2027-02-16' } });
    });
  });

  describe('at the same time as', () => {
    it('another handover of the same caseload is done once, whole', async () => {
      const ids = await casesOf(giver, 5);
      const rival = await makeAccount(app.database, north.id, 'caseworker');
      const replies = await Promise.all([taker, rival, taker, rival].map(({ id }) => handOver({ toId: id })));
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
      const winner = replies.find(({ status }) => status === 201)!.body.to.id;
      expect(await ownersOf(ids)).toEqual([winner]);
      expect([...(await placesOf(taker)), ...(await placesOf(rival))].map(({ staffId }) => staffId)).toEqual(
        ids.map(() => winner),
      );
    });

    it('two colleagues hand over to each other, no case is lost or doubled', async () => {
      const ids = [...(await casesOf(giver, 4)), ...(await casesOf(taker, 4))];
      const replies = await Promise.all([
        handOver(),
        handOver({ fromId: taker.id, toId: giver.id }),
        handOver(),
      ]);
      for (const { status } of replies) expect([201, 422]).toContain(status);
      const places = [...(await placesOf(giver)), ...(await placesOf(taker))];
      expect(places.map(({ refugeeId }) => refugeeId).sort()).toEqual(ids.toSorted());
    });

    it.each([undefined, '2027-03-01'])(
      'somebody gives one of its cases to a third (from %s)',
      async (fromOn) => {
        const third = await makeAccount(app.database, north.id, 'caseworker');
        for (let round = 0; round < 5; round++) {
          const ids = await casesOf(giver, 3);
          const [moved, given] = await Promise.all([handOver({ fromOn }), assign(ids[1], third)]);
          expect([moved.status, given.status]).toEqual([201, 204]);
          await app.app.get(StalePlansService).sweep();
          const holders = await app.database.asOwner<{ staff_id: string; on: string }>(
            `select t.staff_id from case_team t where t.refugee_id = $1 and t.role = 'caseworker'
           and t.from_on <= $2 and $2 < coalesce(t.until_on, 'infinity')`,
            [ids[1], TODAY],
          );
          expect(holders).toEqual([{ staff_id: third.id }]);
          expect(await ownersOf([ids[1]])).toEqual([third.id]);
          expect(await ownersOf([ids[0], ids[2]])).toEqual([fromOn === undefined ? taker.id : giver.id]);
        }
      },
    );

    it('the taker’s account is closed, leaves nothing with a closed account', async () => {
      const administrator = app.as(await makeAccount(app.database, north.id, 'administrator'));
      const ids = await casesOf(giver, 2);
      const held = await app.database.hold(`select from refugees where id = '${ids[1]}' for update`);
      const moving = handOver();
      await waitingForACase();
      const closing = administrator.patch(`/staff/accounts/${taker.id}`, { disabled: true }, IF_FIRST);
      // Who takes over was looked at: that must still hold when the cases are theirs.
      expect(await Promise.race([closing, sleep(300, 'waits')])).toBe('waits');
      await held.release();
      expect([(await moving).status, (await closing).status]).toEqual([201, 200]);
      await app.app.get(StalePlansService).sweep();
      expect(await ownersOf(ids)).toEqual([north.leader.id]);
    });
  });

  it('is done once, however often the request comes', async () => {
    await casesOf(giver, 2);
    const key = { 'idempotency-key': randomUUID() };
    const replies: Reply[] = [];
    for (let i = 0; i < 3; i++) replies.push(await app.as(north.leader).post('/handovers', plan(), key));
    expect(replies.map(({ status, body }) => [status, body.id])).toEqual(
      replies.map(() => [201, replies[0].body.id]),
    );
  });
});
