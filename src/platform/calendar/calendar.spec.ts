import fc from 'fast-check';
import {
  type ClosingDay,
  type Day,
  addDays,
  addMonths,
  addWorkingDays,
  addYears,
  daysBetween,
  isDay,
  isOpenDay,
  isPublicHoliday,
  isWorkingDay,
  lastDayOfPeriod,
  openDayOnOrAfter,
  openDayOnOrBefore,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './calendar.js';

const closings: ClosingDay[] = [
  { month: 6, day: 5 },
  { month: 12, day: 24 },
  { month: 12, day: 31 },
];

describe('a day', () => {
  it.each([
    ['the first day we know', '1900-01-01', true],
    ['the last day we know', '2199-12-31', true],
    ['29 February in a leap year', '2028-02-29', true],
    ['29 February in another year', '2027-02-29', false],
    ['29 February 1900, which was no leap year', '1900-02-29', false],
    ['31 April', '2027-04-31', false],
    ['month 13', '2027-13-01', false],
    ['month 0', '2027-00-10', false],
    ['day 0', '2027-01-00', false],
    ['the year before the first', '1899-12-31', false],
    ['the year after the last', '2200-01-01', false],
    ['a single-digit month', '2027-1-01', false],
    ['an instant', '2027-01-01T00:00:00Z', false],
    ['a trailing newline', '2027-01-01\n', false],
    ['a leading space', ' 2027-01-01', false],
    ['the Danish way of writing', '01-01-2027', false],
    ['an empty text', '', false],
    ['nothing', undefined, false],
    ['a number', 20270101, false],
    ['a list holding a day', ['2027-01-01'], false],
  ])('%s', (_, text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  it('is the same set of days that JavaScript counts from 1900 to 2199', () => {
    let days = 0;
    for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2200, 0, 1); at += 86_400_000, days++) {
      if (!isDay(new Date(at).toISOString().slice(0, 10))) throw new Error(new Date(at).toISOString());
    }
    expect(days).toBe(109_573);
  });

  it.each<[string, (day: Day) => unknown]>([
    ['addDays', (day) => addDays(day, 0)],
    ['addMonths', (day) => addMonths(day, 0)],
    ['addYears', (day) => addYears(day, 0)],
    ['daysBetween, first', (day) => daysBetween(day, '2027-01-01')],
    ['daysBetween, second', (day) => daysBetween('2027-01-01', day)],
    ['lastDayOfPeriod', (day) => lastDayOfPeriod(day, 1)],
    ['isPublicHoliday', isPublicHoliday],
    ['isWorkingDay', isWorkingDay],
    ['isOpenDay', (day) => isOpenDay(day, closings)],
    ['workingDayOnOrBefore', workingDayOnOrBefore],
    ['workingDayOnOrAfter', workingDayOnOrAfter],
    ['openDayOnOrBefore', (day) => openDayOnOrBefore(day, closings)],
    ['openDayOnOrAfter', (day) => openDayOnOrAfter(day, closings)],
    ['addWorkingDays', (day) => addWorkingDays(day, 1)],
  ])('that does not exist is refused by %s', (_, use) => {
    expect(() => use('2027-02-29')).toThrow(RangeError);
    expect(() => use('2027-02-28T00:00')).toThrow(RangeError);
  });

  it.each<[string, () => unknown]>([
    ['the day after the last', () => addDays('2199-12-31', 1)],
    ['the day before the first', () => addDays('1900-01-01', -1)],
    ['the month after the last', () => addMonths('2199-12-31', 1)],
    ['the year before the first', () => addYears('1900-01-01', -1)],
    ['half a day', () => addDays('2027-01-01', 0.5)],
    ['no working day', () => addWorkingDays('2027-01-01', 0)],
    ['working days back', () => addWorkingDays('2027-01-01', -1)],
    ['half a working day', () => addWorkingDays('2027-01-01', 0.5)],
    ['a number of working days that is none', () => addWorkingDays('2027-01-01', Number.NaN)],
  ])('is refused as an answer: %s', (_, ask) => {
    expect(ask).toThrow(RangeError);
  });
});

describe('public holidays', () => {
  it.each([
    ['Easter Sunday 2019', '2019-04-21'],
    ['Easter Sunday 2023', '2023-04-09'],
    ['Easter Sunday 2024', '2024-03-31'],
    ['Easter Sunday 2026', '2026-04-05'],
    ['Easter Sunday 2027', '2027-03-28'],
    ['New Year 2027', '2027-01-01'],
    ['Maundy Thursday (Skærtorsdag) 2027', '2027-03-25'],
    ['Good Friday 2027', '2027-03-26'],
    ['Easter Monday 2027', '2027-03-29'],
    ['Ascension 2027', '2027-05-06'],
    ['Whit Sunday 2027', '2027-05-16'],
    ['Whit Monday 2027', '2027-05-17'],
    ['Christmas Day 2027', '2027-12-25'],
    ['Boxing Day 2028', '2028-12-26'],
    ['Store bededag in 2023, its last year', '2023-05-05'],
    ['Whit Monday 2017, though also 5 June', '2017-06-05'],
    ['Ascension 2008, though also 1 May', '2008-05-01'],
  ])('%s is a holiday and no working day', (_, day) => {
    expect([isPublicHoliday(day), isWorkingDay(day)]).toEqual([true, false]);
  });

  it.each([
    ['the Friday of Store bededag in 2024, the first year without it', '2024-04-26'],
    ['the Friday of Store bededag in 2026', '2026-05-01'],
    ['1 May 2024', '2024-05-01'],
    ['the day after Ascension 2027', '2027-05-07'],
    ['Constitution Day, 5 June 2026', '2026-06-05'],
    ['24 December 2026', '2026-12-24'],
    ['31 December 2026', '2026-12-31'],
    ['the Tuesday after Easter 2027', '2027-03-30'],
  ])('%s is a working day', (_, day) => {
    expect([isPublicHoliday(day), isWorkingDay(day)]).toEqual([false, true]);
  });

  it.each([
    ['Saturday', '2026-11-21'],
    ['Sunday', '2026-11-22'],
  ])('an ordinary %s is neither a holiday nor a working day', (_, day) => {
    expect([isPublicHoliday(day), isWorkingDay(day)]).toEqual([false, false]);
  });

  it('agree with the Gregorian computation of Easter in every year a case may touch', () => {
    for (let year = 2010; year <= 2050; year++) {
      const easter = easterSunday(year);
      const movable = [-3, -2, 0, 1, 39, 49, 50, ...(year <= 2023 ? [26] : [])];
      const expected = [
        ...movable.map((days) => addDays(easter, days)),
        ...['01-01', '12-25', '12-26'].map((rest) => `${year}-${rest}`),
      ];
      expect(daysOf(year).filter(isPublicHoliday)).toEqual([...new Set(expected)].sort());
    }
  });
});

describe('local closing days', () => {
  it.each([
    ['Constitution Day', '2026-06-05', false],
    ['Christmas Eve', '2026-12-24', false],
    ["New Year's Eve", '2026-12-31', false],
    ['1 May, which is not on the list', '2024-05-01', true],
    ['5 December, another month', '2025-12-05', true],
    ['24 June, another month', '2026-06-24', true],
    ['Good Friday', '2027-03-26', false],
    ['a Saturday', '2026-11-21', false],
  ])('%s', (_, day, open) => {
    expect(isOpenDay(day, closings)).toBe(open);
  });

  it('with none, the working days are the open days', () => {
    expect(isOpenDay('2026-06-05', [])).toBe(true);
  });

  it.each([
    ['Constitution Day 2026, a Friday', '2026-06-05', '2026-06-04', '2026-06-08'],
    ['Christmas 2026, Thursday to Sunday', '2026-12-26', '2026-12-23', '2026-12-28'],
    ['New Year 2026, Thursday to Sunday', '2027-01-02', '2026-12-30', '2027-01-04'],
    ['an open day', '2026-11-20', '2026-11-20', '2026-11-20'],
  ])('around %s the open days before and after', (_, day, before, after) => {
    expect([openDayOnOrBefore(day, closings), openDayOnOrAfter(day, closings)]).toEqual([before, after]);
  });
});

describe('the working day on or before, and on or after', () => {
  it.each([
    ['a working day itself', '2026-11-20', '2026-11-20', '2026-11-20'],
    ['a Saturday', '2026-11-21', '2026-11-20', '2026-11-23'],
    ['Easter Sunday 2027', '2027-03-28', '2027-03-24', '2027-03-30'],
    ['Store bededag 2023', '2023-05-05', '2023-05-04', '2023-05-08'],
    ['1 January 2027, a Friday', '2027-01-01', '2026-12-31', '2027-01-04'],
    ['the six-month day in the example of the four talks', '2027-08-15', '2027-08-13', '2027-08-16'],
    ['5 June, closed but a working day', '2026-06-05', '2026-06-05', '2026-06-05'],
  ])('%s', (_, day, before, after) => {
    expect([workingDayOnOrBefore(day), workingDayOnOrAfter(day)]).toEqual([before, after]);
  });
});

describe('adding days', () => {
  it.each([
    ['into summer time', '2027-03-27', 1, '2027-03-28'],
    ['out of the night that loses an hour', '2027-03-28', 1, '2027-03-29'],
    ['into winter time', '2026-10-24', 1, '2026-10-25'],
    ['out of the night that gains an hour', '2026-10-25', 1, '2026-10-26'],
    ['back over the night that gains an hour', '2026-10-26', -1, '2026-10-25'],
    ['over the end of a year', '2026-12-31', 1, '2027-01-01'],
    ['back over the end of a year', '2027-01-01', -1, '2026-12-31'],
    ['over a leap day', '2028-02-28', 2, '2028-03-01'],
    ['none', '2026-11-20', 0, '2026-11-20'],
  ])('%s', (_, day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  it('counts a whole year over both changes of the clock', () => {
    expect(daysBetween('2026-03-01', '2027-03-01')).toBe(365);
  });
});

describe('adding months and years', () => {
  it.each([
    ['the same day number', '2026-11-03', 1, '2026-12-03'],
    ['31 January to 28 February', '2027-01-31', 1, '2027-02-28'],
    ['31 January to 29 February in a leap year', '2028-01-31', 1, '2028-02-29'],
    ['two months at once are not clipped by the month between', '2027-01-31', 2, '2027-03-31'],
    ['28 February does not stretch to the end of March', '2027-02-28', 1, '2027-03-28'],
    ['over the end of a year', '2026-12-31', 2, '2027-02-28'],
    ['back', '2027-03-31', -1, '2027-02-28'],
    ['contract one month after a takeover on 1 February', '2027-02-01', 1, '2027-03-01'],
    ['six months after a § 17 visitation on 15 February', '2027-02-15', 6, '2027-08-15'],
    ['six months after a birth on 3 June', '2027-06-03', 6, '2027-12-03'],
  ])('months: %s', (_, day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it.each([
    ['an ordinary birthday', '1980-05-17', 40, '2020-05-17'],
    ['29 February one year on', '2028-02-29', 1, '2029-02-28'],
    ['29 February four years on', '2028-02-29', 4, '2032-02-29'],
    ['29 February to 2100, no leap year', '2096-02-29', 4, '2100-02-28'],
  ])('years: %s', (_, day, years, expected) => {
    expect(addYears(day, years)).toBe(expected);
  });

  it.each([
    ['a two-year course from the 1st', '2019-03-01', 24, '2021-02-28'],
    ['a two-year course ending in a leap February', '2026-03-01', 24, '2028-02-29'],
    ['a course from mid-month', '2026-11-16', 24, '2028-11-15'],
    ['one month from 31 January, clipped before the last day is taken', '2027-01-31', 1, '2027-02-27'],
    ['a calendar year', '2027-01-01', 12, '2027-12-31'],
  ])('the last day of a period: %s', (_, start, months, expected) => {
    expect(lastDayOfPeriod(start, months)).toBe(expected);
  });
});

describe('adding working days', () => {
  it.each([
    ['the next day', '2026-11-16', 1, '2026-11-17'],
    ['from Friday over the weekend', '2026-11-20', 1, '2026-11-23'],
    ['from a Saturday the Monday is the first', '2026-11-21', 1, '2026-11-23'],
    ['from a holiday', '2027-03-25', 1, '2027-03-30'],
    ['seven working days over Easter', '2027-03-22', 7, '2027-04-05'],
    ['24 and 31 December count', '2026-12-23', 6, '2027-01-04'],
  ])('%s', (_, day, n, expected) => {
    expect(addWorkingDays(day, n)).toBe(expected);
  });
});

describe('for any day', () => {
  const anyDay = fc.integer({ min: 0, max: 250 * 365 }).map((days) => addDays('1925-01-01', days));
  const manyMonths = fc.integer({ min: -240, max: 240 });

  it('adding days agrees with counting milliseconds in UTC, and going back leads home', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -8000, max: 8000 }), (day, days) => {
        const there = addDays(day, days);
        expect(there).toBe(new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10));
        expect(addDays(there, -days)).toBe(day);
        expect(daysBetween(day, there)).toBe(days);
      }),
    );
  });

  it('string order is the order of days', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
    );
  });

  it('adding months lands exactly so many months on, and never on a later day number', () => {
    fc.assert(
      fc.property(anyDay, manyMonths, (day, months) => {
        const there = addMonths(day, months);
        expect(monthNumber(there) - monthNumber(day)).toBe(months);
        const clipped = there.slice(8) < day.slice(8);
        expect(there.slice(8) === day.slice(8) || (clipped && addDays(there, 1).endsWith('-01'))).toBe(true);
      }),
    );
  });

  it('a year is twelve months', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (day, years) => {
        expect(addYears(day, years)).toBe(addMonths(day, 12 * years));
      }),
    );
  });

  it('the working day on or before is the last one up to it', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const found = workingDayOnOrBefore(day);
        expect(found <= day && isWorkingDay(found)).toBe(true);
        expect(daysFrom(addDays(found, 1), day).some(isWorkingDay)).toBe(false);
      }),
    );
  });

  it('the working day on or after is the first one from it', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const found = workingDayOnOrAfter(day);
        expect(found >= day && isWorkingDay(found)).toBe(true);
        expect(daysFrom(day, addDays(found, -1)).some(isWorkingDay)).toBe(false);
      }),
    );
  });

  it('the open days enclose the working days, with nothing open between', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [before, after] = [openDayOnOrBefore(day, closings), openDayOnOrAfter(day, closings)];
        expect(before <= workingDayOnOrBefore(day) && workingDayOnOrAfter(day) <= after).toBe(true);
        expect(isOpenDay(before, closings) && isOpenDay(after, closings)).toBe(true);
        const between = daysFrom(addDays(before, 1), addDays(after, -1)).filter((other) => other !== day);
        expect(between.some((other) => isOpenDay(other, closings))).toBe(false);
      }),
    );
  });

  it('adding n working days leaves exactly n working days after the day, the last being the answer', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (day, n) => {
        const reached = addWorkingDays(day, n);
        expect(isWorkingDay(reached)).toBe(true);
        expect(daysFrom(addDays(day, 1), reached).filter(isWorkingDay)).toHaveLength(n);
      }),
    );
  });
});

function monthNumber(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

function daysFrom(first: Day, last: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, n) => addDays(first, n));
}

function daysOf(year: number): Day[] {
  return daysFrom(`${year}-01-01`, `${year}-12-31`);
}

/** The anonymous Gregorian algorithm (Meeus, Jones, Butcher), as an authority other than the library. */
function easterSunday(year: number): Day {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  return addDays(`${year}-03-01`, h + l - 7 * m + 21);
}
