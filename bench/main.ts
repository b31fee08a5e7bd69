import { parseArgs } from 'node:util';
import { signInCallers } from './callers.js';
import { startCluster, type Cluster } from './cluster.js';
import { figureLine, type Figure } from './figures.js';
import { startAnswering, startProgram } from './programs.js';
import { ratioOf, type Contest } from './ratio.js';
import { rehearse } from './rehearsal.js';
import { loadNow, writeReport } from './report.js';
import { costsInside, memory, starts } from './said.js';
import { TakeDown } from './take-down.js';
import { TRAFFIC } from './traffic.js';

const PERSONS = 10_000;
const PERSONS_AT_SCALE = 200_000;
/** Of one process to Postgres, of ours and of the reference: the program's default. */
const DATABASE_CONNECTIONS = '10';

const { values } = parseArgs({
  options: { scale: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const traffic = TRAFFIC.filter(({ name }) => values.only === undefined || name === values.only);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const down = new TakeDown();

try {
  const began = performance.now();
  const load = loadNow();
  const persons = values.scale ? PERSONS_AT_SCALE : PERSONS;
  const cluster = await startCluster();
  down.add(cluster.stop);
  const figures = await measure(cluster, persons);
  if (traffic.length === TRAFFIC.length)
    await writeReport({ persons, load, postgres: cluster.version }, figures);
  tell(`done in ${Math.round((performance.now() - began) / 1000)} s; see docs/performance.md`);
} catch (error) {
  if (!down.stopped) console.error(error);
  process.exitCode = 1;
} finally {
  await down.now();
}

async function measure(cluster: Cluster, persons: number): Promise<Figure[]> {
  const database = await cluster.seeded(persons, tell);
  const copy = await cluster.copyOf(database);
  down.add(copy.drop);
  const environment = environmentFor(cluster, copy.databaseUrl);
  const figures: Figure[] = [];
  const say = (...some: Figure[]): void => {
    for (const figure of some) console.log(figureLine(figure));
    figures.push(...some);
  };

  if (!values.only) say(...(await starts(environment)));
  const ours = await startProgram('src/main.js', environment, 'bench/consumption.js');
  down.add(ours.stop);
  say(await memory('memory_idle', ours));
  const { callers } = await signInCallers(copy.databaseUrl, ours.address, cluster.secrets.password);
  const plays = await rehearse(environment, traffic, callers);
  const reference = await startProgram(
    'bench/reference.js',
    { ...environment, PLAYS: JSON.stringify(plays) },
    'bench/consumption.js',
  );
  down.add(reference.stop);
  const load = startAnswering('bench/load.js');
  down.add(load.stop);
  const contest: Contest = { load, ours, reference, callers, turns: 0 };
  for (const one of traffic) say(...(await ratioOf(contest, one)));
  say(await memory('memory_after_load', ours));
  say(...(await costsInside(environment, callers[0].token)));
  return figures;
}

/** As in production: everything on but the general limit, one log line a request, which goes to a file. */
function environmentFor({ secrets }: Cluster, databaseUrl: string): NodeJS.ProcessEnv {
  const { TOKEN_KEYS, DATA_KEYS, INDEX_KEY } = secrets;
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://127.0.0.1',
    LOG_LEVEL: 'info',
    RATE_LIMIT_PER_MINUTE: '0',
    DATABASE_URL: databaseUrl,
    DATABASE_CONNECTIONS,
    TOKEN_KEYS,
    DATA_KEYS,
    INDEX_KEY,
    MAIL_URL: 'file:.ankomst/bench/mail',
    MAIL_FROM: 'Ankomst <ankomst@localhost>',
  };
}
