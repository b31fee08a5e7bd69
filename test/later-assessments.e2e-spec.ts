import { valuesOf } from './factories/answers.js';
import { Office } from './factories/office.js';
import { anAssessment } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';

const [FIRST, SECOND, LATER] = ['2026-11-23', '2026-11-30', '2026-12-07'];

describe('of a person who told twice', () => {
  let app: TestApp;
  let office: Office;
  let id: string;

  beforeAll(async () => {
    app = await startApp();
    office = await Office.open(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.moveClock(`${FIRST}T09:00:00Z`);
    ({ id } = await office.person());
  });

  const consultant = () => office.as('job_consultant');
  const begin = async () => (await consultant().post(`/refugees/${id}/assessments`, {})).body;
  const amend = async (assessment: string) =>
    (await consultant().post(`/assessments/${assessment}/amendments`, { reason: 'misheard' })).body;
  const sign = async (draft: { id: string; version: number }, answers: object): Promise<string> => {
    const version = { 'if-match': `"${draft.version}"` };
    const saved = await consultant().patch(`/assessments/${draft.id}`, { answers }, version);
    const signed = await consultant().post(`/assessments/${draft.id}/signatures`);
    expect([saved.status, signed.status]).toEqual([200, 201]);
    return draft.id;
  };
  const toldTwice = async (before: object, after: object): Promise<[first: string, second: string]> => {
    const first = await sign(await begin(), { ...anAssessment().answers, ...before });
    await app.moveClock(`${SECOND}T09:00:00Z`);
    return [first, await sign(await begin(), after)];
  };
  const profile = async () => (await consultant().get(`/refugees/${id}/competence-profile`)).body;
  const known = async (field: string) =>
    (await office.as('coordinator').get(`/refugees/${id}/completeness`)).body.items.find(
      (item: { field: string }) => item.field === field,
    );

  it.each([1, 2])(
    'the newer talk stays the newest when the older one is amended, times %i',
    async (times) => {
      const [first, second] = await toldTwice({ hours_per_week: 37 }, { hours_per_week: 20 });
      await app.moveClock(`${LATER}T09:00:00Z`);
      let amended = first;
      for (let hours = 1; hours <= times; hours++)
        amended = await sign(await amend(amended), { hours_per_week: hours });
      expect((await profile()).availability).toMatchObject({ hoursPerWeek: 20, assessmentId: second });
      expect(await known('hours_per_week')).toMatchObject({ on: SECOND, assessmentId: second });
      expect((await begin()).answers.hours_per_week).toMatchObject({
        value: 20,
        source: 'earlier',
        sourceOn: SECOND,
      });
    },
  );

  it('an operator’s form waits while the older talk is amended', async () => {
    const [first] = await toldTwice({ hours_per_week: 37 }, { hours_per_week: 20 });
    const amendment = await amend(first);
    const send = () =>
      office.as('job_consultant').post(`/refugees/${id}/operator-forms?datedOn=2026-11-20`, { drives: 'ja' });
    expect(await send()).toMatchObject({
      status: 409,
      body: { code: 'competences.amending_older', draft: `/api/v1/assessments/${amendment.id}` },
    });
    await sign(amendment, {});
    const { status, body } = await send();
    expect({ status, body }).toMatchObject({ status: 201, body: { filled: ['drives'] } });
    expect(body.assessmentId).not.toBe(amendment.id);
  });

  it('the newer talk is told as its amendment has it', async () => {
    const [, second] = await toldTwice({ hours_per_week: 37 }, { hours_per_week: 20 });
    await app.moveClock(`${LATER}T09:00:00Z`);
    const amendment = await sign(await amend(second), { hours_per_week: 10 });
    expect((await profile()).availability).toMatchObject({ hoursPerWeek: 10, assessmentId: amendment });
    expect(await known('hours_per_week')).toMatchObject({ on: LATER, assessmentId: amendment });
    expect(valuesOf(await begin())).toMatchObject({ hours_per_week: 10 });
  });

  it('each meaning is told whole by the latest that knows it, and what was corrected counts once', async () => {
    const [job, other] = [
      { danish: 'Elektriker', coded: { scheme: 'isco08', code: '7411', sure: 'likely' }, years: 4 },
      { danish: 'Bagte brød', years: 2 },
    ];
    const [first, second] = await toldTwice(
      {
        work: [job, other],
        languages: [
          { language: 'tir', motherTongue: true, spoken: 'C2' },
          { language: 'eng', motherTongue: false, spoken: 'B2' },
        ],
        licences: [{ kind: 'driving', category: 'B' }],
      },
      {
        work: [{ ...job, years: 5, lastYear: 2024 }, other],
        languages: [{ language: 'eng', motherTongue: false, spoken: 'A2' }],
        licences: { unknown: true },
        skills: null,
      },
    );
    const { occupations, languages, licences, skills } = await profile();
    expect(occupations).toMatchObject([
      { occupation: '7411', years: 5, lastYear: 2024, assessmentId: second },
      { occupation: null, danish: 'Bagte brød', years: 2, assessmentId: second },
    ]);
    expect(languages).toMatchObject([{ language: 'eng', spoken: 'A2', assessmentId: second }]);
    expect(licences).toMatchObject([{ category: 'B', assessmentId: first }]);
    expect(skills).toEqual([]);
  });

  describe('what was taken back', () => {
    const takenBack = { wishes: null, wished_occupations: null, hours_per_week: null };
    const NOTHING = { state: 'not_asked', assessmentId: null };
    const untold = async () => {
      const { wishes, availability } = await profile();
      expect(wishes).toBeNull();
      expect(availability).toMatchObject({ hoursPerWeek: null, weekdays: ['mon', 'tue'] });
      for (const field of ['wishes', 'hours_per_week']) expect(await known(field)).toMatchObject(NOTHING);
    };

    it('is told no more, and the next talk starts without it', async () => {
      const [first, second] = await toldTwice({}, takenBack);
      await untold();
      const compared = await consultant().get(`/assessments/${first}/comparisons/${second}`);
      expect(
        compared.body.differences.map(({ meaning, change }: Record<string, string>) => [meaning, change]),
      ).toEqual(expect.arrayContaining(Object.keys(takenBack).map((meaning) => [meaning, 'taken_back'])));
      await app.moveClock(`${LATER}T09:00:00Z`);
      const third = await begin();
      for (const field of Object.keys(takenBack)) expect(third.answers[field]).toBeUndefined();
      await untold();
      await sign(third, { drives: true });
      await untold();
    });

    it('stays so in an amendment, which may tell it again', async () => {
      const [, second] = await toldTwice({}, takenBack);
      const amendment = await amend(second);
      expect(amendment.answers.wishes).toBeUndefined();
      await untold();
      await sign(amendment, { drives: true });
      await untold();
      await sign(await amend(amendment.id), { wishes: { danish: 'Kok' }, hours_per_week: 10 });
      expect(await profile()).toMatchObject({
        wishes: { told: { danish: 'Kok' }, occupations: [] },
        availability: { hoursPerWeek: 10 },
      });
    });

    it('in a draft is known no more, and told until that is signed', async () => {
      const first = await sign(await begin(), anAssessment().answers);
      const draft = await begin();
      const version = { 'if-match': `"${draft.version}"` };
      const saved = await consultant().patch(
        `/assessments/${draft.id}`,
        { answers: { hours_per_week: null } },
        version,
      );
      expect(saved.status).toBe(200);
      expect(await known('hours_per_week')).toMatchObject(NOTHING);
      expect((await profile()).availability).toMatchObject({ hoursPerWeek: 37, assessmentId: first });
    });

    it('and must be answered, keeps from signing', async () => {
      await sign(await begin(), anAssessment().answers);
      const draft = await begin();
      const version = { 'if-match': `"${draft.version}"` };
      await consultant().patch(`/assessments/${draft.id}`, { answers: { work: null } }, version);
      expect(await consultant().post(`/assessments/${draft.id}/signatures`)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'answers.work', rule: 'answered' }] },
      });
    });
  });
});
