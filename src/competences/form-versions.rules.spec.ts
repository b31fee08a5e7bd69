import fc from 'fast-check';
import type { Answers } from './competences.contract.js';
import { succeeding, takenOver, type NewField } from './form-versions.rules.js';
import type { FieldKind, FormVersion } from './forms.contract.js';

const field = (name: string, kind: FieldKind = 'yes_no', over: Partial<NewField> = {}): NewField => ({
  name,
  kind,
  label: { da: name, en: name },
  requiredFor: null,
  bounds: null,
  options: null,
  replaces: null,
  ...over,
});
const options = (...values: string[]) => ({
  options: values.map((value) => ({ value, label: { da: value, en: value } })),
});
const replaces = (name: string, renamed: Record<string, string> = {}) => ({
  replaces: { field: name, options: renamed },
});

const BEFORE: FormVersion = {
  version: 1,
  fields: succeeding({ version: 0, fields: [] }, [
    field('drives'),
    field('school_years', 'number', { bounds: { min: 0, max: 40 } }),
    field('computer', 'choice', options('alone', 'with_help', 'not_yet')),
    field('weekdays', 'choices', options('mon', 'tue')),
  ]).fields,
};
const [DRIVES, YEARS, COMPUTER, WEEKDAYS] = BEFORE.fields.map(({ meaning: _, ...rest }) => ({
  ...rest,
  replaces: null,
}));

describe('the next form', () => {
  it.each<[string, NewField[], string[]]>([
    ['as before', [DRIVES, YEARS, COMPUTER, WEEKDAYS], []],
    ['a question more', [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('cycles')], []],
    ['another order', [WEEKDAYS, COMPUTER, YEARS, DRIVES], []],
    ['another name', [field('car', 'yes_no', replaces('drives')), YEARS, COMPUTER, WEEKDAYS], []],
    ['wider bounds', [DRIVES, { ...YEARS, bounds: { min: 0, max: 50 } }, COMPUTER, WEEKDAYS], []],
    [
      'options that became others',
      [
        DRIVES,
        YEARS,
        {
          ...COMPUTER,
          ...options('yes', 'not_yet'),
          ...replaces('computer', { alone: 'yes', with_help: 'yes' }),
        },
        WEEKDAYS,
      ],
      [],
    ],
    ['a question less drops its answers', [DRIVES, YEARS, COMPUTER], ['fields answer_kept']],
    [
      'another name that nobody said replaces the old one',
      [field('car'), YEARS, COMPUTER, WEEKDAYS],
      ['fields answer_kept'],
    ],
    ['another kind', [field('drives', 'text'), YEARS, COMPUTER, WEEKDAYS], ['fields[0].kind kind_kept']],
    [
      'narrower bounds',
      [DRIVES, { ...YEARS, bounds: { min: 0, max: 39 } }, COMPUTER, WEEKDAYS],
      ['fields[1].bounds bounds_kept'],
    ],
    [
      'an option less',
      [DRIVES, YEARS, { ...COMPUTER, ...options('alone', 'not_yet') }, WEEKDAYS],
      ['fields[2].options options_kept'],
    ],
    [
      'an option that became one that is not there',
      [DRIVES, YEARS, { ...COMPUTER, ...replaces('computer', { alone: 'yes' }) }, WEEKDAYS],
      ['fields[2].options options_kept'],
    ],
    [
      'what never was',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'text', replaces('y'))],
      ['fields[4].replaces.field field_before'],
    ],
    [
      'one answer in two places',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('car', 'yes_no', replaces('drives'))],
      ['fields[4].name meaning_once', 'fields answer_kept_once'],
    ],
    [
      'a name twice',
      [DRIVES, DRIVES, YEARS, COMPUTER, WEEKDAYS],
      ['fields[1].name once', 'fields[1].name meaning_once', 'fields answer_kept_once'],
    ],
    [
      'a new question under a name that means another',
      [
        field('car', 'yes_no', replaces('drives')),
        field('drives', 'text', { replaces: null }),
        YEARS,
        COMPUTER,
        WEEKDAYS,
      ],
      ['fields[1].name meaning_once', 'fields[1].kind kind_kept', 'fields answer_kept_once'],
    ],
    [
      'a number without bounds',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'number')],
      ['fields[4].bounds bounds_of_number'],
    ],
    [
      'bounds the wrong way',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'number', { bounds: { min: 2, max: 1 } })],
      ['fields[4].bounds in_order'],
    ],
    [
      'bounds of a text',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'text', { bounds: { min: 1, max: 2 } })],
      ['fields[4].bounds bounds_of_number'],
    ],
    [
      'a choice of nothing',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'choice')],
      ['fields[4].options options_of_choice'],
    ],
    [
      'an option twice',
      [DRIVES, YEARS, COMPUTER, WEEKDAYS, field('x', 'choice', options('a', 'a'))],
      ['fields[4].options once'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(succeeding(BEFORE, fields).errors.map((error) => `${error.field} ${error.rule}`)).toEqual(
      expected,
    );
  });

  it('keeps what a question means, whatever it is called', () => {
    const second = {
      version: 2,
      fields: succeeding(BEFORE, [field('car', 'yes_no', replaces('drives')), YEARS, COMPUTER, WEEKDAYS])
        .fields,
    };
    const again = second.fields.map(({ meaning: _, ...rest }) => ({ ...rest, replaces: null }));
    const third = succeeding(
      second,
      again.map((one) => (one.name === 'car' ? field('van', 'yes_no', replaces('car')) : one)),
    );
    expect(third.errors).toEqual([]);
    expect(third.fields[0]).toMatchObject({ name: 'van', meaning: 'drives' });
  });
});

describe('answers taken over', () => {
  const next = (fields: NewField[]): FormVersion => ({
    version: 2,
    fields: succeeding(BEFORE, fields).fields,
  });

  it('stand under the new names, with the new options; what is unknown stays so', () => {
    const form = next([
      field('car', 'yes_no', replaces('drives')),
      YEARS,
      {
        ...COMPUTER,
        ...options('yes', 'not_yet'),
        ...replaces('computer', { alone: 'yes', with_help: 'yes' }),
      },
      { ...WEEKDAYS, ...options('monday', 'tue'), ...replaces('weekdays', { mon: 'monday' }) },
    ]);
    expect(
      takenOver({ drives: { unknown: true }, computer: 'with_help', weekdays: ['mon', 'tue'] }, [form]),
    ).toEqual({ car: { unknown: true }, computer: 'yes', weekdays: ['monday', 'tue'] });
  });

  it('are all there, whatever was published', () => {
    const shuffled = fc.shuffledSubarray([DRIVES, YEARS, COMPUTER, WEEKDAYS], { minLength: 4 });
    const renamed = shuffled.chain((fields) =>
      fc.tuple(
        ...fields.map((one) =>
          fc.boolean().map((is) => (is ? { ...one, name: `${one.name}_x`, ...replaces(one.name) } : one)),
        ),
      ),
    );
    const answers: Answers = { drives: true, school_years: 9, computer: 'alone', weekdays: ['mon'] };
    fc.assert(
      fc.property(renamed, (fields) => {
        const { errors, fields: published } = succeeding(BEFORE, fields);
        expect(errors).toEqual([]);
        expect(Object.values(takenOver(answers, [{ version: 2, fields: published }])).sort()).toEqual(
          Object.values(answers).sort(),
        );
      }),
    );
  });
});
