import { PlannerService } from '../src/reminders/planner.service.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** Taken over on Monday 1 February 2027. */
const allocated = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };
const suspension = (over: object = {}) => ({
  ruleKeys: ['contract.deadline'],
  fromOn: '2027-02-08',
  legalBasis: 'Integration Act § 4 b; BEK 1/2027',
  source: 'retsinformation.dk',
  confidence: 'L',
  ...over,
});

describe('suspended deadlines (Integration Act § 4 b)', () => {
  let app: TestApp;
  let north: TestUnit;
  let administrator: TestAccount;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    administrator = await makeAccount(app.database, north.id, 'administrator');
  });
  beforeEach(() => app.moveClock('2027-02-01T09:00:00Z'));
  afterEach(() => app.database.asOwner('update deadline_suspensions set withdrawn_at = clock_now()'));
  afterAll(() => app.close());

  const aCase = async () => (await register(app, north.jobConsultant, allocated)).id;
  const add = async (over: object = {}) => {
    const reply = await app.as(administrator).post('/legislation/suspensions', suspension(over));
    expect(reply.status).toBe(201);
    return reply.body as { id: string };
  };
  const sweep = () => app.app.get(StalePlansService).sweep();
  const followUps = async (refugeeId: string, key: string) =>
    (
      (await app.as(north.jobConsultant).get(`/refugees/${refugeeId}/follow-ups?limit=100`)).body.items as {
        key: string;
        suspended: boolean;
        targetOn: string;
        latestOn: string;
        moves: object[];
      }[]
    ).filter((one) => one.key === key);
  const windowOf = async (refugeeId: string) => {
    const [{ suspended, targetOn, latestOn }] = await followUps(refugeeId, 'contract');
    return [suspended, targetOn, latestOn];
  };
  const asIs = [false, '2027-02-15', '2027-03-01'];

  it('moves what it selects, says what moved it, and leaves other rules alone', async () => {
    const id = await aCase();
    const { id: suspensionId } = await add({ toOn: '2027-02-14' });
    expect(await windowOf(id)).toEqual(asIs);
    await sweep();
    expect(await windowOf(id)).toEqual([false, '2027-02-22', '2027-03-08']);
    const [contract] = await followUps(id, 'contract');
    expect(contract.moves).toMatchObject([
      { because: { fact: 'suspension.added', subject: { type: 'suspension', id: suspensionId } } },
    ]);
    for (const talk of await followUps(id, 'talk')) expect(talk.moves).toEqual([]);
  });

  it('is what moved it, also when somebody records something else before the sweep comes by', async () => {
    const id = await aCase();
    await app.as(north.leader).put(`/refugees/${id}/team/caseworker`, { staffId: north.caseworker.id });
    const { id: suspensionId } = await add({ toOn: '2027-02-14' });
    const talk = { heldOn: '2027-02-01', form: 'phone' };
    expect((await app.as(north.caseworker).post(`/refugees/${id}/talks`, talk)).status).toBe(201);
    const [contract] = await followUps(id, 'contract');
    expect(contract.moves).toMatchObject([
      { because: { fact: 'suspension.added', subject: { type: 'suspension', id: suspensionId } } },
    ]);
  });

  it('holds what is planned after it was added, too', async () => {
    await add({ toOn: '2027-02-14' });
    expect(await windowOf(await aCase())).toEqual([false, '2027-02-22', '2027-03-08']);
  });

  it('with no end takes effect on its day, and nobody is reminded; ended, the time runs on', async () => {
    const id = await aCase();
    const { id: suspensionId } = await add();
    await sweep();
    expect(await windowOf(id)).toEqual(asIs);
    await app.moveClock('2027-02-07T23:30:00Z');
    await sweep();
    expect(await windowOf(id)).toEqual([true, '2027-02-15', '2027-03-01']);
    const waiting = `
      select r.id from reminders r join follow_ups f on f.id = r.follow_up_id
      where f.refugee_id = $1 and f.key = 'contract' and r.state = 'planned'`;
    expect(await app.database.asOwner(waiting, [id])).toEqual([]);
    await app.moveClock('2027-03-10T09:00:00Z');
    const ending = { toOn: '2027-03-07' };
    const end = () => app.as(administrator).post(`/legislation/suspensions/${suspensionId}/endings`, ending);
    expect(await end()).toMatchObject({ status: 201, body: { toOn: '2027-03-07' } });
    expect(await end()).toMatchObject({ status: 409, body: { code: 'legislation.suspension_over' } });
    await sweep();
    expect(await windowOf(id)).toEqual([false, '2027-03-15', '2027-03-29']);
    expect(await app.database.asOwner(waiting, [id])).not.toEqual([]);
  });

  it('withdrawn, it has never been', async () => {
    const id = await aCase();
    const { id: suspensionId } = await add({ toOn: '2027-02-14' });
    await sweep();
    expect((await app.as(administrator).delete(`/legislation/suspensions/${suspensionId}`)).status).toBe(200);
    await sweep();
    expect(await windowOf(id)).toEqual(asIs);
  });

  it('is planned in batches: what a batch planned stands when the next one fails, and the sweep goes on', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, aCase));
    await sweep();
    await add({ toOn: '2027-02-14' });
    const planner = app.app.get(PlannerService);
    const plan = planner.plan.bind(planner);
    let left = 3;
    const failing = jest.spyOn(planner, 'plan').mockImplementation((tx, type, because) => {
      if (because.size > 1 || left-- === 0) throw new Error('the worker is gone');
      return plan(tx, type, because);
    });
    await sweep();
    failing.mockRestore();
    const moved = async () =>
      (await Promise.all(ids.map(windowOf))).filter(([, , latestOn]) => latestOn === '2027-03-08').length;
    expect(await moved()).toBeGreaterThanOrEqual(3);
    await app.moveClock('2027-02-01T10:00:01Z');
    await sweep();
    expect(await moved()).toBe(6);
  });

  it.each([
    ['an unknown rule', { ruleKeys: ['contract.nothing'] }, 422, 'legislation.unknown_key'],
    ['an end before its start', { toOn: '2027-02-07' }, 422, 'legislation.suspension_ends_before_it_starts'],
    ['no rule at all', { ruleKeys: [] }, 400, 'request.invalid'],
  ])('is refused with %s', async (_, over, status, code) => {
    const reply = await app.as(administrator).post('/legislation/suspensions', suspension(over));
    expect(reply).toMatchObject({ status, body: { code } });
  });

  it('is not the program’s to rewrite', async () => {
    const { id } = await add();
    const rewrite = app.database.asApp(
      `update deadline_suspensions set from_on = '2027-01-01' where id = $1`,
      [id],
    );
    await expect(rewrite).rejects.toMatchObject({ code: '42501' });
  });
});
