import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { progress, startCluster } from './cluster.js';
import { seedScale } from './scale/seeding.js';
import { TakeDown } from './take-down.js';

const USAGE = `npm run seed:scale -- --persons 200000
  seeds a database of the bench, or the one of MIGRATION_DATABASE_URL (with DATA_KEYS and INDEX_KEY), which must be
  migrated and not in production`;

/** On a terminal one line that changes, else a line each. */
const tell = (line: string): void =>
  void process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);

async function seedOwn(persons: number): Promise<void> {
  const down = new TakeDown();
  const cluster = await startCluster();
  down.add(cluster.stop);
  try {
    const database = await cluster.seeded(persons, tell);
    console.log(`\n${database} is seeded; \`npm run bench\` measures on a copy of it`);
  } finally {
    await down.now();
  }
}

/** Somebody else's database: invented people must never come among real ones. */
async function seedGiven(url: string, persons: number): Promise<void> {
  const { NODE_ENV, DATA_KEYS, INDEX_KEY } = process.env;
  if (NODE_ENV === 'production') throw new Error('No invented people in production');
  if (!DATA_KEYS || !INDEX_KEY) throw new Error('DATA_KEYS and INDEX_KEY are missing: those of the API');
  const password = randomBytes(12).toString('hex');
  await seedScale({ url, persons, keys: { DATA_KEYS, INDEX_KEY }, password, tell: progress(persons, tell) });
  console.log(`\nNew accounts, such as caseworker.100@scale.ankomst.dk, have the password ${password}`);
}

try {
  const { values } = parseArgs({ options: { persons: { type: 'string' } } });
  const persons = Number(values.persons);
  if (!Number.isInteger(persons) || persons < 1) throw new Error(USAGE);
  const url = process.env.MIGRATION_DATABASE_URL;
  await (url ? seedGiven(url, persons) : seedOwn(persons));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
