// No act says so: what a person's spells say of a day, as the practice of the house counts days.
import type { Day } from '../platform/calendar/calendar.js';
import { covers, joined, type Span } from '../platform/calendar/spans.js';

/** A spell as far as duties ask. */
export interface Stretch extends Span {
  kind: string;
}

/**
 * The unbroken stretch of spells of these kinds around a day, those that overlap or follow each other made one;
 * undefined when none covers the day. `kind` is that of the first.
 */
export const stretchOn = (
  spells: readonly Stretch[],
  kinds: readonly string[],
  on: Day,
): Stretch | undefined =>
  joined(spells.filter(({ kind }) => kinds.includes(kind))).find((stretch) => covers(stretch, on));
