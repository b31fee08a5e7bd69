import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Interrupted, stopOnSignals } from '../demo/stopping.js';
import { Ledger } from './ledger.js';
import type { Proof } from './proof.js';
import { PROOFS } from './proofs.js';
import { type Proven, report, REPORT } from './report.js';
import { Stage } from './stage.js';

const { quick, only } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
}).values;
const stop = stopOnSignals();
const begun = Date.now();
let at = '';

process.exitCode = 1;
const chosen = only
  ? PROOFS.filter(({ name, check }) => only.some((word) => word === name || word === check))
  : PROOFS.filter(({ slow }) => !(quick && slow));
if (chosen.length === 0) {
  say(`There is no proof of that name. There are: ${PROOFS.map(({ name }) => name).join(', ')}`);
  process.exit();
}
say(`${quick ? 'Quick' : 'Full'} run of ${chosen.length} proofs; PostgreSQL is starting`);
const stage = await Stage.build(quick, stop.signal, (progress) => say(`  ${at}: ${progress}`)).catch(
  (error: unknown): never => {
    say(String(error));
    process.exit(1);
  },
);
const proven: Proven[] = [];
try {
  for (const proof of chosen) {
    stop.signal.throwIfAborted();
    proven.push(await prove(proof));
  }
  process.exitCode = proven.every(({ ledger }) => ledger.holds) ? 0 : 1;
} catch (error) {
  say(error instanceof Interrupted ? `Stopping (${error.message}) …` : String(error));
} finally {
  await stage.remove();
}
const text = report(proven, { quick, begun });
writeFileSync(REPORT, text);
process.stdout.write(text);
process.exit();

async function prove(proof: Proof): Promise<Proven> {
  const ledger = new Ledger();
  const from = performance.now();
  at = proof.name;
  say(`${proof.name}: ${proof.says}`);
  try {
    await proof.run(stage, ledger);
  } catch (error) {
    stop.signal.throwIfAborted();
    ledger.claim(false, `it broke off: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await stage.clear();
  }
  const seconds = (performance.now() - from) / 1_000;
  say(`${proof.name}: ${ledger.holds ? 'holds' : 'DOES NOT HOLD'} (${seconds.toFixed(1)} s)`);
  return { proof, ledger, seconds };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
