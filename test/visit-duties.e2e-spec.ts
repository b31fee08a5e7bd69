import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { anAssessment } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { VisitOf } from './factories/visits.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('what a visit leaves to do', () => {
  let app: TestApp;
  let north: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    await app.moveClock('2026-12-01T09:00:00Z');
  });
  afterAll(() => app.close());

  const consultant = () => app.as(north.jobConsultant);
  const plan = (wanted: Record<string, unknown> = {}) => VisitOf.plan(app, north.jobConsultant, wanted);
  const followUpsOf = async (refugeeId: string) =>
    app.database.asOwner<{ key: string; state: string; latest: string; owner: string; href: string }>(
      `select key, state, latest_on::text as latest, owner_id as owner, act_href as href
       from follow_ups where refugee_id = $1 and key like 'visit.%' order by id`,
      [refugeeId],
    );
  /** A closed visit on which one person was what is said. */
  async function over(outcome: string, refugeeId?: string): Promise<{ visit: VisitOf; refugeeId: string }> {
    const visit = await plan();
    const one = await visit.meet(refugeeId);
    await visit.end(one.id, outcome);
    await visit.close();
    return { visit, refugeeId: one.refugeeId };
  }

  it.each([
    ['absent', 'visit.invite_again'],
    ['declined', 'visit.invite_again'],
    ['moved', 'visit.find_again'],
  ])('%s: %s, which being on a later visit ends', async (outcome, key) => {
    const { refugeeId } = await over(outcome);
    expect(await followUpsOf(refugeeId)).toEqual([
      { key, state: 'open', latest: '2026-12-15', owner: north.jobConsultant.id, href: '/api/v1/visits' },
    ]);
    const next = await plan({ onDay: '2026-12-08' });
    const { id } = await next.meet(refugeeId);
    expect(await followUpsOf(refugeeId)).toMatchObject([{ key, state: 'done' }]);
    await consultant().delete(`/visits/${next.id}/participants/${id}`);
    expect((await followUpsOf(refugeeId)).map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('met without a signed assessment: it is to be signed, and the follow-up leads to the draft', async () => {
    const { refugeeId } = await over('met');
    const start = `/api/v1/refugees/${refugeeId}/assessments`;
    expect(await followUpsOf(refugeeId)).toMatchObject([
      { key: 'visit.sign_assessment', state: 'open', latest: '2026-12-15', href: start },
    ]);
    const draft = await consultant().post(`/refugees/${refugeeId}/assessments`, anAssessment());
    const sign = `/assessments/${draft.body.id}/signatures`;
    expect(await followUpsOf(refugeeId)).toMatchObject([{ state: 'open', href: `/api/v1${sign}` }]);
    await consultant().post(sign);
    expect(await followUpsOf(refugeeId)).toMatchObject([{ state: 'done' }]);
  });

  it('met, and assessed before the visit was closed: nothing', async () => {
    const visit = await plan();
    const one = await visit.meet();
    const draft = await consultant().post(`/refugees/${one.refugeeId}/assessments`, anAssessment());
    await consultant().post(`/assessments/${draft.body.id}/signatures`);
    await visit.end(one.id, 'met');
    await visit.close();
    expect(await followUpsOf(one.refugeeId)).toEqual([]);
  });

  it('nothing before the visit is closed', async () => {
    const visit = await plan();
    const one = await visit.meet();
    await visit.end(one.id, 'absent');
    expect(await followUpsOf(one.refugeeId)).toEqual([]);
  });

  it('cancelled: everybody who was to be met is to be invited again, once', async () => {
    const { refugeeId } = await over('absent');
    const next = await plan({ onDay: '2026-12-08' });
    await next.meet(refugeeId);
    const other = await next.meet();
    await next.cancel();
    expect(await followUpsOf(other.refugeeId)).toMatchObject([{ key: 'visit.invite_again', state: 'open' }]);
    expect((await followUpsOf(refugeeId)).map(({ state }) => state)).toEqual(['done', 'open']);
  });

  it('stands beside what the programme asks for of the same case, in my day and in words', async () => {
    const { id } = await register(app, north.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-11-20' },
    });
    await over('absent', id);
    const { items } = (
      await consultant().get(`/refugees/${id}/follow-ups?limit=100`, { 'accept-language': 'en' })
    ).body;
    expect(items.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['contract', 'visit.invite_again']),
    );
    const [mine] = (
      await consultant().get('/my-day?limit=100', { 'accept-language': 'da' })
    ).body.items.filter(
      (one: { key: string; refugee: { id: string } }) =>
        one.key === 'visit.invite_again' && one.refugee.id === id,
    );
    expect(mine).toMatchObject({
      title: 'Inviter igen til centerbesøg',
      targetOn: '2026-12-08',
      act: { href: '/api/v1/visits' },
    });
  });

  it('ends for who was not met on the day of the takeover', async () => {
    const { id } = await register(app, north.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-11-20' },
    });
    await over('absent', id);
    const { takeoverOn } = (await consultant().get(`/refugees/${id}`)).body;
    const sweep = () => app.app.get(StalePlansService).sweep();
    const dayBefore = new Date(Date.parse(takeoverOn) - 86_400_000).toISOString().slice(0, 10);
    await app.moveClock(`${dayBefore}T12:00:00Z`);
    await sweep();
    expect(await followUpsOf(id)).toMatchObject([{ state: 'open' }]);
    await app.moveClock(`${takeoverOn}T12:00:00Z`);
    await sweep();
    expect(await followUpsOf(id)).toMatchObject([{ state: 'cancelled' }]);
  });
});
