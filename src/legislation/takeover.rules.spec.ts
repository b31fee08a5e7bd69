import fc from 'fast-check';
import {
  type Day,
  addDays,
  addMonths,
  daysBetween,
  isWorkingDay,
  workingDayOnOrBefore,
} from '../platform/calendar/calendar.js';
import { takeoverDayByIntegrationAct, takeoverDayByUkraineAct } from './takeover.rules.js';

const anyDay = fc.integer({ min: 0, max: 60 * 365 }).map((days) => addDays('2016-07-01', days));

describe('takeover by the Integration Act § 4(2)', () => {
  it.each([
    // case, decided on, taken over on
    ['the 1st is a working day', '2019-01-15', '2019-03-01'],
    ['the 1st is a Saturday: Monday', '2019-04-30', '2019-06-03'],
    ['the 1st is a Sunday: Monday', '2026-01-31', '2026-03-02'],
    ['the 1st is New Year, a Friday: Monday', '2026-11-03', '2027-01-04'],
    ['the 1st is New Year, a Wednesday: Thursday', '2024-11-20', '2025-01-02'],
    ['decided on the 1st: the first whole month is the next one', '2027-02-01', '2027-04-01'],
    ['decided on the last day before that 1st', '2027-01-31', '2027-03-01'],
    ['decided on the last day of the same month', '2027-02-28', '2027-04-01'],
    ['decided on 29 February, the 1st is a Saturday', '2028-02-29', '2028-04-03'],
    ['decided in December, taken over in February', '2026-12-10', '2027-02-01'],
    ['decided on 31 December, February begins on a Saturday', '2024-12-31', '2025-02-03'],
    ['decided on 1 January', '2027-01-01', '2027-03-01'],
    ['decided on 31 July, September has a 1st as any month', '2026-07-31', '2026-09-01'],
    ['the longest wait, 64 days: the 1st is a Saturday', '2018-07-01', '2018-09-03'],
    ['the 1st is Maundy Thursday: Tuesday after Easter', '2021-02-15', '2021-04-06'],
    ['the 1st is Easter Sunday: Tuesday', '2018-02-15', '2018-04-03'],
    ['the 1st is Easter Monday: Tuesday', '2024-02-15', '2024-04-02'],
    ['the 1st is Good Friday: Tuesday after Easter', '2067-02-15', '2067-04-05'],
    ['the 1st is Ascension: the Friday after, no holiday', '2079-04-10', '2079-06-02'],
    ['the 1st is Whit Sunday: Tuesday', '2031-04-10', '2031-06-03'],
    ['the 1st is Whit Monday: Tuesday', '2020-04-10', '2020-06-02'],
    ['1 May is no public holiday', '2024-03-10', '2024-05-01'],
    ['1 May 2026 would have been Store bededag, a holiday only to 2023', '2026-03-10', '2026-05-01'],
    ['1 May 2015 was Store bededag (the calendar; the weekday rule is younger)', '2015-03-10', '2015-05-04'],
  ])('%s: decided %s, taken over %s', (_, decidedOn, expected) => {
    expect(takeoverDayByIntegrationAct(decidedOn)).toBe(expected);
  });

  it('is a working day with no other between it and the 1st', () => {
    fc.assert(
      fc.property(anyDay, (decidedOn) => {
        const takeover = takeoverDayByIntegrationAct(decidedOn);
        expect(isWorkingDay(takeover)).toBe(true);
        expect(workingDayOnOrBefore(addDays(takeover, -1)) < firstOfMonth(takeover)).toBe(true);
      }),
    );
  });

  it('leaves one whole calendar month between the decision and the takeover', () => {
    fc.assert(
      fc.property(anyDay, (decidedOn) => {
        const wholeMonth = firstOfMonth(addMonths(decidedOn, 1));
        expect(firstOfMonth(takeoverDayByIntegrationAct(decidedOn))).toBe(addMonths(wholeMonth, 1));
      }),
    );
  });

  it('comes 29 days after the decision at the earliest and 64 at the latest', () => {
    // 31 January to 1 March in a common year; 1 July 2018 to Monday 3 September 2018.
    fc.assert(
      fc.property(anyDay, (decidedOn) => {
        const days = daysBetween(decidedOn, takeoverDayByIntegrationAct(decidedOn));
        expect(days >= 29 && days <= 64).toBe(true);
      }),
    );
  });

  it('never comes earlier for a later decision', () => {
    fc.assert(
      fc.property(anyDay, fc.nat({ max: 90 }), (decidedOn, later) => {
        const laterTakeover = takeoverDayByIntegrationAct(addDays(decidedOn, later));
        expect(laterTakeover >= takeoverDayByIntegrationAct(decidedOn)).toBe(true);
      }),
    );
  });

  it('refuses a day that does not exist', () => {
    expect(() => takeoverDayByIntegrationAct('2027-02-30')).toThrow(RangeError);
  });
});

