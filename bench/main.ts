import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRedis } from '../prove/redis.js';
import { signInCallers } from './callers.js';
import { startCluster, type Cluster } from './cluster.js';
import { delivery, type Store } from './delivery.js';
import { escoImport } from './esco-import.js';
import { figureLine, type Figure } from './figures.js';
import { HOME } from './home.js';
import { startAnswering, startProgram } from './programs.js';
import { ratioOf, type Contest } from './ratio.js';
import { packs } from './packs.js';
import { rehearse } from './rehearsal.js';
import { loadNow, writeReport } from './report.js';
import { costsInside, memory, replanning, starts } from './said.js';
import { TakeDown } from './take-down.js';
import { TRAFFIC } from './traffic.js';

const PERSONS = 10_000;
const PERSONS_AT_SCALE = 200_000;
/** Of one process to Postgres, of ours and of the reference: the program's default. */
const DATABASE_CONNECTIONS = '10';

const { values } = parseArgs({
  options: { scale: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const isWanted = (name: string): boolean => values.only === undefined || name === values.only;
const traffic = TRAFFIC.filter(({ name }) => isWanted(name));
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const down = new TakeDown();

try {
  const began = performance.now();
  const load = loadNow();
  const persons = values.scale ? PERSONS_AT_SCALE : PERSONS;
  const cluster = await startCluster();
  down.add(cluster.stop);
  const figures = await measure(cluster, persons);
  if (figures.length === 0) throw new Error(`nothing is called ${values.only}`);
  if (values.only === undefined) await writeReport({ persons, load, postgres: cluster.version }, figures);
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

  if (isWanted('starts')) say(...(await starts(environment)));
  // Before the searches: they look through what it brings.
  if (isWanted('esco_import') || isWanted('esco_search'))
    say(...(await escoImport(copy.migrationDatabaseUrl)));
  if (traffic.length > 0) await measureTraffic(cluster, copy.databaseUrl, environment, say);
  if (isWanted('packs')) {
    const visits = { cluster, copy, environment, down };
    say(...(await packs(visits)));
  }
  if (isWanted('replanning')) say(...(await replanning(environment)));
  if (isWanted('delivery'))
    for (const store of await queueStores())
      say(...(await delivery(environment, copy.migrationDatabaseUrl, store)));
  return figures;
}

async function measureTraffic(
  cluster: Cluster,
  databaseUrl: string,
  environment: NodeJS.ProcessEnv,
  say: (...some: Figure[]) => void,
): Promise<void> {
  const ours = await startProgram('src/main.js', environment, 'bench/consumption.js');
  down.add(ours.stop);
  say(await memory('memory_idle', ours));
  const { callers } = await signInCallers(databaseUrl, ours.address, cluster.secrets.password);
  const plays = await rehearse(environment, traffic, callers);
  const playing = { ...environment, PLAYS: JSON.stringify(plays) };
  const reference = await startProgram('bench/reference.js', playing, 'bench/consumption.js');
  down.add(reference.stop);
  const load = startAnswering('bench/load.js');
  down.add(load.stop);
  const contest: Contest = { load, ours, reference, callers, turns: 0 };
  for (const one of traffic) say(...(await ratioOf(contest, one)));
  say(await memory('memory_after_load', ours));
  await Promise.all([ours.stop(), reference.stop(), load.stop()]);
  say(...(await costsInside(environment, callers[0].token)));
}

/** The queue in our own Postgres, and in a Redis of our own where one is installed. */
async function queueStores(): Promise<Store[]> {
  const postgres: Store = { name: 'postgres', environment: {} };
  const redis = await startRedis(join(HOME, 'redis'));
  if (!redis) return [postgres];
  down.add(() => redis.stop());
  return [postgres, { name: 'redis', environment: { REDIS_URL: redis.url } }];
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
    FILES_AT: 'file:.ankomst/bench/files',
    MAIL_FROM: 'Ankomst <ankomst@localhost>',
  };
}
