// Integration Act § 4 b lets the minister suspend deadlines; a person's programme may be suspended, too. How a suspended
// deadline runs on is not in the law's text that we have [L]: its time stands still, and what was left runs on afterwards.
import { addDays, daysBetween, workingDayOnOrBefore, type Day } from '../platform/calendar/calendar.js';
import { joined, type Span } from '../platform/calendar/spans.js';

/** The window of a duty. */
export interface Window {
  earliestOn: Day;
  targetOn: Day;
  latestOn: Day;
}

/**
 * The window with the paused days left out: what of it lies after a pause has begun is moved by the days that the pause
 * took from it. `suspended` while a pause runs whose end nobody knows.
 */
export function standStill(
  window: Window,
  pauses: readonly Span[],
  today: Day,
): Window & { suspended: boolean } {
  let { earliestOn, targetOn, latestOn } = window;
  let suspended = false;
  for (const { fromOn, toOn } of joined(pauses)) {
    if (fromOn > latestOn) continue;
    if (toOn === null) {
      suspended ||= fromOn <= today;
      continue;
    }
    if (toOn < earliestOn) continue;
    const from = fromOn > earliestOn ? fromOn : earliestOn;
    const days = daysBetween(from, toOn) + 1;
    const later = (day: Day): Day => (day < from ? day : addDays(day, days));
    const moved = later(targetOn);
    [earliestOn, latestOn] = [later(earliestOn), later(latestOn)];
    targetOn = moved === targetOn ? targetOn : workingDayOnOrBefore(moved);
  }
  return { earliestOn, targetOn, latestOn, suspended };
}
