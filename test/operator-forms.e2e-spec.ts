import { Office } from './factories/office.js';
import { csv, DATED, TODAY } from './factories/operator-sheets.js';
import { startApp, type TestApp } from './support/app.js';

/** 38 of the form's fields, as an asylum operator would fill them in. */
const SHEET: Record<string, string> = {
  interpreter: '{"present": true, "language": "tir"}',
  languages: '[{"language": "tir", "motherTongue": true, "spoken": "C2"}]',
  schooling: '[{"danish": "Gymnasiet i Asmara", "level": "3", "country": "ER", "years": 3}]',
  school_years: '9',
  wants_education: 'Vil gerne læse videre; helst om aftenen',
  papers_elsewhere: 'Hos en bror, i "den blå kuffert"',
  work: '[{"danish": "Elektriker", "years": 4, "coded": {"scheme": "isco08", "code": "7411", "sure": "likely"}}]',
  work_years: '6',
  last_worked_year: '2024',
  self_employed: 'nej',
  people_led: '2',
  unpaid_work: 'Passede marken,\nhver sommer',
  work_on_the_way: '?',
  skills: '[{"danish": "Læser ledningsdiagrammer"}]',
  tools_and_machines: 'Boremaskine',
  licences: 'ukendt',
  drives: 'Ja',
  cycles: 'yes',
  phone: 'alone',
  computer: 'med hjælp',
  e_mail: 'Not yet',
  self_service: 'not_yet',
  has_cv: 'false',
  wishes: 'Vil gerne arbejde ude',
  wished_occupations: '[{"scheme": "isco08", "code": "7411"}]',
  unwanted_work: 'Natarbejde',
  own_business: 'true',
  works_outdoors: 'ja',
  works_with_people: 'ja',
  available_from: '01-04-2027',
  hours_per_week: '30',
  weekdays: 'mon|Tuesday|onsdag',
  evenings: 'no',
  nights: 'nej',
  weekends: 'ja',
  travel_minutes: '45',
  childcare: 'Skrevet op',
  interests: '=HYPERLINK("http://example.org")',
};

