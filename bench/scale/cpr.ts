// CPR Act; the number's form as CPR-kontoret describes it.
import type { Day } from '../../src/platform/calendar/calendar.js';
import { fitsModulus11 } from '../../src/refugees/cpr.js';

/** Numbers of one sex that `scaleCpr` has for a day. */
export const NUMBERS_A_DAY = 1000;

/**
 * The `place`-th invented CPR number of a day in 1900-1999 and a sex, from 0. It fails the check with modulus 11 on
 * purpose: nearly every number that passes it may belong to somebody.
 */
export function scaleCpr(bornOn: Day, sex: 'female' | 'male', place: number): string {
  const [year, month, day] = bornOn.split('-');
  const digits = (serial: number) => `${day}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`;
  const first = 4 * place + (sex === 'male' ? 1 : 0);
  return fitsModulus11(digits(first)) ? digits(first + 2) : digits(first);
}
