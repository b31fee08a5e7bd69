import { isDeepStrictEqual } from 'node:util';

/** A statement as the product sent it to Postgres. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** What one request asked by name, and what the product sent for it. */
export interface Recording {
  asked: Record<string, string>;
  statements: Statement[];
}

/** Text with what the request asked, or an id made anew, in its gaps. */
export type Part = string | { asked: string } | { newId: number };

/** A parameter, as it is to be filled in for another request. */
export type Slot = { always: unknown } | { bytes: number } | { list: Slot[] } | { parts: Part[] };

export interface Step {
  text: string;
  slots: Slot[];
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Learns from two recordings of the same request, by different people and of different people, what the product sends
 * for any: what is equal stays, what was asked is filled in, and an id or bytes that only one of them has were made anew.
 * @throws when the product sent different statements, or a parameter that is none of these
 */
export function learn(first: Recording, second: Recording): Step[] {
  const [a, b] = [gapsOf(first, second), gapsOf(second, first)];
  if (first.statements.length !== second.statements.length)
    throw new Error('the product sent another number of statements the second time');
  return first.statements.map(({ text, values }, place) => {
    const other = second.statements[place];
    if (text !== other.text) throw new Error(`the product sent another statement the second time: ${text}`);
    return { text, slots: values.map((value, i) => slot(value, other.values[i], a, b, text)) };
  });
}

/** What stands where: texts of a recording and the gap each leaves. */
type Gaps = Map<string, Exclude<Part, string>>;

function gapsOf({ asked, statements }: Recording, other: Recording): Gaps {
  const gaps: Gaps = new Map(
    Object.entries(asked)
      .filter(([name, value]) => value !== other.asked[name])
      .map(([name, value]) => [value, { asked: name }]),
  );
  const [own, others] = [idsIn(statements), new Set(idsIn(other.statements))];
  const made = own.filter((id) => !others.has(id) && !gaps.has(id));
  for (const [newId, id] of [...new Set(made)].entries()) gaps.set(id, { newId });
  return gaps;
}

const idsIn = (statements: Statement[]): string[] => JSON.stringify(statements).match(UUID) ?? [];

function slot(value: unknown, other: unknown, a: Gaps, b: Gaps, text: string): Slot {
  if (Array.isArray(value) && Array.isArray(other) && value.length === other.length)
    return { list: value.map((item, i) => slot(item, other[i], a, b, text)) };
  if (
    Buffer.isBuffer(value) &&
    Buffer.isBuffer(other) &&
    !value.equals(other) &&
    value.length === other.length
  )
    return { bytes: value.length };
  if (typeof value === 'string' && typeof other === 'string') {
    const parts = cut(value, a);
    if (isDeepStrictEqual(parts, cut(other, b)))
      return parts.every((part) => typeof part === 'string') ? { always: value } : { parts };
  } else if (isDeepStrictEqual(value, other)) return { always: value };
  throw new Error(`a parameter is neither asked, nor constant, nor an id made anew, in: ${text}`);
}

/** The longest first, so that a text inside another is not found there. */
function cut(value: string, gaps: Gaps): Part[] {
  let parts: Part[] = [value];
  for (const [text, gap] of [...gaps].sort(([x], [y]) => y.length - x.length))
    parts = parts.flatMap((part) => (typeof part === 'string' ? around(part.split(text), gap) : [part]));
  return parts.filter((part) => part !== '');
}

const around = (pieces: string[], gap: Part): Part[] =>
  pieces.flatMap((piece, place) => (place === 0 ? [piece] : [gap, piece]));
