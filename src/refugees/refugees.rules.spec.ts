import { RuleBook, type Rule } from '../legislation/rule-book.js';
import { agreedInTime, takeoverOf, type TakeoverFacts } from './refugees.rules.js';

const rule = (
  id: string,
  key: string,
  value: Rule['value'],
  validFrom: string,
  validTo: string | null = null,
): Rule => ({
  id,
  key,
  operator: 'eq',
  value,
  unit: '',
  validFrom,
  validTo,
  legalBasis: '',
  source: '',
  confidence: 'H',
});
const law = new RuleBook([
  rule('integration', 'takeover.rule', 'end_of_first_whole_month', '2016-07-01'),
  rule('ukraine 4', 'takeover.ukraine', 4, '2022-03-17', '2024-03-31'),
  rule('ukraine 15', 'takeover.ukraine', 15, '2024-04-01'),
]);
const facts = (over: Partial<TakeoverFacts>): TakeoverFacts => ({
  permitBasis: null,
  allocationDecidedOn: null,
  registeredOn: null,
  takeoverAgreedOn: null,
  ...over,
});

describe('the day the municipality takes over (Integration Act § 4, Ukraine act § 30)', () => {
  it.each([
    ['no decision yet gives no day', facts({}), null, []],
    [
      'a convention refugee: the first of the month after the first whole month',
      facts({ permitBasis: 'aliens_act_7_1', allocationDecidedOn: '2026-11-03' }),
      '2027-01-04',
      ['integration'],
    ],
    [
      'an unknown ground is judged by the Integration Act',
      facts({ allocationDecidedOn: '2026-12-01' }),
      '2027-02-01',
      ['integration'],
    ],
    [
      'Ukraine, last day of the four-day rule',
      facts({ permitBasis: 'ukraine_act', allocationDecidedOn: '2024-03-27' }),
      '2024-04-05',
      ['ukraine 4'],
    ],
    [
      'Ukraine, first day of the fifteen-day rule',
      facts({ permitBasis: 'ukraine_act', allocationDecidedOn: '2024-04-01' }),
      '2024-04-22',
      ['ukraine 15'],
    ],
    [
      'an earlier day the person agreed to',
      facts({ allocationDecidedOn: '2026-12-01', takeoverAgreedOn: '2026-12-15' }),
      '2026-12-15',
      ['integration'],
    ],
    [
      'an agreed day that a new rule has overtaken: the law’s',
      facts({ allocationDecidedOn: '2026-12-01', takeoverAgreedOn: '2027-02-02' }),
      '2027-02-01',
      ['integration'],
    ],
    [
      'a quota refugee: the CPR registration, whatever the decision says',
      facts({ permitBasis: 'aliens_act_8', allocationDecidedOn: '2026-12-01', registeredOn: '2026-12-20' }),
      '2026-12-20',
      [],
    ],
    ['a reunified family not registered yet', facts({ permitBasis: 'family_reunification' }), null, []],
  ] as const)('%s', (_, given, takeoverOn, ruleIds) => {
    expect(takeoverOf(given, law)).toEqual({ takeoverOn, ruleIds });
  });
});

describe('an agreed takeover (Integration Act § 4(2))', () => {
  const decided = { allocationDecidedOn: '2026-12-01' };
  it.each([
    ['none is fine', facts(decided), true],
    ['on the day of the decision', facts({ ...decided, takeoverAgreedOn: '2026-12-01' }), true],
    ['before the decision', facts({ ...decided, takeoverAgreedOn: '2026-11-30' }), false],
    ['on the day the law gives', facts({ ...decided, takeoverAgreedOn: '2027-02-01' }), true],
    ['a day later than the law gives', facts({ ...decided, takeoverAgreedOn: '2027-02-02' }), false],
    ['without a decision', facts({ takeoverAgreedOn: '2026-12-01' }), false],
    [
      'of a quota refugee, whose day is the registration',
      facts({ ...decided, permitBasis: 'aliens_act_8', takeoverAgreedOn: '2026-12-02' }),
      false,
    ],
  ] as const)('%s', (_, given, inTime) => {
    expect(agreedInTime(given, law)).toBe(inTime);
  });
});
