import { VisitOf } from './factories/visits.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Tablet } from './support/tablet.js';

describe('a visit before its day', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
    await app.moveClock('2026-11-23T09:00:00Z');
  });
  afterAll(() => app.close());

  const plan = (over: Record<string, unknown> = {}) => VisitOf.plan(app, north.jobConsultant, over);
  const change = (
    { id }: VisitOf,
    body: object,
    version: number | string = 1,
    by: TestAccount = north.jobConsultant,
  ) => app.as(by).patch(`/visits/${id}`, body, { 'if-match': `"${version}"`, 'accept-language': 'en' });
  const cancel = (
    { id }: VisitOf,
    version = 1,
    by: TestAccount = north.jobConsultant,
    reason: unknown = 'Closed',
  ) => app.as(by).post(`/visits/${id}/cancellations`, { reason }, { 'if-match': `"${version}"` });

  it('gets another day, other consultants and another language', async () => {
    const visit = await plan({ interpreterLanguage: 'tir' });
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const changed = await change(visit, {
      onDay: '2026-12-08',
      consultantIds: [colleague.id],
      interpreterLanguage: null,
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        version: 2,
        onDay: '2026-12-08',
        interpreterLanguage: null,
        consultants: [{ staffId: colleague.id }],
      },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await visit.facts()).at(-1)).toEqual({
      fact: 'visit.changed',
      case_ids: [],
      details: {
        fields: ['onDay', 'interpreterLanguage', 'consultantIds'],
        onDay: '2026-12-08',
        consultantIds: [colleague.id],
      },
    });
  });

  it('stays as it is when nothing of it is new', async () => {
    const visit = await plan();
    const same = { onDay: '2026-12-01', consultantIds: [north.jobConsultant.id], interpreterLanguage: null };
    for (const body of [{}, same])
      expect(await change(visit, body)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await visit.facts()).toHaveLength(1);
  });

  it('on another day has nobody invited and no interpreter confirmed yet; with another colleague it keeps both', async () => {
    const visit = await plan();
    const [one, booked] = [await visit.meet(), await visit.book()];
    const consultant = app.as(north.jobConsultant);
    const bookings = `/visits/${visit.id}/interpreter-bookings`;
    await consultant.post(`${bookings}/${booked.id}/confirmations`, {});
    await consultant.post(`/visits/${visit.id}/invitations`, { participantIds: [one.id], how: 'sms' });
    const colleague = await makeAccount(app.database, north.id, 'job_consultant');
    const { version } = await visit.read();
    await change(visit, { consultantIds: [colleague.id, north.jobConsultant.id] }, version);
    expect(await visit.read()).toMatchObject({
      participants: [{ invitedHow: 'sms' }],
      interpreterBookings: [{ state: 'confirmed' }],
    });
    await change(visit, { onDay: '2026-12-02' }, version + 1);
    expect(await visit.read()).toMatchObject({
      participants: [{ invitedOn: null, invitedHow: null }],
      interpreterBookings: [{ state: 'requested' }],
    });
  });

  it('is changed by one of two who read it at the same time', async () => {
    const visit = await plan();
    const replies = await Promise.all(['2026-12-02', '2026-12-03'].map((onDay) => change(visit, { onDay })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    const without = await app.as(north.jobConsultant).patch(`/visits/${visit.id}`, {});
    expect(without).toMatchObject({ status: 428 });
  });

  it.each<[string, Record<string, unknown>, () => object, number, string]>([
    ['on its day', { onDay: '2026-11-23' }, () => ({ onDay: '2026-12-01' }), 422, 'visits.day_came'],
    [
      'after its day',
      { onDay: '2026-11-20' },
      () => ({ interpreterLanguage: 'ara' }),
      422,
      'visits.day_came',
    ],
    ['to a day that has passed', {}, () => ({ onDay: '2026-11-22' }), 422, 'visits.day_passed'],
    [
      'to a consultant who is none',
      {},
      () => ({ consultantIds: [north.caseworker.id] }),
      422,
      'visits.not_a_job_consultant',
    ],
    ['to no consultant', {}, () => ({ consultantIds: [] }), 400, 'request.invalid'],
    ['to no day', {}, () => ({ onDay: null }), 400, 'request.invalid'],
    [
      'to a language nobody knows',
      {},
      () => ({ interpreterLanguage: 'xyz' }),
      422,
      'request.unknown_reference',
    ],
    ['of its centre', {}, () => ({ centreId: north.id }), 400, 'request.invalid'],
  ])('is not changed %s', async (_, planned, body, status, code) => {
    const visit = await plan(planned);
    expect(await change(visit, body())).toMatchObject({ status, body: { code } });
    expect((await visit.read()).version).toBe(1);
  });

  it('keeps whoever sees it only because they go along', async () => {
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const visit = await plan({ consultantIds: [colleague.id] });
    const consultantIds = [north.jobConsultant.id];
    expect(await change(visit, { consultantIds }, 1, colleague)).toMatchObject({
      status: 422,
      body: { code: 'visits.left_out', title: expect.stringMatching(/^You see the visit only/) },
    });
    expect(await change(visit, { consultantIds }, 1, north.leader)).toMatchObject({ status: 200 });
  });

  it('is cancelled with a reason and its interpreters, and then stays as it is', async () => {
    const visit = await plan();
    const [one, booked] = [await visit.meet(), await visit.book()];
    const { version } = await visit.read();
    expect(await cancel(visit, version)).toMatchObject({
      status: 201,
      body: {
        version: version + 1,
        cancelledAt: expect.stringMatching(/^2026-11-23T09:/),
        cancellationReason: 'Closed',
        closedAt: null,
        interpreterBookings: [{ id: booked.id, state: 'cancelled' }],
      },
    });
    expect((await visit.facts()).at(-1)).toEqual({
      fact: 'visit.cancelled',
      case_ids: [one.refugeeId],
      details: {},
    });
    for (const again of [await cancel(visit, version + 1), await change(visit, {}, version + 1)])
      expect(again).toMatchObject({ status: 409, body: { code: 'visits.cancelled' } });
  });

  it('is cancelled although somebody declined to come', async () => {
    const visit = await plan();
    const { id } = await visit.meet();
    for (const outcome of ['met', 'absent'])
      expect(
        await app.as(north.jobConsultant).put(`/visits/${visit.id}/participants/${id}/outcome`, { outcome }),
      ).toMatchObject({ status: 422, body: { code: 'visits.not_met_yet', onDay: '2026-12-01' } });
    await visit.end(id, 'declined');
    expect(await cancel(visit, (await visit.read()).version)).toMatchObject({ status: 201 });
  });

  it('is not cancelled once somebody was met or absent, nor without a reason', async () => {
    const visit = await plan({ onDay: '2026-11-23' });
    expect(await cancel(visit, 1, north.jobConsultant, '')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'reason' }] },
    });
    const { id } = await visit.meet();
    await visit.end(id, 'absent');
    expect(await cancel(visit, (await visit.read()).version)).toMatchObject({
      status: 422,
      body: { code: 'visits.took_place' },
    });
    expect(await cancel(visit, 1)).toMatchObject({ status: 412 });
  });

  it('is not cancelled while a device may still say that it took place, and takes no word of it afterwards', async () => {
    const visit = await plan();
    const one = await visit.meet();
    const tablet = new Tablet(app.as(north.jobConsultant), visit.id);
    await tablet.fetch();
    const out = await cancel(visit, (await visit.read()).version);
    expect(out).toMatchObject({ status: 422, body: { code: 'visits.packs_out', out: 1 } });
    const writeOff = `/visits/${visit.id}/packs/${tablet.pack.packId}/write-offs`;
    await app.as(north.jobConsultant).post(writeOff, { reason: 'Lost on the train' });
    expect(await cancel(visit, (await visit.read()).version)).toMatchObject({ status: 201 });
    tablet.says(one.id, 'outcome', 'met');
    for (const late of [await tablet.send(), await tablet.fetch()])
      expect(late).toMatchObject({ status: 409, body: { code: 'visits.cancelled' } });
    expect((await visit.read()).participants).toMatchObject([{ outcome: null }]);
  });

  it('is nobody’s else to change or cancel', async () => {
    const visit = await plan();
    for (const by of [south.jobConsultant, south.leader]) {
      expect((await change(visit, {}, 1, by)).body.code).toBe('visits.no_such_visit');
      expect((await cancel(visit, 1, by)).body.code).toBe('visits.no_such_visit');
    }
    expect((await change(visit, {}, 1, north.caseworker)).status).toBe(403);
    expect((await cancel(visit, 1, north.coordinator)).status).toBe(403);
  });
});
