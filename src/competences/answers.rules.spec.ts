import { differences, lackingForSignature, lackingSense } from './answers.rules.js';
import { readAnswer } from './answer-values.js';
import type { Answers } from './competences.contract.js';
import type { FieldKind, FormField, FormVersion } from './forms.contract.js';

const TODAY = '2026-11-22';
const options = (...values: string[]) => values.map((value) => ({ value, label: { da: value, en: value } }));
const asked = (name: string, kind: FieldKind, over: Partial<FormField> = {}): FormField => ({
  name,
  meaning: name,
  kind,
  label: { da: name, en: name },
  requiredFor: null,
  bounds: null,
  options: null,
  replaces: null,
  ...over,
});
const FORM: FormVersion = {
  version: 1,
  fields: [
    asked('interpreter', 'interpreter'),
    asked('languages', 'languages', { requiredFor: 'signature' }),
    asked('schooling', 'schooling', { requiredFor: 'signature' }),
    asked('work', 'work', { requiredFor: 'signature' }),
    asked('skills', 'skills', { requiredFor: 'handover' }),
    asked('licences', 'licences'),
    asked('wishes', 'text'),
    asked('wished_occupations', 'occupations'),
    asked('school_years', 'number', { bounds: { min: 0, max: 40 } }),
    asked('self_employed', 'yes_no'),
    asked('drives', 'yes_no'),
    asked('available_from', 'day'),
    asked('computer', 'choice', { options: options('alone', 'with_help') }),
    asked('weekdays', 'choices', { options: options('mon', 'sun') }),
  ],
};
const fieldOf = (name: string): FormField => FORM.fields.find((field) => field.name === name)!;

/** The answers as they are kept, or what is wrong with them. */
function read(sent: Record<string, unknown>): { answers: Answers; wrong: string[] } {
  const answers: Answers = {};
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const answer = readAnswer(fieldOf(name), value, name);
    const errors = answer.errors.length > 0 ? answer.errors : lackingSense(fieldOf(name), answer.value);
    wrong.push(...errors.map(({ field, rule }) => `${field} ${rule}`));
    answers[name] = answer.value;
  }
  return { answers, wrong };
}

const work = (over: object = {}) => ({
  danish: 'Satte lys op',
  coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
  years: 4,
  ...over,
});

describe('an answer', () => {
  it.each<[string, unknown, string[]]>([
    ['self_employed', true, []],
    ['self_employed', 'yes', ['self_employed flag']],
    ['school_years', 40, []],
    ['school_years', 41, ['school_years whole']],
    ['school_years', 1.5, ['school_years whole']],
    ['school_years', '9', ['school_years whole']],
    ['available_from', '2028-02-29', []],
    ['available_from', '2027-02-29', ['available_from day']],
    ['computer', 'with_help', []],
    ['computer', 'often', ['computer one_of']],
    ['computer', ['alone'], ['computer one_of']],
    ['weekdays', ['mon', 'sun'], []],
    ['weekdays', ['mon', 'mon'], ['weekdays codes']],
    ['weekdays', 'mon', ['weekdays codes', 'weekdays one_of']],
    ['wishes', { danish: 'Ude' }, []],
    ['wishes', {}, ['wishes.danish words_or_danish']],
    ['wishes', 'Ude', ['wishes object']],
    ['wishes', { danish: 'Ude', health: 'x' }, ['wishes.health unknown']],
    ['interpreter', { present: true, language: 'tir' }, []],
    ['interpreter', { present: true }, ['interpreter.language interpreter_language']],
    ['languages', [], ['languages list']],
    [
      'languages',
      [
        { language: 'tir', motherTongue: true },
        { language: 'tir', motherTongue: false },
      ],
      ['languages[1] once'],
    ],
    ['work', [work()], []],
    ['work', [], []],
    ['work', { unknown: true }, []],
    ['work', null, []],
    ['work', { unknown: false }, ['work list']],
    ['work', { unknown: true, evil: 1, worse: 2 }, ['work.evil unknown', 'work.worse unknown']],
    ['wishes', { danish: 'Ude', unknown: true }, ['wishes.danish unknown']],
    [
      'work',
      [work({ coded: { scheme: 'isco08', code: '741', sure: 'sure' } })],
      ['work[0].coded.code unit_group'],
    ],
    ['work', [work(), work({ years: 71 })], ['work[1].years whole']],
    ['work', [work({ danish: null })], ['work[0].danish words_or_danish']],
    [
      'skills',
      [{ danish: 'Svejser', coded: { scheme: 'isco08', code: '7212', sure: 'sure' } }],
      ['skills[0].coded.scheme skill'],
    ],
    ['skills', [{ danish: 'Svejser', attachments: ['x'] }], ['skills[0].attachments sha_sums']],
    ['licences', [{ kind: 'driving', category: 'B' }], []],
    ['licences', [{ kind: 'yacht' }], ['licences[0].kind one_of']],
    ['wished_occupations', [{ scheme: 'isco08', code: '7' }], []],
  ])('to %s: %j', (name, value, expected) => {
    expect(read({ [name]: value }).wrong).toEqual(expected);
  });

  it('is kept whole: what was left out of a fact is null', () => {
    expect(read({ skills: [{ danish: 'Svejser' }] }).answers.skills).toEqual([
      { words: null, danish: 'Svejser', evidence: null, attachments: [], coded: null },
    ]);
  });
});

