import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { anAssessment } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Tablet } from './support/tablet.js';

jest.setTimeout(120_000);

describe('visit packs', () => {
  let app: TestApp;
  let unit: TestUnit;
  let centre: string;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    await app.moveClock('2027-01-11T07:00:00Z');
    centre = (await app.as(unit.jobConsultant).get('/asylum-centres?limit=1')).body.items[0].id;
  });
  afterAll(() => app.close());

  const consultant = () => app.as(unit.jobConsultant);
  async function plan(consultantIds: string[] = []): Promise<string> {
    const visit = { centreId: centre, onDay: '2027-01-11', consultantIds };
    return (await consultant().post('/visits', visit)).body.id;
  }
  async function person(visitId: string, by: TestAccount = unit.jobConsultant) {
    const { id: refugeeId } = await register(app, by);
    const { id } = (await app.as(by).post(`/visits/${visitId}/participants`, { refugeeId })).body;
    return { id: id as string, refugeeId };
  }
  async function tablet(visitId: string, account: TestAccount = unit.jobConsultant): Promise<Tablet> {
    const one = new Tablet(app.as(account), visitId);
    const reply = await one.fetch();
    if (reply.status !== 200)
      throw new Error(`the pack answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return one;
  }
  const outcomes = (body: { results: { outcome: string; reason?: string }[] }) =>
    body.results.map(({ outcome, reason }) => (reason ? `${outcome} ${reason}` : outcome));
  const answersOf = async (assessmentId: string) =>
    (await app.as(unit.leader).get(`/assessments/${assessmentId}`)).body.answers;

  it('goes out, comes back whole, and the visit closes', async () => {
    const visitId = await plan();
    const selam = await person(visitId);
    const amina = await person(visitId);
    const out = await tablet(visitId);
    expect(out.pack).toMatchObject({
      visitId,
      issuedAt: expect.stringMatching(/^2027-01-11T07:/),
      forms: [{ version: 1 }],
    });
    expect(out.pack.participants).toHaveLength(2);
    expect(out.participant(selam.refugeeId)).toEqual({
      id: selam.id,
      formVersion: 1,
      refugee: {
        id: selam.refugeeId,
        givenNames: 'Selam',
        familyName: 'Tesfay',
        birthYear: 1990,
        motherTongue: 'tir',
        languages: [],
        interpreterNeeded: expect.any(Boolean),
        interpreterLanguage: null,
      },
      values: { outcome: null, assessmentId: null },
      revisions: { outcome: 0, assessmentId: 0 },
    });

    const assessment = randomUUID();
    out.says(selam.id, 'outcome', 'met');
    out.says(selam.id, 'assessmentId', assessment);
    out.says(amina.id, 'outcome', 'moved');
    for (const [field, value] of Object.entries(anAssessment().answers))
      out.answers(assessment, field, value);
    const first = await out.send();
    expect(first.status).toBe(200);
    expect(outcomes(first.body)).toEqual(out.log.map(() => 'applied'));
    expect(first.body.manifest).toEqual({ expected: out.log.length, received: out.log.length });
    const answers = await answersOf(assessment);
    expect(Object.keys(answers).sort()).toEqual(Object.keys(anAssessment().answers).sort());
    expect(answers.languages).toMatchObject({ revision: 1, source: 'talk' });

    const again = await out.send();
    expect(outcomes(again.body)).toEqual(out.log.map(() => 'duplicate'));
    expect(again.body.manifest).toEqual(first.body.manifest);
    expect(await answersOf(assessment)).toEqual(answers);
    const manifest = (await consultant().get(`/visits/${visitId}/manifest`)).body;
    expect(manifest).toMatchObject({
      ...first.body.manifest,
      devices: [{ deviceId: out.deviceId, last: out.log.length, received: out.log.length, missing: [] }],
      packs: [{ id: out.pack.packId, state: 'returned' }],
    });
    const read = await consultant().get(`/visits/${visitId}`);
    expect(read.body.participants).toMatchObject([
      { outcome: expect.any(String) },
      { outcome: expect.any(String) },
    ]);
    expect((await consultant().post(`/visits/${visitId}/closings`)).status).toBe(201);
    expect(await out.send()).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
  });
});
