import ical, { ICalEventClass, ICalEventTransparency } from 'ical-generator';
import type { Day } from '../platform/calendar/calendar.js';

/** One thing to do, as a calendar may know it: what and until when, not about whom. */
export interface CalendarEntry {
  id: string;
  title: string;
  onDay: Day;
  /** How often its day moved. */
  moves: number;
  changedAt: Date;
  /** Where to read more, behind sign-in. */
  url: string;
}

const REFRESH_SECONDS = 3_600;

/** A calendar as RFC 5545 has it: whole days, which take nobody's time, without alarms. The same entries, the same text. */
export function calendarOf(entries: readonly CalendarEntry[]): string {
  const calendar = ical({
    name: 'Ankomst',
    prodId: { company: 'Ankomst', product: 'follow-ups' },
    ttl: REFRESH_SECONDS,
  });
  for (const { id, title, onDay, moves, changedAt, url } of entries) {
    calendar.createEvent({
      id: `${id}@ankomst`,
      sequence: moves,
      stamp: changedAt,
      // a day as text is that day at midnight UTC, which is how it is written out again
      start: onDay,
      allDay: true,
      summary: title,
      url,
      class: ICalEventClass.PRIVATE,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString()}\r\n`;
}
