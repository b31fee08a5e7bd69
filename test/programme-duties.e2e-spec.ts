import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** Taken over on Monday 1 February 2027. */
const allocated = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };

interface FollowUp {
  key: string;
  occurrence: number;
  state: string;
  targetOn: string;
  latestOn: string;
  actBy: string;
  assumed: string[];
  endedBecause: string | null;
  endedBy: { type: string; id: string } | null;
  endedByRules: { key: string }[];
  supersededBy: string | null;
  id: string;
  moves: { because: { fact: string }; fromLatestOn: string; toLatestOn: string }[];
}

describe('the worked example: from takeover to talks, and what life makes of them', () => {
  let app: TestApp;
  let north: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
  });
  beforeEach(() => app.moveClock('2027-02-15T09:00:00Z'));
  afterAll(() => app.close());

  async function visited(): Promise<string> {
    const { id } = await register(app, north.jobConsultant, allocated);
    await app.as(north.leader).put(`/refugees/${id}/team/caseworker`, { staffId: north.caseworker.id });
    const visitation = { heldOn: '2027-02-15' };
    expect((await app.as(north.caseworker).post(`/refugees/${id}/visitation`, visitation)).status).toBe(201);
    return id;
  }
  const followUpsOf = async (id: string): Promise<FollowUp[]> =>
    (await app.as(north.caseworker).get(`/refugees/${id}/follow-ups?sort=plannedAt&limit=100`)).body.items;
  const open = async (id: string): Promise<string[]> =>
    (await followUpsOf(id))
      .filter(({ state }) => state === 'open')
      .map(
        ({ key, occurrence, targetOn, actBy, latestOn }) =>
          `${key} ${occurrence}: ${targetOn} ${actBy} ${latestOn}`,
      )
      .sort();
  const record = async (path: string, body: object) => {
    const reply = await app.as(north.caseworker).post(path, body);
    expect(reply.status).toBe(201);
    return reply.body;
  };
  const contract = 'contract 1: 2027-02-15 2027-03-01 2027-03-01';

  it('plans the contract and four talks; the visitation moves the talks from the takeover day', async () => {
    const id = await visited();
    expect(await open(id)).toEqual([
      contract,
      'talk 1: 2027-04-01 2027-08-13 2027-08-15',
      'talk 2: 2027-05-14 2027-08-13 2027-08-15',
      'talk 3: 2027-06-30 2027-08-13 2027-08-15',
      'talk 4: 2027-08-13 2027-08-13 2027-08-15',
    ]);
    const first = (await followUpsOf(id)).find(({ key, occurrence }) => key === 'talk' && occurrence === 1)!;
    expect(first).toMatchObject({
      assumed: [],
      moves: [
        { because: { fact: 'visitation.recorded' }, fromLatestOn: '2027-08-01', toLatestOn: '2027-08-15' },
      ],
    });
  });

  it('says that the visitation is taken to be the takeover until it is recorded', async () => {
    const { id } = await register(app, north.jobConsultant, allocated);
    const items: FollowUp[] = (await app.as(north.jobConsultant).get(`/refugees/${id}/follow-ups?limit=100`))
      .body.items;
    expect(items.filter(({ key }) => key === 'talk').map(({ assumed }) => assumed)).toEqual(
      Array.from({ length: 4 }, () => ['visitation_is_takeover']),
    );
  });

  it('ordinary work from 10 May: the talks are superseded by rule and fact, the next is a year later', async () => {
    const id = await visited();
    await app.moveClock('2027-05-10T09:00:00Z');
    const spell = await record(`/refugees/${id}/spells`, {
      kind: 'work',
      fromOn: '2027-05-10',
      employer: 'Hotel Fjorden',
    });
    expect(await open(id)).toEqual([contract, 'talk.in_work 1: 2028-05-10 2028-05-10 2028-05-10']);
    const all = await followUpsOf(id);
    const next = all.find(({ key }) => key === 'talk.in_work')!;
    const superseded = all.filter(({ state }) => state === 'superseded');
    expect(superseded).toHaveLength(4);
    for (const one of superseded)
      expect(one).toMatchObject({
        endedBecause: 'spell.recorded',
        endedBy: { type: 'spell', id: spell.id },
        endedByRules: [{ key: 'followup.employed' }],
        supersededBy: next.id,
      });
  });

  it('work that was recorded ahead takes effect on its day, by the sweep', async () => {
    const id = await visited();
    await record(`/refugees/${id}/spells`, { kind: 'work', fromOn: '2027-05-10', employer: 'Hotel Fjorden' });
    expect(await open(id)).toHaveLength(5);
    await app.moveClock('2027-05-09T22:30:00Z');
    await app.app.get(StalePlansService).sweep();
    expect(await open(id)).toEqual([contract, 'talk.in_work 1: 2028-05-10 2028-05-10 2028-05-10']);
  });

  it('a birth on 3 June with leave: six months after, and at the end of leave', async () => {
    const id = await visited();
    await app.moveClock('2027-06-04T09:00:00Z');
    await record(`/refugees/${id}/spells`, { kind: 'leave', fromOn: '2027-06-03', toOn: '2028-01-31' });
    await record(`/refugees/${id}/spells`, { kind: 'birth', fromOn: '2027-06-03', toOn: '2027-06-03' });
    expect(await open(id)).toEqual([
      contract,
      'talk.after_birth 1: 2027-12-03 2027-12-03 2027-12-03',
      'talk.after_leave 1: 2028-01-31 2028-01-31 2028-01-31',
    ]);
  });

  it('a talk closes its follow-up; one that was never held leaves it open', async () => {
    const id = await visited();
    await app.moveClock('2027-04-01T09:00:00Z');
    await record(`/refugees/${id}/talks`, {
      heldOn: '2027-04-01',
      form: 'phone',
      summary: 'Likes the course',
    });
    const planned = await record(`/refugees/${id}/talks`, {
      plannedAt: '2027-03-31T08:00:00Z',
      form: 'video',
    });
    await record(`/talks/${planned.id}/outcomes`, { outcome: 'not_shown' });
    const talks = (await followUpsOf(id)).filter(({ key }) => key === 'talk');
    expect(
      talks.map(({ occurrence, state, endedBecause }) => [occurrence, state, endedBecause]).sort(),
    ).toEqual([
      [1, 'done', 'talk.held'],
      [2, 'open', null],
      [3, 'open', null],
      [4, 'open', null],
    ]);
  });

  it('a suspension makes the time stand still, and running on moves what was left', async () => {
    const id = await visited();
    const spell = await record(`/refugees/${id}/spells`, { kind: 'suspended', fromOn: '2027-02-15' });
    const suspended = (await followUpsOf(id)).map(
      (one) => (one as FollowUp & { suspended: boolean }).suspended,
    );
    expect(suspended).toEqual([true, true, true, true, true]);
    expect((await app.as(north.caseworker).get('/my-day?limit=100')).body.items).not.toContainEqual(
      expect.objectContaining({ refugee: expect.objectContaining({ id }) }),
    );
    await app.moveClock('2027-03-02T09:00:00Z');
    await app
      .as(north.caseworker)
      .patch(`/spells/${spell.id}`, { toOn: '2027-02-28' }, { 'if-match': `"${spell.version}"` });
    expect((await open(id))[0]).toBe('contract 1: 2027-03-01 2027-03-15 2027-03-15');
  });
});
