import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

describe('the visitation (Integration Act § 17)', () => {
  let app: TestApp;
  let north: Office;
  let south: Office;
  let path: string;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock('2027-02-15T09:00:00Z');
    north = await Office.open(app);
    south = await Office.open(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    path = `/refugees/${(await north.person()).id}/visitation`;
  });

  const own = () => north.as('caseworker');
  const factsOf = (id: string) =>
    app.database.asOwner<{ fact: string; details: unknown }>(
      `select fact, details from timeline where subject_type = 'visitation' and subject_id = $1 order by id`,
      [id],
    );

  it('is recorded, read and corrected; the timeline keeps what it was', async () => {
    expect(await own().get(path)).toMatchObject({ status: 404, body: { code: 'programme.no_visitation' } });
    const recorded = await own().post(path, { heldOn: '2027-02-15' });
    expect(recorded).toMatchObject({
      status: 201,
      body: { version: 1, heldOn: '2027-02-15', category: null },
    });
    const etag = { 'if-match': recorded.headers.get('etag')! };
    const corrected = await own().patch(path, { heldOn: '2027-02-12', category: 'job_ready' }, etag);
    expect(corrected).toMatchObject({ status: 200, body: { version: 2, heldOn: '2027-02-12' } });
    const cleared = await own().patch(path, { category: null }, { 'if-match': '"2"' });
    expect(cleared.body).toMatchObject({ version: 3, heldOn: '2027-02-12', category: null });
    const same = await own().patch(path, { heldOn: '2027-02-12' }, { 'if-match': '"3"' });
    expect(same.body.version).toBe(3);
    expect((await north.as('job_consultant').get(path)).body).toEqual(cleared.body);
    expect(await factsOf(recorded.body.id)).toEqual([
      { fact: 'visitation.recorded', details: { heldOn: '2027-02-15', category: null } },
      {
        fact: 'visitation.corrected',
        details: { fields: ['heldOn', 'category'], heldOn: '2027-02-12', category: 'job_ready' },
      },
      {
        fact: 'visitation.corrected',
        details: { fields: ['category'], heldOn: '2027-02-12', category: null },
      },
    ]);
  });

  it('is one, however many record it at once', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => own().post(path, { heldOn: '2027-02-15' })));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    const refused = replies.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('programme.visitation_recorded');
  });

  it('is not for who does not see the case, nor for whose task it is not', async () => {
    const body = { heldOn: '2027-02-15' };
    for (const ask of [
      () => south.as('caseworker').get(path),
      () => south.as('caseworker').post(path, body),
      () => south.as('caseworker').patch(path, body, { 'if-match': '"1"' }),
    ])
      expect(await ask()).toMatchObject({ status: 404, body: { code: 'refugees.no_such_case' } });
    expect((await north.as('job_consultant').post(path, body)).status).toBe(403);
    expect((await north.as('team_leader').post(path, body)).status).toBe(201);
    expect((await own().patch(path, body)).status).toBe(428);
    expect((await own().patch(path, body, { 'if-match': '"2"' })).status).toBe(412);
  });

  it('is on no day to come, and of a category there is', async () => {
    for (const [heldOn, status] of [
      ['2027-02-16', 422],
      ['2027-02-30', 400],
      [undefined, 400],
    ] as const)
      expect((await own().post(path, { heldOn })).status).toBe(status);
    expect(await own().post(path, { heldOn: '2027-02-15', category: 'ready' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'category', rule: 'one_of' }] },
    });
    // Allocated on 15 September: the day before is a slip.
    expect(await own().post(path, { heldOn: '2026-09-14' })).toMatchObject({
      status: 422,
      body: { code: 'programme.before_the_case', knownSince: '2026-09-15' },
    });
    await own().post(path, { heldOn: '2026-09-15' });
    expect(await own().patch(path, { heldOn: '1926-09-15' }, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
      body: { code: 'programme.before_the_case' },
    });
    expect(await own().patch(path, { heldOn: '2027-02-16' }, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
      body: { code: 'programme.visitation_in_future', today: '2027-02-15' },
    });
  });
});
