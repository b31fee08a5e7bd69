import { type Entry } from '../program.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';
import { Visitor } from '../visitor.js';

const PERSONAL = '010190-4321';
// put together when it is thrown, since a frame of the stack quotes the code that we inject
const MESSAGE = `['010190', '4321'].join('-')`;
const KINDS = {
  uncaughtException: `setImmediate(() => { throw new TypeError(${MESSAGE}); })`,
  unhandledRejection: `Promise.reject(new TypeError(${MESSAGE}))`,
};

export const diesOfUncaught: Proof = {
  check: '79',
  name: 'dies-of-uncaught',
  says: 'What nobody caught ends the program: one line of JSON without its message, exit 1, no half-open listener',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    for (const entry of ['src/main', 'src/worker'] satisfies Entry[]) {
      for (const [kind, crash] of Object.entries(KINDS)) {
        if (stage.quick && (entry === 'src/main') !== (kind === 'uncaughtException')) continue;
        stage.tell(`${kind} in ${entry}`);
        const injected = `process.on('SIGUSR2', () => { ${crash}; });`;
        const program = await (await stage.start(entry, stage.settings(store), { injected })).ready();
        const { code, signal } = await program.end('SIGUSR2');
        const lines = program.log.filter(({ left }) => left === kind);
        const isSaid = lines.length === 1 && lines[0].error === 'TypeError' && lines[0].level === 'fatal';
        const isJson = program.output
          .trimEnd()
          .split('\n')
          .every((line) => line.startsWith('{'));
        ledger.claim(
          code === 1 && isSaid && isJson && !program.output.includes(PERSONAL),
          `${entry}, ${kind}: exit ${code ?? signal}, ${lines.length} line, nothing else written`,
        );
        if (entry === 'src/main') {
          const { error } = await new Visitor(program.address).ask('GET', '/health/live');
          ledger.claim(error === 'ECONNREFUSED', `the listener is gone (${error})`);
        }
      }
    }
    const again = await stage.api(store);
    ledger.claim(again.runs, 'what a supervisor starts next comes up');
  },
};
