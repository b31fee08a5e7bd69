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
});
