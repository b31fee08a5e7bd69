import { carriesOn } from './legislation.rules.js';

describe('what a new row of a rule may say', () => {
  it.each([
    ['a number of the same kind', 'takeover.ukraine', 15, 20, 'weekdays', true],
    ['a text for a number', 'takeover.ukraine', 15, '20', 'weekdays', false],
    ['no weekdays at all', 'takeover.ukraine', 15, 0, 'weekdays', false],
    ['a year of weekdays', 'takeover.ukraine', 15, 366, 'weekdays', true],
    ['more than a year of weekdays', 'takeover.ukraine', 15, 367, 'weekdays', false],
    ['half a weekday', 'takeover.ukraine', 15, 1.5, 'weekdays', false],
    ['240 months', 'contract.deadline', 1, 240, 'month after takeover', true],
    ['more months than the calendar holds', 'contract.deadline', 1, 1_000_000, 'month after takeover', false],
    ['a half where halves are used', 'igu.allowance.other', 6010.5, 6020.5, 'DKK/month', true],
    ['a negative amount', 'igu.bonus1', 20000, -1, 'DKK', false],
    ['a day', 'igu.last_start', '2027-12-31', '2030-12-31', 'date', true],
    ['a day that is none', 'igu.last_start', '2027-12-31', '2030-99-99', 'date', false],
    [
      'a formula the code knows',
      'takeover.rule',
      'end_of_first_whole_month',
      'end_of_first_whole_month',
      'formula',
      true,
    ],
    ['a formula it does not', 'takeover.rule', 'end_of_first_whole_month', 'at_once', 'formula', false],
    ['a flag', 'igu.basis.ukraine_act', true, false, 'flag', true],
  ])('%s', (_, key, before, value, unit, may) => {
    expect(carriesOn(key, before, value, unit)).toBe(may);
  });
});
