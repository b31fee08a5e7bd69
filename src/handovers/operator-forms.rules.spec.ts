import type { AnswerValue } from '../competences/competences.contract.js';
import type { FieldKind, FormField } from '../competences/forms.contract.js';
import { compare, isAgreed } from './operator-forms.rules.js';

const field = (name: string, kind: FieldKind): FormField => ({
  name,
  meaning: name,
  kind,
  label: { da: name, en: name },
  requiredFor: null,
  bounds: null,
  options: null,
  replaces: null,
});
const UNKNOWN: AnswerValue = { unknown: true };
const work = (over: object): AnswerValue => [
  {
    words: null,
    danish: 'Elektriker',
    evidence: null,
    attachments: [],
    coded: { scheme: 'isco08', code: '7411', sure: 'sure', by: '' },
    country: null,
    years: 4,
    lastYear: null,
    documents: null,
    ...over,
  },
];
const said = (direction: 'ltr' | null): AnswerValue => ({
  words: { text: 'ከባቢ', language: 'tir', direction },
  danish: null,
});

describe('an operator’s answer beside the draft', () => {
  const cases: [what: string, FieldKind, AnswerValue, AnswerValue, string | undefined][] = [
    ['fills what is blank', 'number', null, 9, 'filled'],
    ['fills what is blank with its not knowing', 'number', null, UNKNOWN, 'filled'],
    ['confirms the same', 'number', 9, 9, 'confirmed'],
    ['confirms that nobody knows', 'number', UNKNOWN, UNKNOWN, 'confirmed'],
    ['confirms the same in another order', 'choices', ['tue', 'mon'], ['mon', 'tue'], 'confirmed'],
    [
      'confirms a code whoever chose it',
      'work',
      work({ coded: { scheme: 'isco08', code: '7411', sure: 'sure', by: 'me' } }),
      work({}),
      'confirmed',
    ],
    ['confirms words whichever way they are written', 'text', said('ltr'), said(null), 'confirmed'],
    ['is a question when it says otherwise', 'number', 9, 8, 'differs'],
    ['is a question when a part of it says otherwise', 'work', work({}), work({ years: 5 }), 'differs'],
    [
      'is a question when the wishes stand in another order',
      'occupations',
      [
        { scheme: 'isco08', code: '51' },
        { scheme: 'isco08', code: '71' },
      ],
      [
        { scheme: 'isco08', code: '71' },
        { scheme: 'isco08', code: '51' },
      ],
      'differs',
    ],
    ['is a question when it knows what others asked in vain', 'number', UNKNOWN, 8, 'differs'],
    ['is none when it does not know what others do', 'number', 9, UNKNOWN, undefined],
    ['is none when it is not given', 'number', 9, null, undefined],
  ];
  it.each(cases)('%s', (_, kind, stands, offers, outcome) => {
    const compared = compare([field('asked', kind)], { asked: stands }, { asked: offers });
    expect(compared).toEqual(outcome ? [{ field: 'asked', standing: stands, outcome }] : []);
  });

  it.each<[FieldKind, AnswerValue, AnswerValue, boolean]>([
    ['number', 9, 9, true],
    ['number', 9, 8, false],
    ['number', null, 8, false],
    ['number', UNKNOWN, 8, false],
    ['choices', ['tue', 'mon'], ['mon', 'tue'], true],
    ['text', said('ltr'), said(null), true],
  ])('to %s, beside %j, is agreed on when it says %j: %s', (kind, standing, value, agreed) => {
    expect(isAgreed({ kind, standing, value })).toBe(agreed);
  });

  it('comes in the order of the form, and leaves what the operator did not touch', () => {
    const fields = ['a', 'b', 'c'].map((name) => field(name, 'number'));
    expect(compare(fields, { a: 1, b: 1 }, { c: 3, a: 1 }).map((one) => one.field)).toEqual(['a', 'c']);
  });
});
