import { addDays, type Day } from './calendar.js';

/** Days in a row, the last one included; open while nobody knows the end. */
export interface Span {
  fromOn: Day;
  toOn: Day | null;
}

export const covers = ({ fromOn, toOn }: Span, day: Day): boolean =>
  fromOn <= day && (toOn === null || day <= toOn);

/** The spans in order, those that overlap or follow each other the next day made one, which is else like the first of them. */
export function joined<S extends Span>(spans: readonly S[]): S[] {
  const all: S[] = [];
  for (const span of [...spans].sort((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0))) {
    const last = all.at(-1);
    if (!last || (last.toOn !== null && addDays(last.toOn, 1) < span.fromOn)) all.push({ ...span });
    else if (last.toOn !== null && (span.toOn === null || span.toOn > last.toOn)) last.toOn = span.toOn;
  }
  return all;
}

/** The next day after `day` on which a span begins or is over; null when none does. */
export function nextBoundary(spans: readonly Span[], day: Day): Day | null {
  const boundaries = spans.flatMap(({ fromOn, toOn }) => [
    fromOn,
    ...(toOn === null ? [] : [addDays(toOn, 1)]),
  ]);
  return (
    boundaries
      .filter((boundary) => boundary > day)
      .sort()
      .at(0) ?? null
  );
}