it('choices are kept in the order of the form', () => {
  expect(read({ weekdays: ['sun', 'mon'] }).answers).toEqual({ weekdays: ['mon', 'sun'] });
});

describe('signing', () => {
  const whole = { languages: [{ language: 'tir', motherTongue: true }], schooling: [], work: [work()] };
  const school = { danish: 'Gymnasium', level: '3' };

  it.each<[string, Record<string, unknown>, string[]]>([
    ['what the form requires is enough', whole, []],
    ['asked and not known is an answer', { ...whole, work: { unknown: true } }, []],
    ['this year is not to come', { ...whole, work: [work({ lastYear: 2026 })] }, []],
    ['a year nobody knows is not to come', { ...whole, work: [work({ lastYear: null })] }, []],
    ['an empty draft lacks all of it', {}, ['languages answered', 'schooling answered', 'work answered']],
    ['an answer taken back is none', { ...whole, work: null }, ['work answered']],
    [
      'years to come, each by its row',
      { ...whole, work: [work(), work({ lastYear: 2027 })], schooling: [{ ...school, endedYear: 2100 }] },
      ['schooling[0].endedYear not_to_come', 'work[1].lastYear not_to_come'],
    ],
  ])('%s', (_, sent, lacking) => {
    const found = lackingForSignature(FORM, read(sent).answers, TODAY);
    expect(found.map(({ field, rule }) => `${field} ${rule}`)).toEqual(lacking);
  });
});

describe('comparing', () => {
  const baker = { danish: 'Bagte brød', years: 2 };

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['the same', { work: [work()] }, { work: [work()] }, []],
    ['the same facts in another order', { work: [work(), baker] }, { work: [baker, work()] }, []],
    ['what is null and what was left out', { work: [work()] }, { work: [work({ country: null })] }, []],
    ['an answer more', {}, { drives: true }, ['drives answered']],
    ['an answer less', { drives: true }, {}, ['drives taken_back']],
    ['no, where it was not known', { drives: { unknown: true } }, { drives: false }, ['drives changed']],
    ['one year more', { work: [work()] }, { work: [work({ years: 5 })] }, ['work changed']],
    [
      'wishes in another order, which is what they say',
      {
        wished_occupations: [
          { scheme: 'isco08', code: '7' },
          { scheme: 'isco08', code: '5' },
        ],
      },
      {
        wished_occupations: [
          { scheme: 'isco08', code: '5' },
          { scheme: 'isco08', code: '7' },
        ],
      },
      ['wished_occupations changed'],
    ],
  ])('%s', (_, before, after, expected) => {
    const found = differences(FORM, read(before).answers, read(after).answers);
    expect(found.map(({ meaning, change }) => `${meaning} ${change}`)).toEqual(expected);
  });

  it('who chose a code makes no difference', () => {
    const [lone, karen] = ['lone', 'karen'].map((by) => {
      const { answers } = read({ work: [work()] });
      (answers.work as { coded: { by: string } }[])[0].coded.by = by;
      return answers;
    });
    expect(differences(FORM, lone, karen)).toEqual([]);
  });
});
