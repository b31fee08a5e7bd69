// No act says so: what a person's spells say of a day, as the practice of the house counts days.
import { addDays, type Day } from '../platform/calendar/calendar.js';

/** A spell as far as duties ask: the last day included, open while the end is not known. */
export interface Stretch {
  kind: string;
  fromOn: Day;
  toOn: Day | null;
}

/**
 * The unbroken stretch of spells of these kinds around a day, those that overlap or follow each other the next day made
 * one; undefined when none covers the day. `kind` is that of the first.
 * @param spells in the order of their first days
 */
export function stretchOn(
  spells: readonly Stretch[],
  kinds: readonly string[],
  on: Day,
): Stretch | undefined {
  const stretches: Stretch[] = [];
  for (const spell of spells.filter(({ kind }) => kinds.includes(kind))) {
    const last = stretches.at(-1);
    if (!last || (last.toOn !== null && addDays(last.toOn, 1) < spell.fromOn)) stretches.push({ ...spell });
    else if (last.toOn !== null && (spell.toOn === null || spell.toOn > last.toOn)) last.toOn = spell.toOn;
  }
  return stretches.find(({ fromOn, toOn }) => fromOn <= on && (toOn === null || on <= toOn));
}

/** The next day after `today` on which a spell begins or is over. */
export function nextTurn(spells: readonly Stretch[], today: Day): Day | null {
  const turns = spells.flatMap(({ fromOn, toOn }) => [fromOn, ...(toOn === null ? [] : [addDays(toOn, 1)])]);
  return (
    turns
      .filter((day) => day > today)
      .sort()
      .at(0) ?? null
  );
}
