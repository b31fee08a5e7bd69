import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

describe('Danish education', () => {
  let app: TestApp;
  let office: Office;
  let elsewhere: Office;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock('2026-11-23T09:00:00Z');
    office = await Office.open(app);
    elsewhere = await Office.open(app);
  });
  afterAll(() => app.close());

  const own = () => office.as('caseworker');
  const newPerson = async () => (await office.person()).id;
  const attend = (person: string, body: object) => own().post(`/refugees/${person}/danish-courses`, body);
  const change = (id: string, body: object, version = 1) =>
    own().patch(`/danish-courses/${id}`, body, { 'if-match': `"${version}"` });
  const take = (person: string, body: object) => own().post(`/refugees/${person}/danish-exams`, body);
  const read = async (person: string) => (await own().get(`/refugees/${person}/danish-education`)).body;
  const factsOf = (person: string) =>
    app.database.asOwner<{ fact: string; details: object }>(
      `select fact, details from timeline where subject_type in ('danish_course', 'danish_exam') and $1 = any(case_ids) order by id`,
      [person],
    );
  const course = {
    education: 'du2',
    module: 2,
    fromOn: '2026-06-01',
    toOn: '2026-08-31',
    classHoursPerWeek: 15,
  };
  const exam = { exam: 'pd2', takenOn: '2026-11-20', passed: false };

  it('goes through modules to an exam', async () => {
    const person = await newPerson();
    const nothing = { courses: [], exams: [], currentCourse: null, passedModules: [], passedExams: [] };
    expect(await read(person)).toEqual({ refugeeId: person, ...nothing });
    const second = await attend(person, course);
    expect(second).toMatchObject({ status: 201, body: { ...course, version: 1, outcome: null } });
    expect(second.headers.get('etag')).toBe('"1"');
    const third = await attend(person, { ...course, module: 3, fromOn: '2026-09-01', toOn: null });
    const completed = { outcome: 'completed' };
    expect(await own().patch(`/danish-courses/${second.body.id}`, completed)).toMatchObject({ status: 428 });
    expect(await change(second.body.id, completed)).toMatchObject({
      status: 200,
      body: { version: 2, outcome: 'completed' },
    });
    expect(await change(second.body.id, completed)).toMatchObject({ status: 412 });
    expect(await change(second.body.id, completed, 2)).toMatchObject({ status: 200, body: { version: 2 } });
    for (const [one, status] of [
      [exam, 201],
      [exam, 409],
      [{ ...exam, exam: 'pd1', passed: true }, 201],
      [{ ...exam, takenOn: '2026-11-23', passed: true }, 201],
    ] as const)
      expect(await take(person, one)).toMatchObject({ status });

    const { courses, exams, ...standing } = await read(person);
    expect(
      courses.map(({ module, outcome }: typeof course & { outcome: string }) => [module, outcome]),
    ).toEqual([
      [2, 'completed'],
      [3, null],
    ]);
    expect(exams).toMatchObject([
      { exam: 'pd2', passed: false },
      { exam: 'pd1', passed: true },
      { exam: 'pd2', passed: true },
    ]);
    expect(standing).toMatchObject({
      refugeeId: person,
      currentCourse: third.body,
      passedModules: [{ education: 'du2', module: 2 }],
      passedExams: ['pd1', 'pd2'],
    });
    const { classHoursPerWeek: _, ...said } = course;
    expect((await factsOf(person)).slice(0, 4)).toEqual([
      { fact: 'danish_course.recorded', details: { ...said, outcome: null } },
      {
        fact: 'danish_course.recorded',
        details: { ...said, module: 3, fromOn: '2026-09-01', toOn: null, outcome: null },
      },
      {
        fact: 'danish_course.changed',
        details: { fields: ['outcome'], toOn: '2026-08-31', outcome: 'completed' },
      },
      { fact: 'danish_exam.recorded', details: exam },
    ]);
  });

  describe('courses', () => {
    it('are attended one at a time: a day in common is too much', async () => {
      const person = await newPerson();
      const { id } = (await attend(person, course)).body;
      const refused = { status: 409, body: { code: 'danish.course_overlaps' } };
      expect(await attend(person, { ...course, fromOn: '2026-08-31', toOn: null })).toMatchObject(refused);
      const next = await attend(person, { ...course, fromOn: '2026-09-01', toOn: null });
      expect(next.status).toBe(201);
      expect(await change(id, { toOn: null })).toMatchObject(refused);
      expect(await change(next.body.id, { fromOn: '2026-08-31' })).toMatchObject(refused);
    });

    it('are one of twenty that come at once', async () => {
      const person = await newPerson();
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, i) => attend(person, { ...course, fromOn: `2026-06-${10 + i}` })),
      );
      expect(replies.map(({ status }) => status).sort()).toEqual([
        201,
        ...Array.from({ length: 19 }, () => 409),
      ]);
    });

    it.each([
      ['backwards', { toOn: '2026-05-31' }, 'toOn', 'not_before'],
      ['completed without a last day', { toOn: null, outcome: 'completed' }, 'toOn', 'needed_for'],
      ['stopped tomorrow', { toOn: '2026-11-24', outcome: 'stopped' }, 'toOn', 'not_in_future'],
    ])('are refused %s', async (_, over, field, rule) => {
      const person = await newPerson();
      const refused = {
        status: 422,
        body: { code: 'danish.course_not_right', errors: [{ field, rule }] },
      };
      expect(await attend(person, { ...course, ...over })).toMatchObject(refused);
      const { id } = (await attend(person, course)).body;
      expect(await change(id, over)).toMatchObject(refused);
    });

    it.each([
      ['education', { education: 'du4' }],
      ['module', { module: 7 }],
      ['classHoursPerWeek', { classHoursPerWeek: null }],
      ['outcome', { outcome: 'won' }],
    ])('are 400 by %s', async (field, over) => {
      expect(await attend(await newPerson(), { ...course, ...over })).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      });
    });
  });

  it('takes no exam of tomorrow, and none that is not given', async () => {
    const person = await newPerson();
    expect(await take(person, { ...exam, takenOn: '2026-11-24' })).toMatchObject({
      status: 422,
      body: { code: 'danish.exam_not_taken_yet', today: '2026-11-23' },
    });
    expect(await take(person, { ...exam, exam: 'pd4' })).toMatchObject({ status: 400 });
  });

  it('is closed to the other unit, to a grant, and to who does not work on the programme', async () => {
    const person = await newPerson();
    const { id } = (await attend(person, course)).body;
    const tries = (who: ReturnType<Office['as']>, headers: Record<string, string> = {}) =>
      Promise.all([
        who.post(`/refugees/${person}/danish-courses`, course, headers),
        who.patch(`/danish-courses/${id}`, { module: 4 }, { ...headers, 'if-match': '"1"' }),
        who.post(`/refugees/${person}/danish-exams`, exam, headers),
        who.get(`/refugees/${person}/danish-education`, headers),
      ]);
    const statuses = async (replies: ReturnType<typeof tries>) => (await replies).map(({ status }) => status);
    for (const role of ['caseworker', 'team_leader'] as const)
      expect(await statuses(tries(elsewhere.as(role)))).toEqual([404, 404, 404, 404]);
    await office.grant(person, elsewhere.account('caseworker').id);
    expect(await statuses(tries(elsewhere.as('caseworker'), { purpose: 'cover' }))).toEqual([
      403, 403, 403, 200,
    ]);
    expect(await statuses(tries(office.as('job_consultant')))).toEqual([403, 403, 403, 200]);
  });
});
