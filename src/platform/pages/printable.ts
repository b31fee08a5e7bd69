/** Marks that turn the direction of whatever comes after them on the page. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Letters without a space between them: longer than any word, so that a line may break there. */
const ENDLESS = /[^\s\u200b]{24}(?=\S)/gu;

/** Text as it can stand on a page: it turns nobody else's direction, and it breaks before it runs out of its column. */
export function printable(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(DIRECTIONS, '').replace(ENDLESS, '$&\u200b') : value;
}

/** The first `most` letters of a text, with … where there was more. */
export function clipped(text: string, most: number): string {
  const letters = Array.from(text.replace(/\s+/g, ' '));
  return letters.length <= most
    ? letters.join('')
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