describe('an asylum operator’s form', () => {
  let app: TestApp;
  let office: Office;
  let id: string;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock(`${TODAY}T09:00:00Z`);
    office = await Office.open(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ id } = await office.person());
  });

  const consultant = () => office.as('job_consultant');
  const path = (query = `datedOn=${DATED}`) => `/refugees/${id}/operator-forms?${query}`;
  const sendCsv = (text: string | Uint8Array, query?: string) =>
    consultant().post(path(query), text, { 'content-type': 'text/csv' });
  const sendJson = (body: object, query?: string) => consultant().post(path(query), body);
  const draft = async (answers: object) =>
    (await consultant().post(`/refugees/${id}/assessments`, { answers })).body;
  const answersOf = async (assessmentId: string) =>
    (await consultant().get(`/assessments/${assessmentId}`)).body.answers;
  const stored = async () =>
    (await app.database.asOwner<{ id: string }>('select id from operator_forms where refugee_id = $1', [id]))
      .length;
  const drafts = async () => (await consultant().get(`/refugees/${id}/assessments`)).body.items.length;
  const followUps = async () =>
    (await office.as('team_leader').get(`/refugees/${id}/follow-ups?limit=100`)).body.items.filter(
      ({ key }: { key: string }) => key === 'handover.settle_answers',
    );

  /** Seven answers that stand: four the operator gives, too, and three it gives otherwise. */
  const STANDING = {
    school_years: 9,
    drives: true,
    weekdays: ['wed', 'mon', 'tue'],
    work: [
      {
        danish: 'Elektriker',
        years: 4,
        coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
      },
    ],
    hours_per_week: 37,
    computer: 'alone',
    wishes: { words: { text: 'ከባቢ', language: 'tir' }, danish: 'Vil helst arbejde inde' },
  };

  it('with 38 fields fills 31 blanks, confirms 4 answers, and asks about 3', async () => {
    expect(Object.keys(SHEET)).toHaveLength(38);
    const { id: assessmentId } = await draft(STANDING);
    const { status, body } = await sendCsv(`\uFEFF${csv(SHEET)}`);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { refugeeId: id, datedOn: DATED, formVersion: 1, assessmentId },
    });
    expect(body.filled).toHaveLength(31);
    expect(body.confirmed).toEqual(['school_years', 'work', 'drives', 'weekdays']);
    expect(body.questions).toEqual([
      {
        id: expect.any(String),
        field: 'computer',
        label: { da: 'Bruger en computer', en: 'Uses a computer' },
        state: 'open',
        standing: 'alone',
        revision: 1,
        offered: 'with_help',
        settled: null,
      },
      expect.objectContaining({
        field: 'wishes',
        standing: expect.objectContaining({ danish: 'Vil helst arbejde inde' }),
        offered: { words: null, danish: 'Vil gerne arbejde ude' },
      }),
      expect.objectContaining({ field: 'hours_per_week', standing: 37, offered: 30 }),
    ]);

    const answers = await answersOf(assessmentId);
    expect(Object.keys(answers)).toHaveLength(38);
    const fromOperator = Object.entries<{ source: string; sourceOn: string }>(answers).filter(
      ([, { source, sourceOn }]) => source === 'operator' && sourceOn === DATED,
    );
    expect(fromOperator.map(([field]) => field).toSorted()).toEqual(body.filled.toSorted());
    expect(answers).toMatchObject({
      hours_per_week: { value: 37, source: 'talk', revision: 1 },
      school_years: { value: 9, source: 'talk', revision: 1 },
      work_on_the_way: { value: { unknown: true } },
      papers_elsewhere: { value: { danish: 'Hos en bror, i "den blå kuffert"' } },
      unpaid_work: { value: { danish: 'Passede marken,\nhver sommer' } },
      self_employed: { value: false },
      cycles: { value: true },
      e_mail: { value: 'not_yet' },
      available_from: { value: '2027-04-01' },
      childcare: { value: 'waiting' },
      interests: { value: { danish: '=HYPERLINK("http://example.org")' } },
    });

    const { body: handover } = await office.as('coordinator').get(`/refugees/${id}/completeness`);
    expect(handover).toMatchObject({
      completeness: { answered: 15, required: 15, percent: 100 },
      missing: [],
    });
    expect(handover.items).toContainEqual(
      expect.objectContaining({
        field: 'licences',
        state: 'asked_unknown',
        source: 'operator',
        on: DATED,
        assessmentId,
      }),
    );
    expect(await followUps()).toMatchObject([
      {
        state: 'open',
        ownerId: office.account('job_consultant').id,
        earliestOn: TODAY,
        latestOn: '2027-03-22',
        act: { href: `/api/v1/operator-forms/${body.id}/settlements` },
      },
    ]);
  });

  it('that comes again changes nothing and is answered the same, also when ten come at once', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => sendCsv(csv(SHEET))));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await drafts()).toBe(1);
    expect(await stored()).toBe(1);
    const before = await app.database.contents();
    expect((await sendCsv(csv(SHEET))).body).toEqual(replies[0].body);
    const after = await app.database.contents();
    expect(
      Object.keys(after).filter((table) => JSON.stringify(after[table]) !== JSON.stringify(before[table])),
    ).toEqual(['read_log']);
  });

  it('of another day is another form, which changes nothing that stands', async () => {
    const { body: first } = await sendJson({ nights: true, weekends: false });
    const { body: older } = await sendJson({ nights: true, weekends: false }, 'datedOn=2027-03-11');
    expect(older).toMatchObject({ datedOn: '2027-03-11', filled: [], confirmed: ['nights', 'weekends'] });
    const said = { weekends: false, nights: true };
    for (const { datedOn, formVersion, id: form } of [first, older])
      for (const query of [`datedOn=${datedOn}`, `datedOn=${datedOn}&formVersion=${formVersion}`])
        expect(await sendJson(said, query)).toMatchObject({ status: 201, body: { id: form, datedOn } });
    expect(await stored()).toBe(2);
    expect((await answersOf(first.assessmentId)).nights).toMatchObject({ sourceOn: DATED, revision: 1 });
  });

  it('begins a draft with what was signed earlier, which counts as standing', async () => {
    await office.signedAssessment(id);
    const { body } = await sendJson({ hours_per_week: 37, school_years: 8, available_from: '2027-05-01' });
    expect(body).toMatchObject({
      filled: ['school_years'],
      confirmed: ['hours_per_week'],
      questions: [{ field: 'available_from', standing: '2027-02-01', offered: '2027-05-01' }],
    });
    expect(await answersOf(body.assessmentId)).toMatchObject({
      hours_per_week: { source: 'earlier' },
      available_from: { value: '2027-02-01', source: 'earlier' },
      school_years: { value: 8, source: 'operator', sourceOn: DATED },
    });
  });

  it('that knows less than stands says nothing, and one that knows more is asked about', async () => {
    await draft({ school_years: 9, work_years: { unknown: true } });
    const { body } = await sendJson({ school_years: '?', work_years: '6' });
    expect(body).toMatchObject({
      filled: [],
      confirmed: [],
      questions: [{ field: 'work_years', standing: { unknown: true }, offered: 6 }],
    });
  });

  it('of an older version is taken over to the form of the draft', async () => {
    const next = await office.nextForm();
    const renamed = next.fields.map((field) => {
      const { name, options } = field as { name: string; options: { value: string }[] };
      if (name === 'drives') return { ...field, name: 'drives_a_car', replaces: { field: 'drives' } };
      if (name !== 'childcare') return field;
      return {
        ...field,
        options: options.map((one) => (one.value === 'waiting' ? { ...one, value: 'on_list' } : one)),
        replaces: { field: 'childcare', options: { waiting: 'on_list' } },
      };
    });
    const old = await draft({ nights: true });
    const { body: earlier } = await sendJson({ cycles: true });
    const published = await office.as('administrator').post('/form-versions', { ...next, fields: renamed });
    expect(published.status).toBe(201);
    const version = published.body.version as number;

    // sent again as it was, it is known, though another form has come into use
    expect(await sendJson({ cycles: true })).toMatchObject({ status: 201, body: { id: earlier.id } });
    // the draft that is open answers the old form
    expect(await sendJson({ drives_a_car: 'ja' })).toMatchObject({
      status: 409,
      body: { code: 'operator_forms.draft_of_older_form', draft: `/api/v1/assessments/${old.id}` },
    });
    ({ id } = await office.person());
    const { body } = await sendJson(
      { drives: 'ja', childcare: 'waiting' },
      `datedOn=${DATED}&formVersion=${version - 1}`,
    );
    expect(body).toMatchObject({ formVersion: version - 1, filled: ['drives_a_car', 'childcare'] });
    expect(await answersOf(body.assessmentId)).toMatchObject({
      drives_a_car: { value: true },
      childcare: { value: 'on_list' },
    });
    expect(await sendJson({ nights: true }, `datedOn=${DATED}&formVersion=${version + 1}`)).toMatchObject({
      status: 404,
      body: { code: 'competences.no_such_form' },
    });
  });

  it('is told to the timeline by ids, days and numbers', async () => {
    const { body } = await sendCsv(csv(SHEET), `datedOn=${DATED}&formVersion=1`);
    const facts = await app.database.asOwner<{ fact: string; details: object }>(
      `select fact, details from timeline where case_ids @> array[$1::uuid] and fact like 'operator%'`,
      [id],
    );
    expect(facts).toEqual([
      {
        fact: 'operator_form.received',
        details: {
          datedOn: DATED,
          formVersion: body.formVersion,
          assessmentId: body.assessmentId,
          filled: body.filled.length,
          confirmed: 0,
          differs: 0,
        },
      },
    ]);
  });
});
