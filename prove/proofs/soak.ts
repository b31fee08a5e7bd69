import { errorOf } from '../load.js';
import { openOffice, type Office, registration } from '../office.js';
import type { Program } from '../program.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage, Store } from '../stage.js';
import { Visitor } from '../visitor.js';

const VISITORS = 10;
/** Half of the time nobody asks: what grows is to be a leak, not a backlog. */
const PAUSE_MS = 20;
const WARM_UP_SECONDS = 300;
const SOAK_SECONDS = 1_800;
const TOKEN_LIVES_SECONDS = 480;
const MOST_GROWTH_MB_A_MINUTE = 1;
/** Lines of clients and of the pool come and go by so many. */
const HANDLES_OF_CHANCE = 5;

/** One look into the program, which tells once a second. */
interface Sample {
  second: number;
  rssMb: number;
  handles: number;
  waiting: number;
}

/** Counts those who wait for a connection to Postgres, in every pool there is. */
const TELLS_OF_ITSELF = `
  import pg from '${import.meta.resolve('pg')}';
  const pools = new Set();
  const connect = pg.Pool.prototype.connect;
  pg.Pool.prototype.connect = function (...all) { pools.add(this); return connect.apply(this, all); };
  let second = 0;
  setInterval(() => {
    const waiting = [...pools].reduce((sum, pool) => sum + pool.waitingCount, 0);
    const rssMb = process.memoryUsage.rss() / 2 ** 20;
    console.log(JSON.stringify({ sample: { second: ++second, rssMb, handles: process.getActiveResourcesInfo().length, waiting } }));
  }, 1000).unref();`;

export const soak: Proof = {
  check: '81',
  name: 'soak',
  says: 'Half an hour of mixed load: after the warm-up memory grows by less than 1 MB a minute, nobody is left waiting, no handle is left open',
  slow: true,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    const api = await stage.api(store, {}, TELLS_OF_ITSELF);
    await stage.worker(store);
    const office = await openOffice(store, api.address);
    const before = await idle(stage, api);
    await load(stage, store, api, office, ledger);
    const after = await idle(stage, api);
    const warm = samplesOf(api).filter(({ second }) => second > WARM_UP_SECONDS && second <= SOAK_SECONDS);
    const growth = 60 * slopeOf(warm.map(({ second, rssMb }) => [second, rssMb]));
    ledger.claim(
      growth < MOST_GROWTH_MB_A_MINUTE,
      `memory grew by ${growth.toFixed(2)} MB a minute, from ${warm[0].rssMb.toFixed(0)} to ${warm.at(-1)!.rssMb.toFixed(0)} MB`,
    );
    ledger.claim(after.waiting === 0, `${after.waiting} wait for a connection when nobody asks any more`);
    ledger.claim(
      after.handles <= before.handles + HANDLES_OF_CHANCE,
      `${after.handles} handles are open when nobody asks any more; ${before.handles} were before`,
    );
  },
};

/** What a consultant does all day, by ten of them at once. */
async function load(
  stage: Stage,
  { owner }: Store,
  api: Program,
  office: Office,
  ledger: Ledger,
): Promise<void> {
  const until = performance.now() + SOAK_SECONDS * 1_000;
  const acknowledged: string[] = [];
  let { token } = office;
  let renewAt = performance.now() + TOKEN_LIVES_SECONDS * 1_000;
  const work = async (): Promise<void> => {
    let visitor = new Visitor(api.address, token);
    let known = token;
    const ask = async (method: string, path: string, body?: object, headers = {}) => {
      const answer = await visitor.ask(method, `/api/v1${path}`, body, headers);
      ledger.requests++;
      if (answer.status === 0 || answer.status >= 400) ledger.error(errorOf(answer));
      if (answer.status >= 500) ledger.unexpected5xx++;
      await stage.pause(PAUSE_MS);
      return { ...answer, body: answer.text ? (JSON.parse(answer.text) as Record<string, unknown>) : {} };
    };
    for (let turn = 0; performance.now() < until; turn++) {
      if (performance.now() > renewAt) {
        renewAt = performance.now() + TOKEN_LIVES_SECONDS * 1_000;
        token = await office.renew();
      }
      if (known !== token) {
        visitor.leave();
        visitor = new Visitor(api.address, (known = token));
      }
      const { body: person, status } = await ask('POST', '/refugees', registration(`Soak ${turn}`));
      if (status !== 201) continue;
      const id = person.id as string;
      acknowledged.push(id);
      const { body: draft } = await ask('POST', `/refugees/${id}/assessments`, {
        answers: { school_years: 9 },
      });
      for (const years of [1, 2, 3])
        await ask(
          'PATCH',
          `/assessments/${String(draft.id)}`,
          { answers: { work_years: years } },
          { 'if-match': `"${years}"` },
        );
      await ask('GET', `/refugees/${id}`);
      await ask('GET', `/refugees/${id}/competence-profile`);
      await ask('GET', '/refugees?limit=20');
      await ask('GET', '/my-day');
      await ask('GET', '/classifications/search?scheme=isco08&q=elektrikr');
    }
    visitor.leave();
  };
  await Promise.all(Array.from({ length: VISITORS }, work));
  const { rowCount } = await owner.query('select from refugees where id = any($1)', [acknowledged]);
  ledger.acknowledged += acknowledged.length;
  ledger.lost += acknowledged.length - rowCount!;
}

/** How it looks when nobody asks: the last of some seconds. */
async function idle(stage: Stage, api: Program): Promise<Sample> {
  await stage.pause(15_000);
  return samplesOf(api).at(-1)!;
}

const samplesOf = (api: Program): Sample[] =>
  api.log.flatMap(({ sample }) => (sample ? [sample as Sample] : []));

const mean = (of: number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;

/** Of the line that fits the points best. */
function slopeOf(points: [x: number, y: number][]): number {
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const over = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return over / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}
