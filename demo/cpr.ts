// CPR Act; the number's form as CPR-kontoret describes it.
import { fitsModulus11 } from '../src/refugees/cpr.js';
import type { Person } from './people.js';

const SERIALS = 1_900;

/**
 * An invented CPR number: the birthday, and a serial that says the right century and sex. It fails the check with
 * modulus 11 on purpose: nearly every number that passes it may belong to somebody.
 */
export function inventedCpr({ bornOn, sex, number }: Pick<Person, 'bornOn' | 'sex' | 'number'>): string {
  const [year, month, day] = bornOn.split('-');
  // The seventh digit tells the century: 0-3 for 1900-1999, 4-9 for 2000-2036.
  const first = year < '2000' ? 0 : 4_000;
  const isMale = sex === 'male' ? 1 : 0;
  for (let step = number * 7; ; step++) {
    const serial = String(first + 2 * (step % SERIALS) + isMale).padStart(4, '0');
    const digits = `${day}${month}${year.slice(2)}${serial}`;
    if (!fitsModulus11(digits)) return digits;
  }
}
