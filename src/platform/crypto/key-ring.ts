/** Keys by their id, and which of them is used for what is made now. */
export interface KeyRing {
  current: string;
  keys: Map<string, Buffer>;
}

const ENTRY = /^[\w-]{1,16}:[A-Za-z0-9+/]{43}=$/;

/** Whether a text is a ring of keys of 32 bytes, no id twice. */
export function isKeyRing(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const entries = text.split(',');
  const ids = new Set(entries.map(idOf));
  return ids.size === entries.length && entries.every((entry) => ENTRY.test(entry));
}

/** @param text `id:base64 of 32 bytes`, newest first, separated by commas */
export function keyRing(text: string): KeyRing {
  const entries = text.split(',');
  const keys = entries.map((entry): [string, Buffer] => [
    idOf(entry),
    Buffer.from(entry.slice(entry.indexOf(':') + 1), 'base64'),
  ]);
  return { current: keys[0][0], keys: new Map(keys) };
}

const idOf = (entry: string): string => entry.slice(0, entry.indexOf(':'));
