import { NoRuleOnDate, type Rule, RuleBook } from './rule-book.js';

const book = new RuleBook([
  rule('igu.age_max_excl', 40, '2016-07-01', '2023-12-31'),
  rule('igu.age_max_excl', 50, '2024-01-01', null),
  rule('igu.allowance.other', 6010, '2017-01-01', '2017-12-31'),
  rule('contract.deadline', 1, null, null),
  rule('programme.max', 3, null, '2016-06-30'),
]);

describe('the rule on a day', () => {
  it.each([
    ['the first day of a row', 'igu.age_max_excl', '2016-07-01', 40],
    ['the last day of a row', 'igu.age_max_excl', '2023-12-31', 40],
    ['the first day of the next row', 'igu.age_max_excl', '2024-01-01', 50],
    ['a row with an open end', 'igu.age_max_excl', '2150-01-01', 50],
    ['a row of one year, in it', 'igu.allowance.other', '2017-06-15', 6010],
    ['a row that always was and still is', 'contract.deadline', '1999-05-01', 1],
    ['a row that always was, on its last day', 'programme.max', '2016-06-30', 3],
  ])('%s: %s on %s is %s', (_, key, day, value) => {
    expect(book.on(key, day)).toMatchObject({ key, value });
    expect(book.find(key, day)).toBe(book.on(key, day));
  });

  it.each([
    ['before the first row', 'igu.age_max_excl', '2016-06-30'],
    ['after the last row: an old rate is never used', 'igu.allowance.other', '2018-01-01'],
    ['the day after a row that always was', 'programme.max', '2016-07-01'],
    ['a key nobody wrote', 'igu.shoe_size', '2024-01-01'],
    ['a key is compared whole', 'igu.age_max', '2024-01-01'],
  ])('is not known %s: %s on %s', (_, key, day) => {
    expect(book.find(key, day)).toBeUndefined();
    expect(() => book.on(key, day)).toThrow(NoRuleOnDate);
  });

  it('that is not known names its key and day', () => {
    const failure = caught(() => book.on('igu.allowance.other', '2018-01-01'));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      name: 'NoRuleOnDate',
      key: 'igu.allowance.other',
      day: '2018-01-01',
      message: 'no rule igu.allowance.other on 2018-01-01',
    });
  });

  it('is not known in an empty book', () => {
    expect(new RuleBook([]).find('contract.deadline', '2024-01-01')).toBeUndefined();
  });
});

function rule(key: string, value: number, validFrom: string | null, validTo: string | null): Rule {
  return {
    id: `${key}@${validFrom ?? 'always'}`,
    key,
    operator: 'eq',
    value,
    unit: 'years',
    validFrom,
    validTo,
    legalBasis: 'lov 623/2016',
    source: 'rules.md § 9',
    confidence: 'H',
  };
}

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
