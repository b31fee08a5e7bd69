import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';

/**
 * A calendar day in Copenhagen, `YYYY-MM-DD`, years 1900 to 2199: no time of day and no zone, so daylight
 * saving cannot move it. The fixed width makes plain string comparison (`<`, `<=`, `===`, sort) the order of
 * days. Every function here throws RangeError on a text that is no such day, or when its answer would be none.
 */
export type Day = string;

/** A day of every year on which the municipality is closed although no law says so: month 1-12, day 1-31. */
export type ClosingDay = { month: number; day: number };

const DAY = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether the text is a real day of the calendar, written in exactly ten characters. */
export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && DAY.test(text) && Number(text.slice(8)) <= daysInMonth(text);
}

/** Answers of each sum that are kept: a few megabytes. */
const MOST_REMEMBERED = 50_000;

export const addDays = remembered((day, days) => toDay(plainDate(day).add({ days })));

/** The same day number so many months on, clipped to the month's end: 31 January + 1 is 28 or 29 February. */
export const addMonths = remembered((day, months) => toDay(plainDate(day).add({ months })));

/** The anniversary on which an age or a number of years is reached; for 29 February it is the 28th in other years. */
export const addYears = remembered((day, years) => toDay(plainDate(day).add({ years })));

/** Days to go from one day to the other; negative when the second is the earlier. */
export function daysBetween(from: Day, to: Day): number {
  return plainDate(from).until(plainDate(to)).days;
}

/** The last day of a period (a course, an internship) that includes both its first and its last day. */
export function lastDayOfPeriod(start: Day, months: number): Day {
  return addDays(addMonths(start, months), -1);
}

/** Danish public holidays. Not among them: 1 May, 5 June, 24 and 31 December, and Store bededag from 2024. */
export function isPublicHoliday(day: Day): boolean {
  plainDate(day);
  return publicHolidaysOf(Number(day.slice(0, 4))).has(day);
}

/** An *arbejdsdag*: Monday to Friday and no public holiday. */
export function isWorkingDay(day: Day): boolean {
  return plainDate(day).dayOfWeek <= 5 && !isPublicHoliday(day);
}

/** A working day on which the municipality is not closed either. Only delivery asks for it, deadlines never do. */
export function isOpenDay(day: Day, closings: readonly ClosingDay[]): boolean {
  return isWorkingDay(day) && !closings.some((closing) => fallsOn(closing, day));
}

export function workingDayOnOrBefore(day: Day): Day {
  return nearest(day, -1, isWorkingDay);
}

export function workingDayOnOrAfter(day: Day): Day {
  return nearest(day, 1, isWorkingDay);
}

export function openDayOnOrBefore(day: Day, closings: readonly ClosingDay[]): Day {
  return nearest(day, -1, (candidate) => isOpenDay(candidate, closings));
}

export function openDayOnOrAfter(day: Day, closings: readonly ClosingDay[]): Day {
  return nearest(day, 1, (candidate) => isOpenDay(candidate, closings));
}

/** The n-th working day after the given day, which itself is not counted; n is a whole number from 1. */
export function addWorkingDays(day: Day, n: number): Day {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`not a number of working days: ${n}`);
  let reached = day;
  for (let left = n; left > 0; left--) reached = workingDayAfter(reached);
  return reached;
}

const following = new Map<Day, Day>();

function workingDayAfter(day: Day): Day {
  const after = following.get(day) ?? workingDayOnOrAfter(addDays(day, 1));
  following.set(day, after);
  return after;
}

/** Planning asks for the same few sums again and again, and a sum takes longer than finding it. */
function remembered(sum: (day: Day, count: number) => Day): (day: Day, count: number) => Day {
  const known = new Map<string, Day>();
  return (day, count) => {
    const question = `${day} ${count}`;
    const answer = known.get(question) ?? sum(day, count);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(question, answer);
    return answer;
  };
}

function nearest(day: Day, step: 1 | -1, accepts: (candidate: Day) => boolean): Day {
  let candidate = day;
  while (!accepts(candidate)) candidate = addDays(candidate, step);
  return candidate;
}

function fallsOn(closing: ClosingDay, day: Day): boolean {
  return closing.month === Number(day.slice(5, 7)) && closing.day === Number(day.slice(8));
}

function daysInMonth(day: string): number {
  return Temporal.PlainYearMonth.from(day.slice(0, 7)).daysInMonth;
}

const known = new Map<Day, Temporal.PlainDate>();

/** Reading a day takes longer than reckoning with it, and planning asks for the same ones again and again: each is read once. */
function plainDate(day: Day): Temporal.PlainDate {
  const before = known.get(day);
  if (before) return before;
  if (!isDay(day)) throw new RangeError(`not a day of 1900-2199 written YYYY-MM-DD: ${String(day)}`);
  const date = Temporal.PlainDate.from(day);
  known.set(day, date);
  return date;
}

function toDay(date: Temporal.PlainDate): Day {
  if (date.year < 1900 || date.year > 2199) throw new RangeError(`outside 1900-2199: ${date.toString()}`);
  return date.toString();
}

const denmark = new Holidays('DK');
const holidaysByYear = new Map<number, ReadonlySet<Day>>();

/** Computing a year takes milliseconds and the answer never changes, so each year is computed once. */
function publicHolidaysOf(year: number): ReadonlySet<Day> {
  let days = holidaysByYear.get(year);
  if (!days) {
    const holidays = denmark.getHolidays(year).filter(({ type }) => type === 'public');
    days = new Set(holidays.map(({ date }) => date.slice(0, 10)));
    holidaysByYear.set(year, days);
  }
  return days;
}
