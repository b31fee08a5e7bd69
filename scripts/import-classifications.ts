import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ImportRefused } from '../src/classifications/esco-faults.js';
import { importEsco, type Imported } from '../src/classifications/esco-import.js';
import { ownersUrl } from './clock.js';

const USAGE = `npm run classifications:import -- <folder> [--version 1.2.0] [--force]
  imports the CSV files of ESCO in the folder: occupations_xx.csv, skills_xx.csv, occupationSkillRelations_xx.csv, where
  xx is a language. --version says which release they are; without it the folder's name does (… v1.2.0 …), or nobody.
  --force imports also what is older than what is here, or ends more than a fifth of it.`;
const TOLD_EVERY_MS = 2_000;

/** Says what is being done: each thing that takes two seconds, and then every two seconds how far it is. */
class Progress {
  private doing = '';
  private readonly began = performance.now();
  private readonly timer = setInterval(() => this.say(), TOLD_EVERY_MS).unref();

  readonly tell = (doing: string): void => void (this.doing = doing);

  end(): void {
    clearInterval(this.timer);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  private say(): void {
    const line = `${Math.round((performance.now() - this.began) / 1000)} s: ${this.doing}`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }
}

const COUNTS = ['added', 'changed', 'obsolete', 'unchanged'] as const;

/** What an import did, as lines for people. */
function reportOf({ id, release, files, changes }: Imported): string[] {
  const isNew = changes.some(({ added, changed, obsolete }) => added + changed + obsolete > 0);
  const table = [
    ['', ...COUNTS],
    ...changes.map((change) => [
      change.lang ? `${change.what} titles, ${change.lang}` : change.what,
      ...COUNTS.map((count) => change[count].toLocaleString('en')),
    ]),
  ];
  return [
    `import ${id} of ESCO ${release ?? '(release not said: name it with --version)'}`,
    ...files.map(({ name, rows, sha256 }) => `  ${name}: ${rows} rows, sha256 ${sha256}`),
    ...table.map(([what, ...counts]) =>
      [`  ${what.padEnd(28)}`, ...counts.map((count) => count.padStart(10))].join(''),
    ),
    isNew ? 'done' : 'done: nothing changed, all of it was here already',
    `most memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  ];
}

async function commandLine(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { version: { type: 'string' }, force: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1) throw new Error(USAGE);
  const [folder] = positionals;
  const client = new pg.Client({ connectionString: ownersUrl(), connectionTimeoutMillis: 5_000 });
  await client.connect();
  const progress = new Progress();
  try {
    const { version: release, force } = values;
    const imported = await importEsco(client, { folder, release, force, tell: progress.tell });
    progress.end();
    console.log(reportOf(imported).join('\n'));
  } finally {
    progress.end();
    await client.end();
  }
}

/** What Postgres says of itself is told with what to do. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof ImportRefused) return `refused, nothing is changed:\n${message}`;
  if (code === 'ECONNREFUSED') return 'The database does not answer';
  if (code === '42P01') return `${message}: the schema is old, run npm run migrate`;
  return message;
}

if (basename(process.argv[1] ?? '') === 'import-classifications.js') {
  await commandLine().catch((error: unknown) => {
    console.error(reasonOf(error));
    process.exitCode = 1;
  });
}
