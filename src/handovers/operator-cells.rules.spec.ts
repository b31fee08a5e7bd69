import type { FieldKind, FormField } from '../competences/forms.contract.js';
import { read, wrongIn } from './operator-cells.rules.js';

const field = (kind: FieldKind): FormField => ({
  name: 'asked',
  meaning: 'asked',
  kind,
  label: { da: 'Spurgt', en: 'Asked' },
  requiredFor: null,
  bounds: null,
  options:
    kind === 'choice' || kind === 'choices'
      ? [
          { value: 'mon', label: { da: 'mandag', en: 'Monday' } },
          { value: 'tue', label: { da: 'tirsdag', en: 'Tuesday' } },
        ]
      : null,
  replaces: null,
});
const parse = (json: string): unknown => JSON.parse(json);

describe('a cell', () => {
  const cells: [kind: FieldKind, cell: string, says: unknown][] = [
    ['text', '', undefined],
    ['number', '  ', undefined],
    ['text', '?', { unknown: true }],
    ['work', 'Ukendt', { unknown: true }],
    ['choices', 'unknown', { unknown: true }],
    ['text', ' Vil ud ', { danish: 'Vil ud' }],
    ['text', 'ukendt med det', { danish: 'ukendt med det' }],
    ['yes_no', 'JA', true],
    ['yes_no', 'yes', true],
    ['yes_no', 'true', true],
    ['yes_no', 'Nej', false],
    ['yes_no', 'no', false],
    ['yes_no', 'false', false],
    ['yes_no', 'SAND', true],
    ['yes_no', 'Falsk', false],
    ['yes_no', 'måske', 'måske'],
    ['number', '30', 30],
    ['number', '007', 7],
    ['number', '3.5', '3.5'],
    ['number', '-1', '-1'],
    ['number', '1e3', '1e3'],
    ['day', '2027-04-01', '2027-04-01'],
    ['day', '01-04-2027', '2027-04-01'],
    ['day', '01.04.2027', '2027-04-01'],
    ['day', '1/4/2027', '2027-04-01'],
    ['day', '1.04.2027', '2027-04-01'],
    ['day', '1.4/2027', '1.4/2027'],
    ['day', '1.4.27', '1.4.27'],
    ['day', '1/4 2027', '1/4 2027'],
    ['choice', 'mon', 'mon'],
    ['choice', 'Mandag', 'mon'],
    ['choice', 'tuesday', 'tue'],
    ['choice', 'søndag', 'søndag'],
    ['choices', 'mon', ['mon']],
    ['choices', ' mandag | Tuesday ', ['mon', 'tue']],
    ['choices', 'mon|søndag', ['mon', 'søndag']],
    ['interpreter', '{"present": false}', { present: false }],
    ['skills', '[]', []],
  ];
  it.each(cells)('of %s, %j, says %j', (kind, cell, says) => {
    expect(read(field(kind), cell, parse)).toEqual(says);
  });

  const refused: [kind: FieldKind, cell: string, rule: string | undefined][] = [
    ['yes_no', '', undefined],
    ['yes_no', '?', undefined],
    ['yes_no', 'ja', undefined],
    ['yes_no', 'måske', 'cell_flag'],
    ['day', '1/4/2027', undefined],
    ['day', '4/31/2027', 'cell_day'],
    ['day', '31.02.2027', 'cell_day'],
    ['choice', 'mandag', undefined],
    ['choice', 'søndag', 'cell_option'],
    ['choices', 'mon|Tuesday', undefined],
    ['choices', 'mon|', 'cell_option'],
    // these the usual check refuses
    ['choices', 'mon|mandag', undefined],
    ['number', 'mange', undefined],
    ['text', 'ude', undefined],
  ];
  it.each(refused)('of %s, %j, breaks %s of the sheet', (kind, cell, rule) => {
    expect(wrongIn(field(kind), read(field(kind), cell, parse))?.rule).toBe(rule);
  });

  it('names what is wrong in it, and what would do', () => {
    expect(wrongIn(field('choices'), ['mon', 'søndagg', 'x'.repeat(60)])).toEqual({
      field: 'asked',
      rule: 'cell_option',
      values: {
        wrong: ['»søndagg«', `»${'x'.repeat(50)}«`],
        danish: ['mandag', 'tirsdag'],
        english: ['Monday', 'Tuesday'],
      },
    });
  });

  it.each(['occupations', 'interpreter', 'languages', 'schooling', 'work', 'skills', 'licences'] as const)(
    'of %s is not guessed at',
    (kind) => {
      expect(() => read(field(kind), 'elektriker', parse)).toThrow(SyntaxError);
    },
  );
});
