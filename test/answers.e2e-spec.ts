import { electrician, said, schooling, skill, tigrinya } from './factories/answers.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('answers', () => {
  let app: TestApp;
  let north: TestUnit;
  let refugeeId: string;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    refugeeId = (await register(app, north.jobConsultant)).id;
  });

  const consultant = () => app.as(north.jobConsultant);

  describe('a bad answer', () => {
    it.each<[string, Record<string, unknown>, string, string]>([
      ['to what nobody asks', { health: 'good' }, 'answers.health', 'unknown'],
      ['a list that is none', { languages: 'tir' }, 'answers.languages', 'list'],
      [
        'too many languages',
        { languages: Array.from({ length: 21 }, () => tigrinya) },
        'answers.languages',
        'list',
      ],
      ['too many skills', { skills: Array.from({ length: 101 }, () => skill) }, 'answers.skills', 'list'],
      ['a text too long', { wishes: { danish: 'x'.repeat(4001) } }, 'answers.wishes.danish', 'text'],
      [
        'a level that is none',
        { languages: [{ ...tigrinya, spoken: 'D1' }] },
        'answers.languages[0].spoken',
        'pattern',
      ],
      [
        'evidence that is none',
        { skills: [{ ...skill, evidence: { grade: 'sure' } }] },
        'answers.skills[0].evidence.grade',
        'one_of',
      ],
      ['half a year', { work: [{ ...electrician, years: 0.5 }] }, 'answers.work[0].years', 'whole'],
      [
        'more years than a life',
        { work: [{ ...electrician, years: 1e21 }] },
        'answers.work[0].years',
        'whole',
      ],
      ['a day twice', { weekdays: ['mon', 'mon'] }, 'answers.weekdays', 'codes'],
      ['a day that is none', { available_from: '2027-02-30' }, 'answers.available_from', 'day'],
      [
        'no unit group',
        { work: [{ ...electrician, coded: { ...electrician.coded, code: '741' } }] },
        'answers.work[0].coded.code',
        'unit_group',
      ],
      [
        'an occupation nobody knows',
        { work: [{ ...electrician, coded: { ...electrician.coded, code: '9999' } }] },
        'answers.work[0].coded.code',
        'known',
      ],
      [
        'a wish nobody knows',
        { wished_occupations: [{ scheme: 'isco08', code: 'nope' }] },
        'answers.wished_occupations[0].code',
        'known',
      ],
      [
        'a language nobody knows',
        { languages: [{ ...tigrinya, language: 'xyz' }] },
        'answers.languages[0].language',
        'known',
      ],
      [
        'words in a language nobody knows',
        { wishes: { words: { text: 'x', language: 'xyz' } } },
        'answers.wishes.words.language',
        'known',
      ],
      [
        'a country nobody knows',
        { schooling: [{ ...schooling, country: 'XQ' }] },
        'answers.schooling[0].country',
        'known',
      ],
      [
        'a field of study nobody knows',
        { schooling: [{ ...schooling, field: '9998' }] },
        'answers.schooling[0].field',
        'known',
      ],
      [
        'more than that it is not known',
        { licences: { unknown: true, evil: 1 } },
        'answers.licences.evil',
        'unknown',
      ],
      [
        'an attachment nobody brought',
        { skills: [skill, { ...skill, attachments: ['ab'.repeat(32)] }] },
        'answers.skills[1].attachments[0]',
        'unknown_attachment',
      ],
      ['a language twice', { languages: [tigrinya, tigrinya] }, 'answers.languages[1]', 'once'],
      [
        'an interpreter of no language',
        { interpreter: { present: true } },
        'answers.interpreter.language',
        'interpreter_language',
      ],
    ])('%s is refused by name', async (_, over, field, rule) => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, said(over));
      expect(reply).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
      expect(reply.body.errors).toMatchObject([{ field, rule }]);
      expect(await consultant().get(`/refugees/${refugeeId}/assessments`)).toMatchObject({
        body: { items: [] },
      });
    });

    it.each([[[]], ['x'], [null], [7]])('answers that are none: %j', async (answers) => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, { answers });
      expect(reply).toMatchObject({ status: 400, body: { errors: [{ field: 'answers', rule: 'object' }] } });
    });

    it('with every one that is wrong, and no more than a reply can name', async () => {
      const wrong = { school_years: -1, drives: 'x', skills: Array.from({ length: 100 }, () => ({})) };
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, { answers: wrong });
      expect(reply.body.errors).toHaveLength(50);
    });
  });

  it('keep or drop the attachments that a visit brought into the draft, and name no others', async () => {
    const [photo, scan, foreign] = ['ab', 'cd', 'ef'].map((two) => two.repeat(32));
    const { id } = (await consultant().post(`/refugees/${refugeeId}/assessments`, said())).body;
    // as an operation of a visit writes them
    await app.database.asOwner(
      `update assessment_answers set value = jsonb_set(value, '{0,attachments}', $2::jsonb)
       where assessment_id = $1 and field = 'skills'`,
      [id, JSON.stringify([photo, scan])],
    );
    const save = (version: number, answers: Record<string, unknown>) =>
      consultant().patch(`/assessments/${id}`, { answers }, { 'if-match': `"${version}"` });
    const showing = (...attachments: string[]) => ({ skills: [{ ...skill, attachments }] });
    expect(await save(1, showing(photo, foreign))).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'answers.skills[0].attachments[1]', rule: 'unknown_attachment' }] },
    });
    const moved = { ...showing(photo), work: [{ ...electrician, attachments: [scan] }] };
    expect((await save(1, moved)).status).toBe(200);
    expect((await save(2, { work: [electrician] })).status).toBe(200);
    expect((await save(3, showing(photo, scan))).status).toBe(400);

    await consultant().post(`/assessments/${id}/signatures`);
    const next = await consultant().post(`/refugees/${refugeeId}/assessments`, {
      answers: showing(photo),
    });
    expect(next).toMatchObject({ status: 201, body: { answers: { skills: { source: 'earlier' } } } });
    const { id: other } = await register(app, north.jobConsultant);
    expect(
      await consultant().post(`/refugees/${other}/assessments`, { answers: showing(photo) }),
    ).toMatchObject({ status: 400, body: { errors: [{ rule: 'unknown_attachment' }] } });
  });
});
