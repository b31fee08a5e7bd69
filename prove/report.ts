import { cpus } from 'node:os';
import { resolve } from 'node:path';
import type { Ledger } from './ledger.js';
import type { Proof } from './proof.js';
import { HOME } from './stage.js';

export interface Proven {
  proof: Proof;
  ledger: Ledger;
  seconds: number;
}

export const REPORT = resolve(HOME, 'report.md');

const COLUMNS = [
  'check',
  'proof',
  'requests',
  'acknowledged',
  'lost',
  'doubled',
  '5xx outside the outage',
  'other errors',
  'seconds',
  'verdict',
];

/** Markdown: one row a proof, then what each of them saw. */
export function report(proven: Proven[], { quick, begun }: { quick: boolean; begun: number }): string {
  const seconds = Math.round((Date.now() - begun) / 1_000);
  return [
    '# Proof',
    '',
    `What \`npm run prove${quick ? ' -- --quick' : ''}\` saw on ${new Date(begun).toISOString().slice(0, 10)}, on Node ${process.versions.node} and ${cpus().length} cores, in ${seconds} s.`,
    '',
    row(COLUMNS),
    row(COLUMNS.map((name) => (['check', 'proof', 'verdict'].includes(name) ? '---' : '--:'))),
    ...proven.map(rowOf),
    '',
    ...proven.flatMap(chapter),
  ].join('\n');
}

const row = (cells: unknown[]): string => `| ${cells.map(String).join(' | ')} |`;
const verdict = ({ holds }: { holds: boolean }): string => (holds ? 'holds' : '**does not hold**');

function rowOf({ proof, ledger, seconds }: Proven): string {
  const { requests, acknowledged, lost, doubled, unexpected5xx, otherErrors } = ledger;
  const counts = [requests, acknowledged, lost, doubled, unexpected5xx, otherErrors];
  return row([proof.check, proof.name, ...counts, seconds.toFixed(1), verdict(ledger)]);
}

function chapter({ proof, ledger }: Proven): string[] {
  return [
    `## ${proof.name}`,
    '',
    `${proof.says}.`,
    '',
    ...ledger.claims.map((claim) => `- ${claim.holds ? '' : '**does not hold**: '}${claim.text}`),
    ...(ledger.otherErrors > 0 ? [`- **other errors**: ${ledger.errorsInWords}`] : []),
    ...[...ledger.notes].map((note) => `- not tried: ${note}`),
    '',
  ];
}
