// What a new row of a rule may say (no act: our own guard, so that a slip of the pen does not stop a formula).
import { isDay } from '../platform/calendar/calendar.js';

/** Values a rule that names a formula or a case may take; other texts would mean nothing to the code. */
const NAMED_VALUES: Record<string, readonly string[]> = {
  'takeover.rule': ['end_of_first_whole_month'],
  'ratio.count_method': ['heads', 'fte_4_months'],
  'igu.family_scope': ['to_refugee', 'any'],
};

/** The longest time a rule may give, by what its unit begins with; it keeps every calculated day in the calendar. */
const LONGEST: readonly [unit: RegExp, most: number][] = [
  [/^(weekdays|working days)/, 366],
  [/^days/, 3660],
  [/^weeks/, 520],
  [/^month/, 240],
  [/^year/, 40],
];
const LARGEST = 1_000_000;

/** Whether `value` can carry on a rule whose last row was `before`, in `unit`: same kind, sensible, known if named. */
export function carriesOn(
  key: string,
  before: unknown,
  value: number | string | boolean,
  unit: string,
): boolean {
  if (typeof value !== typeof before) return false;
  if (unit === 'date') return isDay(value);
  if (typeof value === 'number')
    return isSensible(value, unit) && (Number.isInteger(value) || !Number.isInteger(before));
  return NAMED_VALUES[key]?.includes(value as string) ?? true;
}

function isSensible(value: number, unit: string): boolean {
  const time = LONGEST.find(([kind]) => kind.test(unit));
  return time ? value >= 1 && value <= time[1] : value >= 0 && value <= LARGEST;
}
