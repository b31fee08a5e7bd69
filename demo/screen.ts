const NAME_WIDTH = 14;
const TELL_EVERY_MS = 1_000;

/** Tells how far a step has come; shown once a second while the step lasts. */
export type Tell = (progress: string) => void;

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A step of the start: what came of it in one line, and a line a second for as long as it takes. */
export async function step<Result>(
  name: string,
  work: (tell: Tell) => Promise<Result>,
  summary: (result: Result) => string,
): Promise<Result> {
  const begun = Date.now();
  let progress = 'working';
  const ticking = setInterval(() => sayAligned(name, progress, secondsSince(begun)), TELL_EVERY_MS);
  try {
    const result = await work((text) => (progress = text));
    sayAligned(name, summary(result), secondsSince(begun));
    return result;
  } finally {
    clearInterval(ticking);
  }
}

function sayAligned(name: string, text: string, time: string): void {
  say(`  ${name.padEnd(NAME_WIDTH)}${text.padEnd(66)} ${time.padStart(6)}`);
}

const secondsSince = (begun: number): string => `${((Date.now() - begun) / 1000).toFixed(1)} s`;

/** Rows as a table: every column as wide as its widest cell. */
export function sayTable(rows: string[][]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    say(`  ${row.map((cell, column) => cell.padEnd(widths[column])).join('   ')}`.trimEnd());
  }
}
