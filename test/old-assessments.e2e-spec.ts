import { randomUUID } from 'node:crypto';
import { AnswerForms1795000000031 } from '../migrations/1795000000031-answer-forms.js';
import { DateAmendmentsByTheirTalk1795000000037 } from '../migrations/1795000000037-date-amendments-by-their-talk.js';
import { databaseBefore, type DatabaseBefore } from './support/migrated.js';

const [SIGNED, EMPTY] = [randomUUID(), randomUUID()];

/** Two people with an assessment of fixed parts: one that says everything and is signed, one that says nothing. */
const OLD_ASSESSMENTS = `
  insert into units (id, name) values ('${SIGNED}', 'Nord');
  insert into staff_accounts (id, email, name, role, unit_id)
    values ('${SIGNED}', 'lone@example.dk', 'Lone', 'job_consultant', '${SIGNED}');
  insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
    select p, '${SIGNED}', 'Selam', 'Tesfay', '1990-01-01', 'female', 'ER' from unnest(array['${SIGNED}', '${EMPTY}']::uuid[]) p;
  insert into assessments (id, refugee_id, interpreter_present, interpreter_language, wishes, available_from, hours_per_week,
                           available_weekdays, drafted_by, drafted_at) values
    ('${SIGNED}', '${SIGNED}', true, 'tir', 'Ude', '2027-02-01', 30, '{mon,tue}', '${SIGNED}', '2026-11-22T23:30:00Z'),
    ('${EMPTY}', '${EMPTY}', false, null, null, null, null, null, '${SIGNED}', '2026-11-22T09:00:00Z');
  insert into assessment_languages values ('${SIGNED}', 1, 'tir', true, 'C2', 'C1', null, false), ('${SIGNED}', 2, 'eng', false, null, null, null, null);
  insert into assessment_schooling values ('${SIGNED}', 1, '3', 'Elinstallation', 'ER', 3, 2012, 'lost', 'none');
  insert into assessment_work values ('${SIGNED}', 1, 'أصلح السيارات', 'ara', 'Reparerede biler', '7231', 'likely', 'SY', 4, 2020),
    ('${SIGNED}', 2, 'Bagte', null, null, '7512', 'guess', null, 1, null);
  insert into assessment_skills values ('${SIGNED}', 1, 'Svejser', 'observed');
  insert into assessment_wished_occupations values ('${SIGNED}', 1, '7231'), ('${SIGNED}', 2, '7');
  update assessments set signed_by = '${SIGNED}', signed_at = '2026-11-22T23:40:00Z', signed_on = '2026-11-23' where id = '${SIGNED}'`;

const PARTS = ['s', '_languages', '_schooling', '_work', '_skills', '_wished_occupations'].map(
  (part) => `assessment${part}`,
);

describe('assessments of fixed parts', () => {
  let old: DatabaseBefore;

  beforeAll(async () => {
    old = await databaseBefore(AnswerForms1795000000031);
    await old.source.query(OLD_ASSESSMENTS);
  });
  afterAll(() => old.drop());

  const rows = async () => {
    const all: Record<string, unknown> = {};
    for (const part of PARTS)
      all[part] = (
        await old.source.query<{ row: unknown }[]>(`select to_jsonb(t) as row from ${part} t order by 1`)
      ).map(({ row }) => row);
    return all;
  };

  it('become answers to the first form, and back again without a loss', async () => {
    const before = await rows();
    await old.run('up');
    const answers = await old.source.query<{ assessment_id: string; field: string; value: unknown }[]>(
      `select assessment_id, field, value, source, source_on::text, revision from assessment_answers order by field`,
    );
    expect(new Set(answers.map((answer) => answer.assessment_id))).toEqual(new Set([SIGNED]));
    const given = Object.fromEntries(answers.map(({ field, value }) => [field, value]));
    expect(answers[0]).toMatchObject({ source: 'talk', source_on: '2026-11-23', revision: 1 });
    expect(given).toMatchObject({
      interpreter: { present: true, language: 'tir' },
      wishes: { words: null, danish: 'Ude' },
      available_from: '2027-02-01',
      hours_per_week: 30,
      weekdays: ['mon', 'tue'],
      skills: [{ danish: 'Svejser', evidence: { grade: 'observed' } }],
      schooling: [{ danish: 'Elinstallation', field: null, level: '3' }],
      work: [
        {
          words: { text: 'أصلح السيارات', language: 'ara', direction: 'rtl' },
          danish: 'Reparerede biler',
          coded: { scheme: 'isco08', code: '7231', sure: 'likely', by: SIGNED },
        },
        { words: { text: 'Bagte', language: null, direction: null } },
      ],
    });
    await expect(old.source.query(`update assessment_answers set value = '1'`)).rejects.toMatchObject({
      driverError: { constraint: 'assessments_frozen' },
    });

    await old.run('down');
    expect(await rows()).toEqual(before);
    await expect(old.source.query(`delete from assessment_work`)).rejects.toMatchObject({
      driverError: { constraint: 'assessments_frozen' },
    });
  });
});

describe('amendments from before their first signature was kept', () => {
  const [FIRST, AMENDED, DRAFT, OTHER, NEW] = [1, 2, 3, 4, 5].map(() => randomUUID());
  let old: DatabaseBefore;

  beforeAll(async () => {
    old = await databaseBefore(DateAmendmentsByTheirTalk1795000000037);
    await old.source.query(`
      insert into units (id, name) values ('${FIRST}', 'Nord');
      insert into staff_accounts (id, email, name, role, unit_id)
        values ('${FIRST}', 'lone@example.dk', 'Lone', 'job_consultant', '${FIRST}');
      insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
        values ('${FIRST}', '${FIRST}', 'Selam', 'Tesfay', '1990-01-01', 'female', 'ER');
      insert into assessments (id, refugee_id, form_version, amends_id, amendment_reason, drafted_by, signed_by, signed_at, signed_on)
      select id::uuid, '${FIRST}', 1, amends::uuid, case when amends is not null then 'Fejl' end, '${FIRST}',
             case when on_day is not null then '${FIRST}'::uuid end, on_day, on_day
      from (values ('${FIRST}', null, date '2026-11-01'), ('${OTHER}', null, '2026-11-10'),
                   ('${AMENDED}', '${FIRST}', '2026-11-20'), ('${DRAFT}', '${AMENDED}', null)) a(id, amends, on_day);
      insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
        values ('${OTHER}', '${FIRST}', 'Amina', 'Tesfay', '1990-01-01', 'female', 'ER');
      insert into assessments (id, refugee_id, form_version, drafted_by) values ('${NEW}', '${OTHER}', 1, '${FIRST}')`);
  });
  afterAll(() => old.drop());

  it('are as old as the talk they correct, signed or not; a draft of a new talk has no age', async () => {
    await old.run('up');
    const ages = await old.source.query<{ id: string; age: string | null }[]>(
      'select id, first_signed_at::date::text as age from assessments',
    );
    expect(Object.fromEntries(ages.map(({ id, age }) => [id, age]))).toEqual({
      [FIRST]: '2026-11-01',
      [OTHER]: '2026-11-10',
      [AMENDED]: '2026-11-01',
      [DRAFT]: '2026-11-01',
      [NEW]: null,
    });
    await expect(old.source.query(`update assessments set first_signed_at = null`)).rejects.toMatchObject({
      driverError: { constraint: 'assessments_frozen' },
    });
  });
});
