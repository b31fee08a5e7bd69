import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Entry } from '../program.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';

const example = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
const SHORT = 'too-short-to-be-safe';

/** Settings that production refuses: the variable, what is wrong, its value. */
type Refused = [string, string, string];
const REFUSED: Refused[] = [
  ...['TOKEN_KEYS', 'DATA_KEYS', 'INDEX_KEY', 'DATABASE_URL'].flatMap((name): Refused[] => [
    [name, 'missing', ''],
    [name, "the example's", example[name]],
  ]),
  ...['TOKEN_KEYS', 'DATA_KEYS', 'INDEX_KEY'].map((name): Refused => [name, 'short', SHORT]),
  ['LOG_LEVEL', 'debug', 'debug'],
  ['LOG_LEVEL', 'trace', 'trace'],
];

export const refusesToStart: Proof = {
  check: '83',
  name: 'refuses-to-start',
  says: "Without a secret, with an example's, with a short key, with debug in production: refuses, names it, keeps the value to itself",
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    // one of each kind in a quick run: every start takes more than a second
    const chosen = stage.choose(
      [0, 3, 5, 7, 10, 11].map((n) => REFUSED[n]),
      REFUSED,
    );
    const entries: Entry[] = stage.choose(['src/main'], ['src/main', 'src/worker']);
    const waiting = entries.flatMap((entry) => chosen.map((refused) => ({ entry, refused })));
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { entry, refused } = next;
        const [name, wrong, value] = refused;
        stage.tell(`${entry}: ${name} ${wrong}`);
        const program = await stage.start(entry, stage.settings(store, { [name]: value }));
        const { code } = await program.ended;
        const isNamed = program.output.includes(name);
        const isQuiet = value === '' || name === 'LOG_LEVEL' || !program.output.includes(value);
        ledger.claim(
          code === 1 && isNamed && isQuiet,
          `${entry}, ${name} ${wrong}: exit ${code}, ${isNamed ? 'named' : 'not named'}, ${isQuiet ? 'not shown' : 'shown'}`,
        );
      }
    };
    await Promise.all([lane(), lane()]);
  },
};
