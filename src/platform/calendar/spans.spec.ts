import fc from 'fast-check';
import { addDays, type Day } from './calendar.js';
import { covers, joined, nextBoundary, type Span } from './spans.js';

const span = (fromOn: Day, toOn: Day | null = null): Span => ({ fromOn, toOn });

describe('days in a row', () => {
  it.each<[string, Span[], Span[]]>([
    ['none', [], []],
    ['the next day: one', [span('2027-01-01', '2027-01-31'), span('2027-02-01')], [span('2027-01-01')]],
    [
      'a day between: two',
      [span('2027-01-01', '2027-01-31'), span('2027-02-02')],
      [span('2027-01-01', '2027-01-31'), span('2027-02-02')],
    ],
    [
      'one inside another',
      [span('2027-01-01', '2027-03-31'), span('2027-02-01', '2027-02-02')],
      [span('2027-01-01', '2027-03-31')],
    ],
    ['one behind an open one', [span('2027-01-01'), span('2027-02-01', '2027-02-02')], [span('2027-01-01')]],
    [
      'in whatever order they come',
      [span('2027-02-01'), span('2027-01-01', '2027-01-31')],
      [span('2027-01-01')],
    ],
  ])('joined: %s', (_, spans, one) => {
    expect(joined(spans)).toEqual(one);
  });

  it.each<[string, Span[], Day, Day | null]>([
    ['its first day', [span('2027-02-01', '2027-02-28')], '2027-01-31', '2027-02-01'],
    [
      'on its first day, the day after its last',
      [span('2027-02-01', '2027-02-28')],
      '2027-02-01',
      '2027-03-01',
    ],
    ['on the day after its last, none', [span('2027-02-01', '2027-02-28')], '2027-03-01', null],
    ['an open one that has begun, none', [span('2027-02-01')], '2027-02-01', null],
    [
      'of several the nearest',
      [span('2027-05-01'), span('2027-03-01', '2027-04-01')],
      '2027-03-02',
      '2027-04-02',
    ],
  ])('next boundary: %s', (_, spans, day, next) => {
    expect(nextBoundary(spans, day)).toBe(next);
  });

  it('joined they cover the same days, and no two of them meet', () => {
    const some = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 0, max: 15 })))
      .map(([start, days]) =>
        span(addDays('2027-01-01', start), days === null ? null : addDays('2027-01-01', start + days)),
      );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (spans) => {
        const one = joined(spans);
        for (let place = -1; place < 60; place++) {
          const day = addDays('2027-01-01', place);
          expect(one.filter((each) => covers(each, day))).toHaveLength(
            spans.some((each) => covers(each, day)) ? 1 : 0,
          );
        }
      }),
    );
  });
});
