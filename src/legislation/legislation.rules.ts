// What a new row of a rule may say (no act: our own guard, so that a slip of the pen does not stop a formula).

/** Values a rule that names a formula or a case may take; other texts would mean nothing to the code. */
const NAMED_VALUES: Record<string, readonly string[]> = {
  'takeover.rule': ['end_of_first_whole_month'],
  'ratio.count_method': ['heads', 'fte_4_months'],
  'igu.family_scope': ['to_refugee', 'any'],
};

/** Whether `value` can carry on a rule whose last row was `before`, in `unit`: same kind, sensible, known if named. */
export function carriesOn(
  key: string,
  before: unknown,
  value: number | string | boolean,
  unit: string,
): boolean {
  if (typeof value !== typeof before) return false;
  if (unit === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (typeof value === 'number')
    return value >= 0 && value <= 1_000_000 && (Number.isInteger(value) || !Number.isInteger(before));
  return NAMED_VALUES[key]?.includes(value as string) ?? true;
}
