/** What one measurement says, and whether that is enough. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it is measured beside. */
  reference: string;
  target?: { op: '>=' | '<='; bound: number };
}

export type Verdict = 'ok' | 'short' | 'said';

export function verdict({ value, target }: Figure): Verdict {
  if (!target) return 'said';
  return (target.op === '>=' ? value >= target.bound : value <= target.bound) ? 'ok' : 'short';
}

/** `figure opened_case 0.71 ratio reference=bare_fastify target>=0.6 ok` */
export function figureLine(figure: Figure): string {
  const { name, value, unit, reference, target } = figure;
  const aim = target ? `target${target.op}${target.bound}` : 'target=none';
  return `figure ${name} ${rounded(value)} ${unit} reference=${reference} ${aim} ${verdict(figure)}`;
}

/** Two decimals below ten, none from a hundred: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));
}

/** The middle value, or the mean of the two in the middle. @throws of an empty list */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