describe('takeover by the Ukraine act § 30', () => {
  it.each([
    // case, decided on, weekdays allowed, taken over on
    ['4 weekdays from a Monday: Friday', '2022-06-13', 4, '2022-06-17'],
    ['4 weekdays from a Tuesday: over the weekend', '2022-06-14', 4, '2022-06-20'],
    ['4 weekdays from a Friday: Thursday', '2022-06-17', 4, '2022-06-23'],
    ['4 weekdays from a Saturday: Thursday', '2022-06-18', 4, '2022-06-23'],
    ['4 weekdays from a Sunday: Thursday', '2022-06-19', 4, '2022-06-23'],
    ['4 weekdays on the first day of the act', '2022-03-17', 4, '2022-03-23'],
    ['4 weekdays over Store bededag 2023', '2023-05-02', 4, '2023-05-09'],
    ['4 weekdays over Easter 2024', '2024-03-25', 4, '2024-04-03'],
    ['4 weekdays on the last day of that rule, Easter Sunday 2024', '2024-03-31', 4, '2024-04-05'],
    ['15 weekdays on the first day of that rule, Easter Monday 2024', '2024-04-01', 15, '2024-04-22'],
    ['15 weekdays: Monday to Monday three weeks later', '2024-08-05', 15, '2024-08-26'],
    ['15 weekdays: Monday to Monday over the former Store bededag 2024', '2024-04-15', 15, '2024-05-06'],
    ['15 weekdays from a Friday: Friday three weeks later', '2024-08-09', 15, '2024-08-30'],
    ['15 weekdays from a Saturday: as from the Friday', '2024-08-10', 15, '2024-08-30'],
    ['15 weekdays over Constitution Day, no public holiday', '2026-06-01', 15, '2026-06-22'],
    ['15 weekdays over Easter 2024', '2024-03-18', 15, '2024-04-11'],
    ['15 weekdays over Ascension and Whit Monday 2024', '2024-05-06', 15, '2024-05-29'],
    ['15 weekdays over Christmas 2024: the 24th and 31st count', '2024-12-16', 15, '2025-01-09'],
  ])('%s: decided %s, %i weekdays, taken over %s', (_, decidedOn, weekdays, expected) => {
    expect(takeoverDayByUkraineAct(decidedOn, weekdays)).toBe(expected);
  });

  it('is the last of exactly the allowed weekdays, the decision day not counted', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(4, 15), (decidedOn, weekdays) => {
        const takeover = takeoverDayByUkraineAct(decidedOn, weekdays);
        expect(isWorkingDay(takeover)).toBe(true);
        expect(daysAfter(decidedOn, takeover).filter(isWorkingDay)).toHaveLength(weekdays);
      }),
    );
  });

  it('comes within 4 weekdays no later than within 15', () => {
    fc.assert(
      fc.property(anyDay, (decidedOn) => {
        expect(takeoverDayByUkraineAct(decidedOn, 4) < takeoverDayByUkraineAct(decidedOn, 15)).toBe(true);
      }),
    );
  });

  it('refuses a day that does not exist', () => {
    expect(() => takeoverDayByUkraineAct('2027-02-30', 15)).toThrow(RangeError);
  });
});

function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

function daysAfter(day: Day, last: Day): Day[] {
  return Array.from({ length: daysBetween(day, last) }, (_, n) => addDays(day, n + 1));
}
