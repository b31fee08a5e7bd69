import { Chance } from '../../demo/chance.js';
import { cprDigits, fitsModulus11 } from '../../src/refugees/cpr.js';
import { MOST_PERSONS, scalePerson, type ScalePerson } from './person.js';

describe('invented persons', () => {
  const of = (number: number): ScalePerson => scalePerson(number, new Chance(number));

  it('have numbers that nobody shares, that can be, and that hardly belong to somebody', () => {
    const numbers = [...range(1, 40_000), ...range(MOST_PERSONS - 2_000, MOST_PERSONS)];
    const cprs = numbers.map((number) => of(number).cpr);
    expect(new Set(cprs).size).toBe(numbers.length);
    expect(cprs.filter((cpr) => cprDigits(cpr) === null || fitsModulus11(cpr))).toEqual([]);
  });

  it('are the same every time', () => {
    expect(range(1, 20).map(of)).toEqual(range(1, 20).map(of));
  });

  it('have a number that says when they were born and of which sex', () => {
    for (const number of range(1, 300)) {
      const { bornOn, sex, cpr } = of(number);
      const [year, month, day] = bornOn.split('-');
      expect(cpr.slice(0, 6)).toBe(`${day}${month}${year.slice(2)}`);
      expect(Number(cpr) % 2).toBe(sex === 'male' ? 1 : 0);
    }
  });
});

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, place) => first + place);
