import fc from 'fast-check';
import { addDays, daysBetween } from '../platform/calendar/calendar.js';
import { standStill } from './standstill.rules.js';

/** Taken over on 1 February 2027: the contract's window. */
const window = { earliestOn: '2027-02-01', targetOn: '2027-02-15', latestOn: '2027-03-01' };
const today = '2027-02-10';

describe('a suspended deadline (Integration Act § 4 b): its time stands still', () => {
  it.each([
    ['nothing suspended', [], '2027-02-01', '2027-02-15', '2027-03-01', false],
    [
      'over on the day before it began',
      [['2027-01-01', '2027-01-31']],
      '2027-02-01',
      '2027-02-15',
      '2027-03-01',
      false,
    ],
    [
      'until its first day: one day',
      [['2027-01-01', '2027-02-01']],
      '2027-02-02',
      '2027-02-16',
      '2027-03-02',
      false,
    ],
    [
      'a week before the target',
      [['2027-02-08', '2027-02-14']],
      '2027-02-01',
      '2027-02-22',
      '2027-03-08',
      false,
    ],
    [
      'a target that would fall on a Saturday moves back',
      [['2027-02-08', '2027-02-12']],
      '2027-02-01',
      '2027-02-19',
      '2027-03-06',
      false,
    ],
    ['after the target', [['2027-02-20', '2027-02-21']], '2027-02-01', '2027-02-15', '2027-03-03', false],
    ['on its last day', [['2027-03-01', '2027-03-01']], '2027-02-01', '2027-02-15', '2027-03-02', false],
    [
      'from the day after its last',
      [['2027-03-02', '2027-04-01']],
      '2027-02-01',
      '2027-02-15',
      '2027-03-01',
      false,
    ],
    [
      'two that overlap count each day once',
      [
        ['2027-02-08', '2027-02-12'],
        ['2027-02-10', '2027-02-14'],
      ],
      '2027-02-01',
      '2027-02-22',
      '2027-03-08',
      false,
    ],
    [
      'the second only reached because of the first',
      [
        ['2027-02-22', '2027-02-28'],
        ['2027-03-05', '2027-03-05'],
      ],
      '2027-02-01',
      '2027-02-15',
      '2027-03-09',
      false,
    ],
    ['nobody knows until when', [['2027-02-10', null]], '2027-02-01', '2027-02-15', '2027-03-01', true],
    [
      'nobody knows until when, but it has not begun',
      [['2027-02-11', null]],
      '2027-02-01',
      '2027-02-15',
      '2027-03-01',
      false,
    ],
  ])('%s', (_, pauses, earliestOn, targetOn, latestOn, suspended) => {
    const given = pauses.map(([fromOn, toOn]) => ({ fromOn: fromOn!, toOn }));
    expect(standStill(window, given, today)).toEqual({ earliestOn, targetOn, latestOn, suspended });
  });

  it('moves the last day by no more than the days that were taken, whatever the pauses', () => {
    const pause = fc
      .tuple(fc.integer({ min: -40, max: 80 }), fc.integer({ min: 0, max: 30 }))
      .map(([start, days]) => {
        const fromOn = addDays(window.earliestOn, start);
        return { fromOn, toOn: addDays(fromOn, days) };
      });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 4 }), (pauses) => {
        const { earliestOn, targetOn, latestOn } = standStill(window, pauses, today);
        const all = pauses.reduce((days, { fromOn, toOn }) => days + daysBetween(fromOn, toOn) + 1, 0);
        expect(daysBetween(window.latestOn, latestOn)).toBeLessThanOrEqual(all);
        expect(latestOn >= window.latestOn && earliestOn <= latestOn && targetOn <= latestOn).toBe(true);
        expect(standStill(window, pauses.toReversed(), today).latestOn).toBe(latestOn);
      }),
    );
  });
});
