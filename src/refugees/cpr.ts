// CPR Act; the number's form as CPR-kontoret describes it. Modulus 11 is not required since 1 October 2007.
const CPR = /^(\d{2})(\d{2})(\d{2})-?(\d{4})$/;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/** The ten digits of a CPR number, with or without hyphen; null when its day or month cannot be. */
export function cprDigits(text: string): string | null {
  const [, day, month, year, serial] = CPR.exec(text) ?? [];
  if (!day || Number(day) < 1 || Number(day) > (DAYS_IN_MONTH[Number(month) - 1] ?? 0)) return null;
  return `${day}${month}${year}${serial}`;
}

/** Whether the check digit fits. Many valid numbers of people registered as born on 1 January do not: warn, never refuse. */
export function fitsModulus11(digits: string): boolean {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * WEIGHTS[i], 0) % 11 === 0;
}

/** `010190-••••`: what is shown unless somebody reveals it. */
export function maskedCpr(digits: string): string {
  return `${digits.slice(0, 6)}-••••`;
}
