import type { FieldKind, FormField } from '../competences/forms.contract.js';
import { read } from './operator-cells.rules.js';

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
    ['yes_no', 'måske', 'måske'],
    ['number', '30', 30],
    ['number', '007', 7],
    ['number', '3.5', '3.5'],
    ['number', '-1', '-1'],
    ['number', '1e3', '1e3'],
    ['day', '2027-04-01', '2027-04-01'],
    ['day', '01-04-2027', '2027-04-01'],
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

  it.each(['occupations', 'interpreter', 'languages', 'schooling', 'work', 'skills', 'licences'] as const)(
    'of %s is not guessed at',
    (kind) => {
      expect(() => read(field(kind), 'elektriker', parse)).toThrow(SyntaxError);
    },
  );
});
