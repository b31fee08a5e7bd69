import { Office } from './factories/office.js';
import { anAssessment } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';

interface Field {
  name: string;
  [property: string]: unknown;
}

describe('forms', () => {
  let app: TestApp;
  let office: Office;

  beforeEach(async () => {
    app = await startApp();
    office = await Office.open(app);
  });
  afterEach(() => app.close());

  const publish = (form: { follows: number; fields: object[] }) =>
    office.as('administrator').post('/form-versions', form);
  const next = async (change: (fields: Field[]) => Field[]) => {
    const { follows, fields } = await office.nextForm();
    return { follows, fields: change(fields as Field[]) };
  };
  const label = { da: 'x', en: 'x' };
  const renamed = (name: string, to: string, options?: Record<string, string>) => (field: Field) =>
    field.name === name ? { ...field, name: to, replaces: { field: name, options } } : field;

  it('come with one that asks some forty questions, the same for every reader', async () => {
    const { body } = await office.as('analyst').get('/form-versions');
    expect(body).toMatchObject({ items: [{ version: 1, publishedBy: null }], nextCursor: null });
    expect(body.items[0].fields.length).toBeGreaterThan(37);
    expect(await office.as('caseworker').get('/form-versions/1')).toMatchObject({
      status: 200,
      body: body.items[0],
    });
    expect(await office.as('caseworker').get('/form-versions/2')).toMatchObject({
      status: 404,
      body: { code: 'competences.no_such_form' },
    });
    expect((await office.as('caseworker').get('/form-versions/0')).status).toBe(400);
  });

  it('are published by an administrator, each after the one before', async () => {
    const form = await next((fields) => [...fields, { name: 'sings', kind: 'yes_no', label }]);
    const made = await publish(form);
    expect(made).toMatchObject({
      status: 201,
      body: { version: 2, publishedBy: { id: office.account('administrator').id } },
    });
    expect(made.body.fields.at(-1)).toEqual({
      name: 'sings',
      meaning: 'sings',
      kind: 'yes_no',
      label,
      requiredFor: null,
      bounds: null,
      options: null,
      replaces: null,
    });
    expect(await publish(form)).toMatchObject({
      status: 409,
      body: { code: 'competences.form_moved_on', current: 2 },
    });
    expect((await office.as('team_leader').post('/form-versions', form)).status).toBe(403);
  });

  it('one of many who publish at once is the next', async () => {
    const form = await next((fields) => fields);
    const replies = await Promise.all(Array.from({ length: 8 }, () => publish(form)));
    expect(replies.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it('that would drop an answer are refused, with every answer that would be lost', async () => {
    const form = await next((fields) =>
      fields
        .filter(({ name }) => name !== 'drives')
        .map((field) => (field.name === 'work' ? { ...field, kind: 'text' } : field)),
    );
    const reply = await publish(form);
    expect(reply).toMatchObject({ status: 422, body: { code: 'competences.form_refused' } });
    expect(reply.body.errors.map(({ field, rule }: Record<string, string>) => `${field} ${rule}`)).toEqual([
      'fields[6].kind kind_kept',
      'fields answer_kept',
    ]);
    expect((await office.as('analyst').get('/form-versions')).body.items).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['a name for people', { name: 'Sings well' }, 'fields[0].name'],
    ['the name of how a visit ended', { name: 'outcome' }, 'fields[0].name'],
    ['a kind that is none', { kind: 'drawing' }, 'fields[0].kind'],
    ['a label in one language', { label: { da: 'x' } }, 'fields[0].label.en'],
    ['bounds that are no numbers', { bounds: { min: 'a', max: 2 } }, 'fields[0].bounds.min'],
    ['options of one name for all', { replaces: { field: 'a', options: [] } }, 'fields[0].replaces.options'],
    ['what only Ankomst says', { meaning: 'work' }, 'fields[0].meaning'],
  ])('with %s are refused by name', async (_, over, field) => {
    const reply = await publish({ follows: 1, fields: [{ name: 'sings', kind: 'yes_no', label, ...over }] });
    expect(reply.status).toBe(400);
    expect(reply.body.errors[0].field).toBe(field);
  });

  it('are final, whoever writes', async () => {
    for (const statement of [
      `update form_versions set field_count = 99`,
      `delete from form_versions`,
      `update form_fields set required_for = null`,
      `delete from form_fields where name = 'work'`,
      `insert into form_fields (version, name, meaning, position, kind, label) values (1, 'x', 'x', 99, 'text', '{}')`,
    ]) {
      await expect(app.database.asOwner(statement)).rejects.toMatchObject({ constraint: 'forms_frozen' });
      await expect(app.database.asApp(statement)).rejects.toMatchObject({
        code: statement.startsWith('insert') ? '23001' : '42501',
      });
    }
  });

  it('an assessment keeps its own, and the next one starts with its answers under their new names', async () => {
    const { id: person } = await office.person();
    const first = await office.signedAssessment(person);
    const { body: before } = await office.as('job_consultant').get(`/assessments/${first}`);
    const options = ['on_my_own', 'not_yet'].map((value) => ({ value, label }));
    await publish(
      await next((fields) => [
        { name: 'sings', kind: 'yes_no', label, requiredFor: 'signature' },
        ...fields
          .map(renamed('work', 'jobs'))
          .map(renamed('computer', 'digital', { alone: 'on_my_own', with_help: 'on_my_own' }))
          .map((field) => (field.name === 'digital' ? { ...field, options } : field)),
      ]),
    );

    const own = office.as('job_consultant');
    expect((await own.get(`/assessments/${first}`)).body).toEqual(before);
    const { body: second } = await own.post(`/refugees/${person}/assessments`, {});
    expect(second).toMatchObject({ formVersion: 2, answers: { jobs: { value: before.answers.work.value } } });
    expect(second.answers.work).toBeUndefined();
    expect(await own.post(`/assessments/${second.id}/signatures`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'answers.sings', rule: 'answered' }] },
    });
    const saved = await own.patch(
      `/assessments/${second.id}`,
      { answers: { sings: true, hours_per_week: 20 } },
      { 'if-match': '"1"' },
    );
    expect(saved.status).toBe(200);

    // A draft of the form before is finished by that form.
    expect(await own.get(`/assessments/${first}/comparisons/${second.id}`)).toMatchObject({
      status: 200,
      body: {
        formVersion: 2,
        differences: [
          { meaning: 'sings', change: 'answered', before: null, after: true },
          { meaning: 'interpreter', change: 'taken_back' },
          { meaning: 'hours_per_week', change: 'changed', before: 37, after: 20 },
        ],
      },
    });
    expect((await own.post(`/assessments/${second.id}/signatures`)).status).toBe(201);
    const profile = (await own.get(`/refugees/${person}/competence-profile`)).body;
    expect(profile.occupations).toMatchObject([{ occupation: '7411', years: 4, assessmentId: second.id }]);
    const amended = await own.post(`/assessments/${first}/amendments`, { reason: 'misheard' });
    expect(amended).toMatchObject({ status: 201, body: { formVersion: 1 } });
    expect(
      await own.patch(`/assessments/${amended.body.id}`, { answers: { jobs: [] } }, { 'if-match': '"1"' }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'answers.jobs', rule: 'unknown' }] },
    });
  });

  it('who interpreted is asked anew in each talk, whatever a form calls it', async () => {
    const { id: person } = await office.person();
    await office.signedAssessment(person);
    const published = await publish(
      await next((fields) => [
        ...fields.map(renamed('interpreter', 'interpreted')),
        { name: 'interpreted_later', kind: 'interpreter', label },
      ]),
    );
    expect(published.status).toBe(201);
    const own = office.as('job_consultant');
    const begin = async () => (await own.post(`/refugees/${person}/assessments`, {})).body;
    const isBlank = ({ answers }: { answers: Record<string, unknown> }) =>
      expect(Object.keys(answers).filter((field) => field.startsWith('interpret'))).toEqual([]);

    const { id, ...second } = await begin();
    isBlank(second);
    expect(second.answers.languages).toMatchObject({ source: 'earlier' });
    const interpreter = { present: true, language: 'tir' };
    const answers = { interpreted: interpreter, interpreted_later: interpreter };
    expect((await own.patch(`/assessments/${id}`, { answers }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await own.post(`/assessments/${id}/signatures`)).status).toBe(201);
    isBlank(await begin());
  });

  it('two assessments of two people are not compared', async () => {
    const [one, other] = [await office.person(), await office.person()];
    const [a, b] = [await office.signedAssessment(one.id), await office.signedAssessment(other.id)];
    expect(await office.as('job_consultant').get(`/assessments/${a}/comparisons/${b}`)).toMatchObject({
      status: 404,
      body: { code: 'competences.no_such_assessment' },
    });
  });

  it('of the same form differ in what was changed, whatever the order', async () => {
    const { id: person } = await office.person();
    const own = office.as('job_consultant');
    const first = await office.signedAssessment(person);
    const { work } = anAssessment().answers;
    const baker = { danish: 'Bagte brød', years: 1 };
    const { body: second } = await own.post(`/refugees/${person}/assessments`, {
      answers: { work: [baker, work[0]], interpreter: anAssessment().answers.interpreter },
    });
    const { body } = await own.get(`/assessments/${second.id}/comparisons/${first}`);
    expect(body.differences).toMatchObject([{ meaning: 'work', change: 'changed' }]);
  });
});
