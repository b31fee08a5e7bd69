import { randomUUID } from 'node:crypto';
import { aBooking } from './factories/papers.js';
import { VisitOf } from './factories/visits.js';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('interpreters of a visit', () => {
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
  const consultant = () => app.as(north.jobConsultant);
  const pathOf = ({ id }: VisitOf, booking = '') =>
    `/visits/${id}/interpreter-bookings${booking && `/${booking}`}`;
  const change = (visit: VisitOf, id: string, body: object, version = 1) =>
    consultant().patch(pathOf(visit, id), body, { 'if-match': `"${version}"` });

  it('are asked for in several languages, confirmed, and shown in the order of their hours', async () => {
    const visit = await plan({ interpreterLanguage: 'tir' });
    const late = await consultant().post(
      pathOf(visit),
      aBooking({ language: 'ara', fromTime: '13:00', toTime: '15:30', form: 'phone' }),
    );
    expect(late).toMatchObject({
      status: 201,
      body: {
        version: 1,
        language: 'ara',
        fromTime: '13:00',
        toTime: '15:30',
        form: 'phone',
        state: 'requested',
        agency: null,
        reference: null,
        requestedAt: expect.stringMatching(/^2026-11-23T09:.*Z$/),
      },
    });
    const early = await visit.book({ agency: 'Tolkegruppen' });
    const confirmed = await consultant().post(`${pathOf(visit, early.id)}/confirmations`, {
      reference: '2026-88413',
    });
    expect(confirmed).toMatchObject({
      status: 201,
      body: { version: 2, state: 'confirmed', agency: 'Tolkegruppen', reference: '2026-88413' },
    });
    const read = await visit.read();
    expect(read).toMatchObject({
      interpreterLanguage: 'tir',
      version: 4,
      interpreterBookings: [
        { id: early.id, state: 'confirmed' },
        { id: late.body.id, state: 'requested' },
      ],
    });
    const listed = (await consultant().get('/visits?limit=100')).body.items;
    expect(listed.find((one: { id: string }) => one.id === visit.id).interpreterBookings).toEqual(
      read.interpreterBookings,
    );
    expect((await visit.facts()).slice(1)).toEqual([
      { fact: 'interpreter.requested', case_ids: [], details: { bookingId: late.body.id, language: 'ara' } },
      { fact: 'interpreter.requested', case_ids: [], details: { bookingId: early.id, language: 'tir' } },
      { fact: 'interpreter.confirmed', case_ids: [], details: { bookingId: early.id } },
    ]);
  });

  it('are to be confirmed anew for other hours, but not for another number', async () => {
    const visit = await plan();
    const { id } = await visit.book();
    await consultant().post(`${pathOf(visit, id)}/confirmations`, {});
    expect(await change(visit, id, { reference: 'A-1', toTime: '12:00' }, 2)).toMatchObject({
      status: 200,
      body: { state: 'confirmed', reference: 'A-1', version: 3 },
    });
    expect(await change(visit, id, { toTime: '12:30' }, 3)).toMatchObject({
      status: 200,
      body: { state: 'requested', toTime: '12:30', version: 4 },
    });
    expect(await change(visit, id, { toTime: '12:30' }, 4)).toMatchObject({ body: { version: 4 } });
    expect(await change(visit, id, { toTime: '13:00' }, 3)).toMatchObject({ status: 412 });
  });

  it('are cancelled and stay to be seen', async () => {
    const visit = await plan();
    const { id } = await visit.book();
    expect((await consultant().delete(pathOf(visit, id))).status).toBe(204);
    expect((await visit.read()).interpreterBookings).toMatchObject([{ id, state: 'cancelled' }]);
    for (const reply of [
      await change(visit, id, { form: 'video' }, 2),
      await consultant().post(`${pathOf(visit, id)}/confirmations`, {}),
      await consultant().delete(pathOf(visit, id)),
    ])
      expect(reply).toMatchObject({
        status: 409,
        body: { code: 'visits.booking_done', state: 'cancelled' },
      });
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['hours that end before they begin', { fromTime: '12:00', toTime: '09:30' }, 422, 'visits.booking_hours'],
    ['no time at all', { fromTime: '12:00', toTime: '12:00' }, 422, 'visits.booking_hours'],
    ['an hour that is none', { fromTime: '24:00' }, 400, 'request.invalid'],
    ['half an hour that is none', { toTime: '9.30' }, 400, 'request.invalid'],
    ['a language nobody knows', { language: 'xyz' }, 422, 'request.unknown_reference'],
    ['a form there is not', { form: 'letter' }, 400, 'request.invalid'],
    ['a state of its own', { state: 'confirmed' }, 400, 'request.invalid'],
  ])('are not booked with %s', async (_, over, status, code) => {
    const visit = await plan();
    expect(await consultant().post(pathOf(visit), aBooking(over))).toMatchObject({ status, body: { code } });
    expect((await visit.read()).interpreterBookings).toEqual([]);
  });

  it('are twenty at most, also when many are asked for at once', async () => {
    const visit = await plan();
    const replies = await Promise.all(
      Array.from({ length: 24 }, () => consultant().post(pathOf(visit), aBooking())),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(replies.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'visits.too_many_bookings',
      max: 20,
    });
  });

  it('are closed to others, and of one visit only', async () => {
    const [visit, other] = [await plan(), await plan()];
    const { id } = await visit.book();
    const everyRoute = (address: string): [string, string, object?][] => [
      ['PATCH', address, {}],
      ['POST', `${address}/confirmations`, {}],
      ['DELETE', address],
    ];
    const send = (by: TestAccount, [method, path, body]: [string, string, object?]) =>
      app.as(by).send(method, path, body, { 'if-match': '"1"' });
    for (const by of [south.jobConsultant, south.leader])
      for (const route of everyRoute(pathOf(visit, id)))
        expect(await send(by, route)).toMatchObject({ status: 404, body: { code: 'visits.no_such_visit' } });
    for (const address of [pathOf(other, id), pathOf(visit, randomUUID())])
      for (const route of everyRoute(address))
        expect(await send(north.jobConsultant, route)).toMatchObject({
          status: 404,
          body: { code: 'visits.no_such_booking' },
        });
    expect((await app.as(north.caseworker).post(pathOf(visit), aBooking())).status).toBe(403);
  });
});
