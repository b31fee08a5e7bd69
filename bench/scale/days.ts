import type { Day } from '../../src/platform/calendar/calendar.js';

const DAY_MS = 86_400_000;
const VISIT_RHYTHM_DAYS = 14;

/** Plain arithmetic of days: millions of them are wanted, and none is a deadline. */
export const after = (day: Day, days: number): Day => dayOf(Date.parse(day) + days * DAY_MS);

const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** Seen from the day of seeding. */
export class Days {
  constructor(
    readonly today: Day,
    /** The instant of seeding: nothing seeded is later. */
    readonly now: Date,
  ) {}

  ago(days: number): Day {
    return after(this.today, -days);
  }

  /** Visits to a centre come every fortnight: the first on or after a day. */
  visit(day: Day): Day {
    const rest = (Date.parse(day) / DAY_MS) % VISIT_RHYTHM_DAYS;
    return rest === 0 ? day : after(day, VISIT_RHYTHM_DAYS - rest);
  }

  /** An instant in the office hours of a day, never later than now. */
  at(day: Day, minute: number): Date {
    const ms = Date.parse(day) + (7 * 60 + (minute % 480)) * 60_000;
    return new Date(Math.min(ms, this.now.getTime()));
  }
}
