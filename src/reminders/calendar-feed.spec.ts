import ICAL from 'ical.js';
import { calendarOf, type CalendarEntry } from './calendar-feed.js';

const entry = (over: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: '0190f9a0-0000-7000-8000-000000000000',
  title: 'Integrationskontrakt',
  onDay: '2027-03-01',
  moves: 0,
  changedAt: new Date('2026-12-01T09:00:00.000Z'),
  url: 'https://ankomst.example.dk/follow-ups/0190f9a0-0000-7000-8000-000000000000',
  ...over,
});

/** As a calendar program reads it. */
const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));
const unfolded = (text: string): string => text.replaceAll('\r\n ', '');

describe('the calendar of follow-ups, read by a calendar program', () => {
  test.each([
    ['an ordinary day', '2027-03-01', '2027-03-02'],
    ['Easter Sunday, on which the clock goes forward', '2027-03-28', '2027-03-29'],
    ['the day the clock goes back', '2027-10-31', '2027-11-01'],
    ['the day of a leap year', '2028-02-29', '2028-03-01'],
    ['the day before it', '2028-02-28', '2028-02-29'],
    ['the last day of a year', '2027-12-31', '2028-01-01'],
  ])('%s is that one whole day', (_, onDay, next) => {
    const text = calendarOf([entry({ onDay })]);
    const [event] = read(text);
    expect([event.startDate.isDate, event.startDate.toString()]).toEqual([true, onDay]);
    expect(event.endDate.toString()).toBe(next);
    expect(text).toContain(`DTSTART;VALUE=DATE:${onDay.replaceAll('-', '')}\r\n`);
  });

  test.each([
    ['Danish letters', 'Æblegrød på Åsen – årlig opfølgning'],
    ['marks that mean something', 'Samtale; plan, mål \\ "aftale": ja\\nej'],
    ['a new line', 'Først\nså'],
    ['words that look like another line', 'Samtale\r\nEND:VEVENT\r\nBEGIN:VALARM'],
    ['letters outside the plane', '🌸 سلام ሰላም 𝒜'],
    ['a title of many lines', 'Opfølgning på integrationskontrakten med ægtefælle og børn å '.repeat(20)],
  ])('%s come back as they were, in lines of 75 octets at most that end as they must', (_, title) => {
    const text = calendarOf([entry({ title }), entry({ id: 'another', title: 'after it' })]);
    expect(read(text).map(({ summary }) => summary)).toEqual([title.replaceAll('\r\n', '\n'), 'after it']);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.join('')).not.toMatch(/[\r\n]/);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    for (const line of lines) expect(Buffer.from(line).toString()).toBe(line);
  });

  it('has for each an identity that stays, and says how often and when it was changed', () => {
    const [event] = read(calendarOf([entry({ moves: 2 })]));
    expect([event.uid, event.sequence]).toEqual(['0190f9a0-0000-7000-8000-000000000000@ankomst', 2]);
    expect(event.component.getFirstPropertyValue('dtstamp')!.toString()).toBe('2026-12-01T09:00:00Z');
    expect(event.component.getFirstPropertyValue('url')).toBe(entry().url);
  });

  it('takes nobody’s time, wakes nobody, is private, and asks to be read again in an hour', () => {
    const text = unfolded(calendarOf([entry()]));
    expect(text).toContain('TRANSP:TRANSPARENT\r\n');
    expect(text).toContain('CLASS:PRIVATE\r\n');
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
    expect(text).not.toContain('VALARM');
  });

  it('is the same text for the same entries, and whole when there are none', () => {
    expect(calendarOf([entry()])).toBe(calendarOf([entry()]));
    expect(read(calendarOf([]))).toEqual([]);
    expect(calendarOf([])).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n[^]*END:VCALENDAR\r\n$/);
  });
});
