import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import { format } from 'prettier';
import { rounded, verdict, type Figure } from './figures.js';
import { withSection } from './sections.js';

const FILE = 'docs/performance.md';

const HEAD = `# Performance

Written by \`npm run bench\`, and by \`npm run bench -- --scale\` for the second size; a run replaces the section of its
own size only. How it is measured, and why so: [ADR 17](adr/0017-each-figure-beside-its-reference.md).

**How to read it.** A ratio is our throughput divided by the reference's: 1.0 is no overhead. The reference is bare
Fastify and pg in a process of its own; it sends the very statements that the program was seen to send for the same
request, over as many connections to Postgres, and lacks sign-in, validation and Nest. Both answer the same 20
connections of one load generator, in turn. What the worker does stands beside a bare loop of pg: the planner beside
one that only reads the same facts (\`facts_read\`), the delivery beside one that sends the same statement
(\`bare_loop\`); a mail of ours is also written to a file. \`esco_import\` is the time of a bare COPY of the same file, without
a key or an index, divided by that of importing it. \`_cpu\` is time of the processor for one reply, which a busy
machine changes least; the number after a colon is what the reference took. \`short\` is under the target, \`said\` has
none. p50 and p99 are with all 20 connections waiting, on processors that program, Postgres and load generator share.
`;

/** What the figures of a run were taken on. */
export interface Circumstances {
  persons: number;
  postgres: string;
  /** Tasks that wanted a processor when the run began. */
  load: number;
}

export const loadNow = (): number => loadavg()[0];

/** Writes the section of this size; the other one stays as it is. */
export async function writeReport(circumstances: Circumstances, figures: readonly Figure[]): Promise<void> {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const report = withSection(HEAD, before, headingOf(circumstances), sectionOf(circumstances, figures));
  writeFileSync(FILE, await format(report, { parser: 'markdown', printWidth: 110 }));
}

const headingOf = ({ persons }: Circumstances): string => `${persons.toLocaleString('en')} persons`;

function sectionOf({ postgres, load }: Circumstances, figures: readonly Figure[]): string {
  const processors = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`;
  const day = new Date().toISOString().slice(0, 10);
  return [
    `${day}; ${type()}, ${processors}, ${memory}; Node ${process.versions.node}, PostgreSQL ${postgres}; load ${rounded(load)} when it began.`,
    '',
    '| figure | value | unit | reference | target | |',
    '| --- | ---: | --- | --- | --- | --- |',
    ...figures.map(row),
  ].join('\n');
}

function row(figure: Figure): string {
  const { name, value, unit, reference, target } = figure;
  const aim = target ? `${target.op} ${target.bound}` : '';
  return `| ${name} | ${rounded(value)} | ${unit} | ${reference} | ${aim} | ${verdict(figure)} |`;
}
