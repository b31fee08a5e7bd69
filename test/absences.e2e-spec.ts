import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { aContract } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** In Copenhagen it is one hour later: a day begins at 23:00Z. */
const at = {
  dayBefore: '2027-02-07T22:59:00Z',
  firstDay: '2027-02-07T23:01:00Z',
  lastDay: '2027-02-12T22:59:00Z',
  dayAfter: '2027-02-12T23:01:00Z',
};

describe('absences', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;
  /** South's caseworker, who has nothing to do with north but for absences. */
  let deputy: TestAccount;

  const start = async () => {
    app = await startApp();
    await app.moveClock('2027-02-01T08:00:00Z');
  };
  const makeUnits = async () => {
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
    deputy = await makeAccount(app.database, north.id, 'caseworker');
  };

  const record = (by: TestAccount, fromOn: string, toOn: string, over: object = {}) =>
    app.as(by).post('/staff/absences', { fromOn, toOn, ...over });
  const recorded = async (...of: Parameters<typeof record>): Promise<{ id: string; version: number }> => {
    const { status, body } = await record(...of);
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };
  const change = (by: TestAccount, id: string, body: object, version = 1) =>
    app.as(by).patch(`/staff/absences/${id}`, body, { 'if-match': `"${version}"` });
  const refused = (status: number, code: string) => ({ status, body: { code } });

  /** A case of north with a caseworker, and a follow-up that is theirs. */
  const aCase = async (caseworker: TestAccount, familyName = 'Tesfay') => {
    const { id } = await register(app, north.jobConsultant, {
      familyName,
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-12-10' },
    });
    const team = `/refugees/${id}/team/caseworker`;
    expect((await app.as(north.leader).put(team, { staffId: caseworker.id })).status).toBe(204);
    return id;
  };

  /** Where an account comes upon a case. */
  const finds = async (account: TestAccount, id: string) => {
    await app.app.get(StalePlansService).sweep();
    const within = async (list: string) =>
      JSON.stringify((await app.as(account).get(list)).body).includes(id);
    return {
      case: (await app.as(account).get(`/refugees/${id}`)).status,
      list: await within('/refugees?limit=100'),
      search: await within('/refugees?q=tes'),
      myDay: await within('/my-day?limit=100'),
    };
  };
  const NOTHING = { case: 404, list: false, search: false, myDay: false };
  const SIGHT = { case: 200, list: true, search: true, myDay: false };
  const SIGHT_AND_WORK = { ...SIGHT, myDay: true };

  // The clock goes on, never back.
  describe('as the days go by', () => {
    beforeEach(() => start().then(makeUnits));
    afterEach(() => app.close());

    it('move the work, and sight of the cases, to the deputy from the first day to the last', async () => {
      const id = await aCase(north.caseworker);
      const others = await aCase(await makeAccount(app.database, north.id, 'caseworker'));
      await recorded(north.caseworker, '2027-02-08', '2027-02-12', { deputyId: deputy.id });

      for (const [when, its, deputys] of [
        ['dayBefore', SIGHT_AND_WORK, NOTHING],
        ['firstDay', SIGHT, SIGHT_AND_WORK],
        ['lastDay', SIGHT, SIGHT_AND_WORK],
        ['dayAfter', SIGHT_AND_WORK, NOTHING],
      ] as const) {
        await app.moveClock(at[when]);
        expect({ when, its: await finds(north.caseworker, id) }).toEqual({ when, its });
        expect({ when, deputys: await finds(deputy, id) }).toEqual({ when, deputys });
        expect({ when, others: await finds(deputy, others) }).toEqual({ when, others: NOTHING });
        const draft = await app.as(deputy).post(`/refugees/${id}/contracts`, aContract());
        expect({ when, draft: draft.status }).toEqual({
          when,
          draft: { dayBefore: 404, firstDay: 201, lastDay: 409, dayAfter: 404 }[when],
        });
      }
      const purposes = await app.database.asOwner(
        `select distinct purpose from read_log where actor_id = $1 and $2 = any(person_ids)`,
        [deputy.id, id],
      );
      expect(purposes).toEqual([{ purpose: 'case_work' }]);
    });

    it('of a deputy leave the work to the unit’s leader, and nobody stands in for who stands in', async () => {
      const id = await aCase(north.caseworker);
      const second = await makeAccount(app.database, north.id, 'caseworker');
      await recorded(north.caseworker, '2027-02-08', '2027-02-12', { deputyId: deputy.id });
      await recorded(deputy, '2027-02-12', '2027-02-19', { deputyId: second.id });
      await app.moveClock('2027-02-11T12:00:00Z');
      expect(await finds(deputy, id)).toEqual(SIGHT_AND_WORK);
      expect((await finds(north.leader, id)).myDay).toBe(false);
      await app.moveClock('2027-02-12T12:00:00Z');
      for (const account of [deputy, second]) expect(await finds(account, id)).toEqual(NOTHING);
      expect(await finds(north.leader, id)).toEqual(SIGHT_AND_WORK);
    });

    it('of a leader let the deputy supervise the unit for those days', async () => {
      const id = await aCase(north.caseworker);
      await app.as(north.leader).delete(`/refugees/${id}/team/caseworker`);
      await recorded(north.leader, '2027-02-08', '2027-02-12', { deputyId: south.leader.id });
      const loads = async () => (await app.as(south.leader).get(`/units/${north.id}/load`)).status;
      expect(await finds(south.leader, id)).toEqual(NOTHING);
      expect(await loads()).toBe(404);
      await app.moveClock(at.firstDay);
      expect(await loads()).toBe(200);
      expect(await finds(south.leader, id)).toEqual(SIGHT_AND_WORK);
      expect(await finds(north.leader, id)).toEqual(SIGHT);
      expect(await finds(south.caseworker, id)).toEqual(NOTHING);
      const grant = { staffId: south.coordinator.id, days: 2 };
      expect((await app.as(south.leader).post(`/refugees/${id}/access-grants`, grant)).status).toBe(201);
      expect(
        (await record(south.leader, '2027-02-09', '2027-02-10', { accountId: north.caseworker.id })).status,
      ).toBe(201);
      const purposes = await app.database.asOwner(
        `select distinct purpose from read_log where actor_id = $1 and $2 = any(person_ids)`,
        [south.leader.id, id],
      );
      expect(purposes).toEqual([{ purpose: 'supervision' }]);
      await app.moveClock(at.dayAfter);
      expect(await finds(south.leader, id)).toEqual(NOTHING);
      expect((await app.as(south.leader).post(`/refugees/${id}/access-grants`, grant)).status).toBe(404);
    });

    it('are changed by whoever read them: another deputy sees the case, the former no longer', async () => {
      const id = await aCase(north.caseworker);
      const other = await makeAccount(app.database, north.id, 'caseworker');
      const coming = await recorded(north.caseworker, '2027-02-03', '2027-02-12', { deputyId: deputy.id });
      expect((await app.as(north.caseworker).patch(`/staff/absences/${coming.id}`, {})).status).toBe(428);
      expect((await change(north.caseworker, coming.id, {}, 7)).status).toBe(412);
      for (const [body, code] of [
        [{ fromOn: '2027-01-31' }, 'absences.of_the_past'],
        [{ toOn: '2027-02-02' }, 'absences.ends_before_it_starts'],
        [{ deputyId: north.caseworker.id }, 'staff.no_such_deputy'],
      ] as const)
        expect(await change(north.caseworker, coming.id, body)).toMatchObject(refused(422, code));
      expect(await change(north.caseworker, coming.id, { fromOn: '2027-02-01' })).toMatchObject({
        status: 200,
        body: { fromOn: '2027-02-01', version: 2 },
      });
      expect(await finds(deputy, id)).toEqual(SIGHT_AND_WORK);
      expect(await change(north.caseworker, coming.id, { fromOn: '2027-02-05' }, 2)).toMatchObject(
        refused(409, 'absences.begun'),
      );
      expect((await change(north.caseworker, coming.id, { deputyId: other.id }, 2)).status).toBe(200);
      expect(await finds(deputy, id)).toEqual(NOTHING);
      expect(await finds(other, id)).toEqual(SIGHT_AND_WORK);
      expect((await change(north.caseworker, coming.id, { deputyId: null }, 3)).status).toBe(200);
      expect(await finds(other, id)).toEqual(NOTHING);
      expect(await finds(north.leader, id)).toEqual(SIGHT_AND_WORK);
      await app.moveClock('2027-02-13T12:00:00Z');
      expect(await change(north.caseworker, coming.id, { toOn: '2027-03-01' }, 4)).toMatchObject(
        refused(409, 'absences.over'),
      );
    });
  });

  describe('on one day', () => {
    beforeAll(start);
    beforeEach(makeUnits);
    afterAll(() => app.close());

    it('end at once for the deputy, and keep that they were', async () => {
      const id = await aCase(north.caseworker);
      const running = await recorded(north.caseworker, '2027-02-01', '2027-02-12', { deputyId: deputy.id });
      const coming = await recorded(north.caseworker, '2027-03-01', '2027-03-05', { deputyId: deputy.id });
      expect(await finds(deputy, id)).toEqual(SIGHT_AND_WORK);
      for (const one of [running, coming])
        expect((await app.as(north.caseworker).delete(`/staff/absences/${one.id}`)).status).toBe(204);
      expect(await finds(deputy, id)).toEqual(NOTHING);
      expect(await finds(north.caseworker, id)).toEqual(SIGHT_AND_WORK);
      const { items } = (await app.as(north.caseworker).get('/staff/absences')).body;
      expect(items).toEqual([expect.objectContaining({ id: running.id, toOn: '2027-01-31', version: 2 })]);
      expect(await app.as(north.caseworker).delete(`/staff/absences/${running.id}`)).toMatchObject(
        refused(409, 'absences.over'),
      );
      expect((await app.as(north.caseworker).delete(`/staff/absences/${coming.id}`)).status).toBe(404);
      expect((await record(north.caseworker, '2027-02-01', '2027-02-02')).status).toBe(201);
      const facts = await app.database.asOwner<{ fact: string }>(
        `select fact, details from timeline where subject_type = 'account' and subject_id = $1 order by id`,
        [north.caseworker.id],
      );
      expect(facts.map(({ fact }) => fact)).toEqual([
        'absence.recorded',
        'absence.recorded',
        'absence.ended',
        'absence.ended',
        'absence.recorded',
      ]);
      expect(facts[0]).toMatchObject({
        details: { absenceId: running.id, fromOn: '2027-02-01', toOn: '2027-02-12', deputyId: deputy.id },
      });
    });

    it('of a deputy that end early give the work back to the deputy', async () => {
      const id = await aCase(north.caseworker);
      await recorded(north.caseworker, '2027-02-01', '2027-02-12', { deputyId: deputy.id });
      const ill = await recorded(deputy, '2027-02-01', '2027-02-12');
      expect(await finds(north.leader, id)).toEqual(SIGHT_AND_WORK);
      await app.as(deputy).delete(`/staff/absences/${ill.id}`);
      expect(await finds(deputy, id)).toEqual(SIGHT_AND_WORK);
      expect((await finds(north.leader, id)).myDay).toBe(false);
    });

    it.each([
      ['is closed', { disabled: true }],
      ['gets another role', { role: 'coordinator' }],
    ])('leave the work to the leader when the deputy %s', async (_, turn) => {
      const id = await aCase(north.caseworker);
      const administrator = await makeAccount(app.database, south.id, 'administrator');
      await recorded(north.caseworker, '2027-02-01', '2027-02-12', { deputyId: deputy.id });
      expect(await finds(deputy, id)).toEqual(SIGHT_AND_WORK);
      const turned = await app
        .as(administrator)
        .patch(`/staff/accounts/${deputy.id}`, turn, { 'if-match': '"1"' });
      expect(turned.status).toBe(200);
      expect(await finds(deputy, id)).toEqual(NOTHING);
      expect(await finds(north.leader, id)).toEqual(SIGHT_AND_WORK);
    });

    it('leave the team as it is: a deputy gives nobody a place in it, least of all themselves', async () => {
      const id = await aCase(north.caseworker);
      await recorded(north.caseworker, '2027-02-01', '2027-02-12', { deputyId: deputy.id });
      const place = `/refugees/${id}/team/caseworker`;
      expect((await app.as(deputy).put(place, { staffId: deputy.id })).status).toBe(403);
      expect((await app.as(deputy).delete(place)).status).toBe(403);
      expect((await app.as(north.leader).put(place, { staffId: deputy.id })).status).toBe(204);
    });

    it('open the visits of the unit to who stands in for its leader', async () => {
      const centre = (await app.as(north.jobConsultant).get('/asylum-centres?limit=1')).body.items[0].id;
      const { body } = await app
        .as(north.jobConsultant)
        .post('/visits', { centreId: centre, onDay: '2027-02-10', consultantIds: [] });
      const sees = async (account: TestAccount) => (await app.as(account).get(`/visits/${body.id}`)).status;
      expect(await sees(south.leader)).toBe(404);
      await recorded(north.leader, '2027-02-01', '2027-02-12', { deputyId: south.leader.id });
      expect(await sees(south.leader)).toBe(200);
    });

    it('of a leader show the deputy who reads too much', async () => {
      await app.database.asOwner(
        `insert into read_alerts (account_id, hour, persons) values ($1, '2027-02-01T06:00Z', 300), ($2, '2027-02-01T06:00Z', 300)`,
        [north.caseworker.id, south.leader.id],
      );
      const alerts = async () =>
        (await app.as(south.leader).get('/staff/read-alerts')).body.items.map(
          ({ accountId }: { accountId: string }) => accountId,
        );
      expect(await alerts()).toEqual([]);
      const { id } = await recorded(north.leader, '2027-02-01', '2027-02-01', { deputyId: south.leader.id });
      expect(await alerts()).toEqual([north.caseworker.id]);
      await app.as(north.leader).delete(`/staff/absences/${id}`);
      expect(await alerts()).toEqual([]);
    });

    it('never stand two for one day, though they are recorded at once', async () => {
      for (let month = 3; month < 8; month++) {
        const day = (of: number) => `2027-0${month}-${String(of).padStart(2, '0')}`;
        const replies = await Promise.all(
          [1, 2, 3, 4, 5, 6].map((first) => record(north.caseworker, day(first), day(first + 8))),
        );
        expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
        expect(replies.find(({ status }) => status === 409)!.body.code).toBe('absences.overlaps');
      }
      expect((await app.as(north.caseworker).get('/staff/absences')).body.items).toHaveLength(5);
    });

    it.each<[string, () => { fromOn?: string; toOn?: string; deputyId?: string }, number, string]>([
      ['from a day that is past', () => ({ fromOn: '2027-01-31' }), 422, 'absences.of_the_past'],
      ['that ends before it starts', () => ({ toOn: '2027-02-07' }), 422, 'absences.ends_before_it_starts'],
      ['with oneself as deputy', () => ({ deputyId: north.caseworker.id }), 422, 'staff.no_such_deputy'],
      [
        'with a deputy of another role',
        () => ({ deputyId: north.coordinator.id }),
        422,
        'staff.no_such_deputy',
      ],
      [
        'with a deputy of another unit',
        () => ({ deputyId: south.caseworker.id }),
        422,
        'staff.no_such_deputy',
      ],
      ['with a deputy nobody knows', () => ({ deputyId: north.id }), 422, 'staff.no_such_deputy'],
      ['without a last day', () => ({ toOn: undefined }), 400, 'request.invalid'],
      ['on a day there is not', () => ({ toOn: '2027-02-29' }), 400, 'request.invalid'],
      ['with a reason', () => ({ reason: 'ill' }) as object, 400, 'request.invalid'],
    ])('are refused %s', async (_, over, status, code) => {
      const days = { fromOn: '2027-02-08', toOn: '2027-02-12' };
      expect(await app.as(north.caseworker).post('/staff/absences', { ...days, ...over() })).toMatchObject(
        refused(status, code),
      );
    });

    it('are refused with a deputy who is closed, or away on one of the days', async () => {
      await recorded(deputy, '2027-02-12', '2027-02-15');
      const standIn = (fromOn: string, toOn: string) =>
        record(north.caseworker, fromOn, toOn, { deputyId: deputy.id });
      for (const [fromOn, toOn] of [
        ['2027-02-08', '2027-02-12'],
        ['2027-02-13', '2027-02-14'],
        ['2027-02-15', '2027-02-19'],
      ])
        expect(await standIn(fromOn, toOn)).toMatchObject(refused(422, 'absences.deputy_away'));
      expect((await standIn('2027-02-16', '2027-02-19')).status).toBe(201);
      await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [deputy.id]);
      expect(await standIn('2027-03-01', '2027-03-02')).toMatchObject(refused(422, 'staff.no_such_deputy'));
    });

    it('are kept and seen by oneself, the unit’s leader and an administrator; the deputy sees them only', async () => {
      const administrator = await makeAccount(app.database, south.id, 'administrator');
      const of = { accountId: north.caseworker.id };
      for (const by of [south.leader, south.caseworker, north.coordinator])
        expect(await record(by, '2027-02-08', '2027-02-12', of)).toMatchObject(
          refused(403, 'request.forbidden'),
        );
      expect(await record(administrator, '2027-02-08', '2027-02-12', { accountId: north.id })).toMatchObject(
        refused(404, 'staff.no_such_account'),
      );
      const own = await recorded(north.caseworker, '2027-02-08', '2027-02-09', { deputyId: deputy.id });
      await recorded(north.leader, '2027-02-10', '2027-02-11', of);
      await recorded(administrator, '2027-02-12', '2027-02-13', of);
      const seen = async (by: TestAccount, query = '') =>
        (await app.as(by).get(`/staff/absences?sort=fromOn${query}`)).body.items.map(
          ({ fromOn }: { fromOn: string }) => fromOn.slice(-2),
        );
      const all = ['08', '10', '12'];
      for (const by of [north.caseworker, north.leader]) expect(await seen(by)).toEqual(all);
      expect(await seen(administrator)).toEqual(expect.arrayContaining(all));
      expect(await seen(deputy)).toEqual(['08']);
      for (const by of [north.coordinator, south.leader]) expect(await seen(by)).toEqual([]);
      expect(await seen(administrator, `&accountId=${north.caseworker.id}`)).toEqual(all);
      expect(await seen(administrator, `&accountId=${north.leader.id}`)).toEqual([]);
      const first = (await app.as(north.leader).get('/staff/absences?limit=2')).body;
      const rest = (await app.as(north.leader).get(`/staff/absences?limit=2&cursor=${first.nextCursor}`))
        .body;
      expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
      for (const [by, status] of [
        [south.leader, 404],
        [north.coordinator, 404],
        [deputy, 403],
      ] as const) {
        expect((await change(by, own.id, { toOn: '2027-02-08' })).status).toBe(status);
        expect((await app.as(by).delete(`/staff/absences/${own.id}`)).status).toBe(status);
      }
      expect((await change(north.leader, own.id, { toOn: '2027-02-08' })).status).toBe(200);
      expect((await app.as(administrator).delete(`/staff/absences/${own.id}`)).status).toBe(204);
    });

    it('give the deputy of an open follow-up sight of its case until it ends', async () => {
      const id = await aCase(north.caseworker);
      const of = (set: string) =>
        app.database.asOwner(`update follow_ups set ${set} where refugee_id = $1 and state = 'open'`, [id]);
      await of(`deputy_id = '${deputy.id}'`);
      expect(await finds(deputy, id)).toEqual(SIGHT);
      await of(`state = 'done', ended_at = clock_now()`);
      expect(await finds(deputy, id)).toEqual(NOTHING);
    });
  });
});
