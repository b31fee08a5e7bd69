import { aPerson, register } from './factories/refugees.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('refugees', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    south = await makeUnit(app.database);
  });
  afterAll(() => app.close());

  it('registers a person, with the takeover day the law gives', async () => {
    const reply = await app.as(north.jobConsultant).post(
      '/refugees',
      aPerson({
        permit: { basis: 'aliens_act_7_1' },
        allocation: { decidedOn: '2026-11-03' },
        asylumPersonId: '7012345',
        languages: ['eng'],
      }),
    );
    expect(reply.status).toBe(201);
    expect(reply.headers.get('etag')).toBe('"1"');
    expect(reply.body).toMatchObject({
      givenNames: 'Selam',
      takeoverOn: '2027-01-04',
      unitId: north.id,
      languages: ['eng'],
      team: [{ role: 'job_consultant', staffId: north.jobConsultant.id }],
    });
  });

  it('answers 404 to a colleague of another unit', async () => {
    const { id } = await register(app, north.jobConsultant);
    expect((await app.as(south.caseworker).get(`/refugees/${id}`)).status).toBe(404);
    expect((await app.as(south.leader).get(`/refugees/${id}`)).status).toBe(404);
    expect((await app.as(north.leader).get(`/refugees/${id}`)).status).toBe(200);
  });

  it('names the field and the rule of a bad shape, in Danish and English', async () => {
    const bad = aPerson({ bornOn: '1990-02-31', nickname: 'x' });
    const danish = await app.as(north.jobConsultant).post('/refugees', bad);
    expect(danish.status).toBe(400);
    expect(danish.body.errors.map((error: { field: string }) => error.field).sort()).toEqual([
      'bornOn',
      'nickname',
    ]);
    expect(danish.body.title).toContain('felter');
    const english = await app.as(north.jobConsultant).post('/refugees', bad, { 'accept-language': 'en' });
    expect(english.body.title).toContain('fields');
  });

  it('refuses a decision before the law', async () => {
    const reply = await app
      .as(north.jobConsultant)
      .post('/refugees', aPerson({ allocation: { decidedOn: '2016-06-30' } }));
    expect(reply).toMatchObject({ status: 422, body: { code: 'legislation.no_rule_on_date' } });
  });

  it('tells that a number is taken, and the read log keeps whose', async () => {
    const { id } = await register(app, south.jobConsultant, {
      cpr: '020390-1111',
      asylumPersonId: '7099999',
    });
    const log = () =>
      app.database.asOwner(`select person_ids, actor_id from read_log where what = 'refugees.number_taken'`);
    const taken = await app.as(north.jobConsultant).post('/refugees', aPerson({ cpr: '0203901111' }));
    expect(taken).toMatchObject({ status: 409, body: { code: 'refugees.cpr_taken' } });
    expect(await log()).toEqual([{ person_ids: [id], actor_id: north.jobConsultant.id }]);
    const other = await register(app, north.jobConsultant);
    const again = await app
      .as(north.jobConsultant)
      .post(`/refugees/${other.id}/identifiers`, { asylumPersonId: '7099999' });
    expect(again).toMatchObject({ status: 409, body: { code: 'refugees.asylum_person_id_taken' } });
    expect(await log()).toHaveLength(2);
  });

  it('keeps one row of a number that is sent again, and periods that follow on each other', async () => {
    const { id } = await register(app, south.jobConsultant, { cpr: '020390-2222' });
    const add = (number: object) => app.as(south.jobConsultant).post(`/refugees/${id}/identifiers`, number);
    for (const cpr of ['0203902222', '020390-2222'])
      expect(await add({ cpr })).toMatchObject({ status: 201 });
    await Promise.all(Array.from({ length: 8 }, (_, i) => add({ asylumPersonId: `710000${i}` })));
    const rows = await app.database.asOwner<{ system: string; meets: boolean }>(
      `select system, coalesce(valid_to >= valid_from, true)
         and coalesce(valid_from >= lag(valid_to) over (partition by system order by valid_from, valid_to), true) as meets
       from refugee_identifiers where refugee_id = $1`,
      [id],
    );
    expect(rows.filter(({ system }) => system === 'cpr')).toHaveLength(1);
    expect(rows.filter(({ system }) => system === 'asylum_person_id')).toHaveLength(8);
    expect(rows.filter(({ meets }) => !meets)).toEqual([]);
  });

  it('clears what is sent as null and keeps what is not sent', async () => {
    const { id } = await register(app, north.jobConsultant, {
      permit: { basis: 'afghan_act' },
      household: { adults: 2, children: 1 },
    });
    const reply = await app
      .as(north.jobConsultant)
      .patch(`/refugees/${id}`, { permit: null, motherTongue: null }, { 'if-match': '"1"' });
    expect(reply).toMatchObject({
      status: 200,
      body: { version: 2, permit: null, motherTongue: null, household: { adults: 2 } },
    });
  });

  it('refuses a birth that is to come', async () => {
    expect(
      await app.as(north.jobConsultant).post('/refugees', aPerson({ bornOn: '2150-01-01' })),
    ).toMatchObject({ status: 422, body: { code: 'refugees.not_born_yet' } });
  });

  it('finds people by the beginnings of their names, accents left out, page after page', async () => {
    for (const givenNames of ['Ærø', 'Zoé', 'Øyvind', 'Zoe Åse'])
      await register(app, south.jobConsultant, { givenNames, familyName: 'Sørensen' });
    const names = async (q: string) =>
      (await app.as(south.jobConsultant).get(`/refugees?q=${encodeURIComponent(q)}`)).body.items.map(
        (one: { givenNames: string }) => one.givenNames,
      );
    expect(await names('zoe sor')).toEqual(['Zoé', 'Zoe Åse']);
    expect(await names('soren oyv')).toEqual(['Øyvind']);
    expect(await names('aer')).toEqual(['Ærø']);
    const first = (await app.as(south.jobConsultant).get('/refugees?q=sor&limit=3')).body;
    const second = (
      await app.as(south.jobConsultant).get(`/refugees?q=sor&limit=3&cursor=${first.nextCursor}`)
    ).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
    expect(
      (await app.as(south.jobConsultant).get(`/refugees?limit=3&cursor=${first.nextCursor}`)).status,
    ).toBe(400);
  });

  it('gives a role from a day on, and not back in time', async () => {
    const { id } = await register(app, north.jobConsultant);
    const past = await app
      .as(north.leader)
      .put(`/refugees/${id}/team/caseworker`, { staffId: north.caseworker.id, fromOn: '2020-01-01' });
    expect(past).toMatchObject({ status: 422, body: { code: 'refugees.role_of_the_past' } });
    const stranger = await app
      .as(north.leader)
      .put(`/refugees/${id}/team/caseworker`, { staffId: north.coordinator.id });
    expect(stranger).toMatchObject({ status: 422, body: { code: 'refugees.not_in_that_role' } });
  });

  it('lets only one of two changes of the same version through', async () => {
    const { id } = await register(app, north.jobConsultant);
    const change = (givenNames: string) =>
      app.as(north.jobConsultant).patch(`/refugees/${id}`, { givenNames }, { 'if-match': '"1"' });
    const replies = await Promise.all([change('Selam A'), change('Selam B'), change('Selam C')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});
