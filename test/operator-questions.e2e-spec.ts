import { Office } from './factories/office.js';
import { DATED, TODAY } from './factories/operator-sheets.js';
import { startApp, type TestApp } from './support/app.js';

describe('a question of an asylum operator’s form', () => {
  let app: TestApp;
  let office: Office;
  let other: Office;
  let id: string;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock(`${TODAY}T09:00:00Z`);
    [office, other] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ id } = await office.person());
  });

  const consultant = () => office.as('job_consultant');
  const draft = async (answers: object) =>
    (await consultant().post(`/refugees/${id}/assessments`, { answers })).body;
  const send = async (answers: object): Promise<string> =>
    (await consultant().post(`/refugees/${id}/operator-forms?datedOn=${DATED}`, answers)).body.id;
  /** Writes into the draft what is given, over whatever stands. */
  const patch = async (assessmentId: string, answers: object) => {
    const { version } = (await consultant().get(`/assessments/${assessmentId}`)).body;
    const reply = await consultant().patch(
      `/assessments/${assessmentId}`,
      { answers },
      { 'if-match': `"${version}"` },
    );
    expect(reply.status).toBe(200);
  };
  const sign = async (assessmentId: string) => {
    await patch(assessmentId, {
      languages: { unknown: true },
      schooling: { unknown: true },
      work: { unknown: true },
    });
    expect((await consultant().post(`/assessments/${assessmentId}/signatures`)).status).toBe(201);
  };
  const amend = async (assessmentId: string): Promise<string> => {
    const reply = await consultant().post(`/assessments/${assessmentId}/amendments`, { reason: 'Misheard' });
    expect(reply.status).toBe(201);
    return reply.body.id;
  };
  const answersOf = async (assessmentId: string) =>
    (await consultant().get(`/assessments/${assessmentId}`)).body.answers;
  const questionsOf = async (form: string) =>
    (await consultant().get(`/operator-forms/${form}`)).body.questions;
  const settle = (form: string, field: string, take: boolean, revision: number, language = 'da') =>
    consultant().post(
      `/operator-forms/${form}/settlements`,
      { field, take, revision },
      { 'accept-language': language },
    );
  const followUps = async () =>
    (await office.as('team_leader').get(`/refugees/${id}/follow-ups?limit=100`)).body.items.filter(
      ({ key }: { key: string }) => key === 'handover.settle_answers',
    );

  const asked = async () => {
    const { id: assessmentId } = await draft({ school_years: 9, hours_per_week: 37 });
    return { assessmentId, form: await send({ school_years: 8, hours_per_week: 30 }) };
  };
  const OVER = { code: 'operator_forms.agreed' };

  it('is settled once: taken with its provenance, or left', async () => {
    const { assessmentId, form } = await asked();
    expect(await settle(form, 'nights', true, 0)).toMatchObject({
      status: 404,
      body: { code: 'operator_forms.no_such_question' },
    });
    const both = await Promise.all([
      settle(form, 'school_years', true, 1),
      settle(form, 'school_years', true, 1),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('operator_forms.settled');
    const { body } = await settle(form, 'hours_per_week', false, 1);
    const by = { id: office.account('job_consultant').id, name: expect.any(String) };
    expect(body.questions).toEqual([
      {
        id: expect.any(String),
        field: 'school_years',
        label: expect.any(Object),
        state: 'settled',
        standing: 9,
        revision: null,
        offered: 8,
        settled: { taken: true, by, at: expect.any(String) },
      },
      expect.objectContaining({
        state: 'settled',
        standing: 37,
        settled: { taken: false, by, at: expect.any(String) },
      }),
    ]);
    expect(await answersOf(assessmentId)).toMatchObject({
      school_years: { value: 8, source: 'operator', sourceOn: DATED, revision: 2 },
      hours_per_week: { value: 37, source: 'talk', revision: 1 },
    });
    expect(await followUps()).toMatchObject([{ state: 'done' }]);
  });

  it('shows what stands now, and is settled only by whoever has read that', async () => {
    const { id: assessmentId } = await draft({ school_years: 7 });
    const form = await send({ school_years: 9 });
    expect(await questionsOf(form)).toMatchObject([{ state: 'open', standing: 7, revision: 1, offered: 9 }]);
    await patch(assessmentId, { school_years: 12 });
    for (const take of [true, false])
      expect(await settle(form, 'school_years', take, 1)).toMatchObject({
        status: 409,
        body: {
          code: 'operator_forms.moved_on',
          title: expect.stringContaining('er ændret, siden du læste'),
          revision: 2,
        },
      });
    expect((await settle(form, 'school_years', true, 1, 'en')).body.title).toContain('has changed since');
    expect(await answersOf(assessmentId)).toMatchObject({ school_years: { value: 12, revision: 2 } });
    expect(await questionsOf(form)).toMatchObject([{ state: 'open', standing: 12, revision: 2 }]);

    expect((await settle(form, 'school_years', true, 2)).status).toBe(201);
    await patch(assessmentId, { school_years: 5 });
    // what was overwritten is kept, whatever is written afterwards
    expect(await questionsOf(form)).toMatchObject([
      { state: 'settled', standing: 12, revision: null, offered: 9, settled: { taken: true } },
    ]);
  });

  it('never takes what was written at the same time', async () => {
    for (let i = 0; i < 5; i++) {
      ({ id } = await office.person());
      const { id: assessmentId, version } = await draft({ school_years: 7 });
      const form = await send({ school_years: 9 });
      const [written, settled] = await Promise.all([
        consultant().patch(
          `/assessments/${assessmentId}`,
          { answers: { school_years: 12 } },
          { 'if-match': `"${version}"` },
        ),
        settle(form, 'school_years', true, 1),
      ]);
      // whoever comes second has not read what stands
      expect([written.status, settled.status]).toEqual(written.status === 200 ? [200, 409] : [412, 201]);
    }
  });

  it('about what was taken back by now shows that nothing stands, and keeps that', async () => {
    const { assessmentId, form } = await asked();
    await patch(assessmentId, { school_years: null });
    const [question] = await questionsOf(form);
    expect(question).toMatchObject({ state: 'open', standing: null, revision: 2, offered: 8 });
    const { status, body } = await settle(form, 'school_years', true, 2);
    expect({ status, question: body.questions[0] }).toMatchObject({
      status: 201,
      question: { state: 'settled', standing: null },
    });
    expect(await answersOf(assessmentId)).toMatchObject({ school_years: { value: 8 } });
  });

  it('is over when the draft says by now what the operator says, and open again when it no longer does', async () => {
    const [lifts, welds] = [{ danish: 'Kører truck' }, { danish: 'Svejser' }];
    const { id: assessmentId } = await draft({ school_years: 9, skills: [lifts] });
    const form = await send({ school_years: 8, skills: [lifts, welds] });
    const states = async () => (await questionsOf(form)).map(({ state }: { state: string }) => state);
    expect(await followUps()).toMatchObject([{ state: 'open' }]);

    // the same in another order
    await patch(assessmentId, { school_years: 8, skills: [welds, lifts] });
    expect(await states()).toEqual(['agreed', 'agreed']);
    expect(await questionsOf(form)).toMatchObject([
      { standing: 8, settled: null },
      { standing: [welds, lifts], offered: [lifts, welds], settled: null },
    ]);
    expect(await followUps()).toMatchObject([{ state: 'done' }]);
    for (const [take, revision] of [
      [true, 1],
      [false, 2],
    ] as const)
      expect(await settle(form, 'skills', take, revision)).toMatchObject({ status: 409, body: OVER });

    await patch(assessmentId, { school_years: 10 });
    expect(await states()).toEqual(['open', 'agreed']);
    expect(await followUps()).toContainEqual(expect.objectContaining({ state: 'open' }));
    expect((await settle(form, 'school_years', false, 3)).status).toBe(201);
    expect(await states()).toEqual(['settled', 'agreed']);
    expect((await followUps()).map(({ state }: { state: string }) => state)).not.toContain('open');
  });

  it('cannot be taken into an assessment that is signed by now, only left', async () => {
    const { assessmentId, form } = await asked();
    await sign(assessmentId);
    expect(await settle(form, 'school_years', true, 1)).toMatchObject({
      status: 409,
      body: { code: 'competences.signed', amendAt: `/api/v1/assessments/${assessmentId}/amendments` },
    });
    expect((await settle(form, 'school_years', false, 1)).status).toBe(201);
  });

  it('is taken into the amendment of what is signed, or agreed on there', async () => {
    const { assessmentId, form } = await asked();
    await patch(assessmentId, { school_years: 10 });
    await sign(assessmentId);
    const amendment = await amend(assessmentId);
    await patch(amendment, { school_years: 11, hours_per_week: 30 });
    const [school] = await questionsOf(form);
    // who read the draft has read nothing of the amendment, however often that was written
    expect(await settle(form, 'school_years', true, 2)).toMatchObject({
      status: 409,
      body: { code: 'operator_forms.moved_on', revision: school.revision },
    });
    expect(school.revision).toBeGreaterThan(2);
    expect(await settle(form, 'hours_per_week', true, 1)).toMatchObject({ status: 409, body: OVER });
    expect((await settle(form, 'school_years', true, school.revision)).status).toBe(201);
    expect(await answersOf(amendment)).toMatchObject({ school_years: { value: 8, source: 'operator' } });
    expect(await answersOf(assessmentId)).toMatchObject({ school_years: { value: 10 } });
    expect(await questionsOf(form)).toMatchObject([
      { state: 'settled', standing: 11 },
      { state: 'agreed', standing: 30 },
    ]);
    expect((await followUps()).map(({ state }: { state: string }) => state)).toEqual(['done']);
  });

  it('must say which revision was read', async () => {
    const { form } = await asked();
    for (const revision of [undefined, null, -1, '1', 1.5])
      expect(
        await consultant().post(`/operator-forms/${form}/settlements`, {
          field: 'school_years',
          take: true,
          revision,
        }),
      ).toMatchObject({ status: 400, body: { errors: [{ field: 'revision', rule: 'whole' }] } });
  });

  it('is nobody’s of another unit, and not the receiver’s to settle', async () => {
    const { form } = await asked();
    const body = { field: 'school_years', take: true, revision: 1 };
    expect((await other.as('job_consultant').post(`/operator-forms/${form}/settlements`, body)).status).toBe(
      404,
    );
    expect((await office.as('coordinator').post(`/operator-forms/${form}/settlements`, body)).status).toBe(
      403,
    );
    expect((await office.as('coordinator').get(`/operator-forms/${form}`)).status).toBe(200);
    expect((await other.as('coordinator').get(`/operator-forms/${form}`)).status).toBe(404);
  });
});
