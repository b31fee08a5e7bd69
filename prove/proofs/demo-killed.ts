import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { invent, inventForStory, SEEDED } from '../../demo/people.js';
import { placeFor, removeEverything } from '../../scripts/embedded-postgres-files.js';
import { startPostgres } from '../../scripts/embedded-postgres.js';
import { freePort } from '../../scripts/free-port.js';
import type { Program } from '../program.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import { SCRATCH, type Stage } from '../stage.js';

/** How many starts on one folder before the next begins in an empty one. */
const STARTS_OF_A_FOLDER = 3;
/** What the killed leave behind ends by itself within this time. */
const LEFT_WITHIN_MS = 10_000;

export const demoKilled: Proof = {
  check: '–',
  name: 'demo-killed',
  says: `kill -9 of the demo at any moment: the next start ends 0 with ${SEEDED} people and those of the stories, and leaves nothing running`,
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    let home = newHome(stage);
    let [ended, whole, gone] = [0, 0, 0];
    const rounds = stage.choose(1, 8);
    /** Learned from the starts that were left alone; the first has no measure yet. */
    let wholeStartMs = 15_000;
    const moments: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      if (round % STARTS_OF_A_FOLDER === 0) home = newHome(stage);
      const moment = randomInt(500, Math.round(wholeStartMs));
      moments.push((moment / 1_000).toFixed(1));
      stage.tell(`start ${round} is killed after ${(moment / 1_000).toFixed(1)} s`);
      const killed = await demo(stage, home);
      await Promise.race([stage.pause(moment), killed.ended]);
      await killed.end('SIGKILL');
      const begun = performance.now();
      const next = await demo(stage, home);
      const { code } = await next.ended;
      wholeStartMs = performance.now() - begun;
      ledger.requests++;
      if (code === 0) ended++;
      else ledger.notes.add(`start after kill ${round} ended ${code}: ${next.output.slice(-300)}`);
      if (await nothingRuns(home)) gone++;
      if (await holdsItsPeople(home, ledger)) whole++;
    }
    ledger.claim(
      ended === rounds,
      `killed after ${moments.join(', ')} s: ${ended} of ${rounds} next starts ended 0`,
    );
    ledger.claim(
      whole === rounds,
      `${whole} of ${rounds} times there were ${SEEDED} people and those of the stories, each once`,
    );
    ledger.claim(
      gone === rounds,
      `${gone} of ${rounds} times nothing ran any more within ${LEFT_WITHIN_MS / 1_000} s`,
    );
  },
};

function newHome(stage: Stage): string {
  const home = resolve(SCRATCH, `demo-${randomUUID().slice(0, 8)}`);
  mkdirSync(home, { recursive: true });
  stage.afterwards(async () => {
    await (await startPostgres({ home: resolve(home, '.ankomst') })).stop();
    await removeEverything(placeFor(resolve(home, '.ankomst')));
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return home;
}

/** The demo keeps all it has in the folder it is started in. */
async function demo(stage: Stage, home: string): Promise<Program> {
  return stage.start('demo/main', { PORT: String(await freePort()) }, { args: ['--exit'], cwd: home });
}

/** Its programs were started in its folder, and its PostgreSQL lives in there or in a folder that is named there. */
async function nothingRuns(home: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { dataFolder } = placeFor(resolve(home, '.ankomst'));
  const deadline = performance.now() + LEFT_WITHIN_MS;
  while (performance.now() < deadline) {
    if (!workingFolders().some((folder) => folder === home || folder === dataFolder)) return true;
    await sleep(200);
  }
  return false;
}

function workingFolders(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readlinkSync(`/proc/${pid}/cwd`)];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

async function holdsItsPeople(home: string, ledger: Ledger): Promise<boolean> {
  const postgres = await startPostgres({ home: resolve(home, '.ankomst') });
  const url = Object.assign(new URL(postgres.adminUrl), { pathname: '/ankomst' }).href;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ value: string }>(
      `select i.value from refugees r left join refugee_identifiers i on i.refugee_id = r.id and i.system = 'asylum_person_id'`,
    );
    const found = rows.map(({ value }) => value);
    const seeded = invent(SEEDED).map(({ asylumPersonId }) => asylumPersonId);
    const stories = found.filter((id) => !seeded.includes(id));
    const told = stories.map((_, n) => inventForStory(n + 1).asylumPersonId);
    ledger.acknowledged += found.length;
    ledger.lost += [...seeded, ...told].filter((id) => !found.includes(id)).length;
    ledger.doubled += found.length - new Set(found).size;
    return stories.length > 0 && found.toSorted().join() === [...seeded, ...told].toSorted().join();
  } finally {
    await admin.end();
    await postgres.stop();
  }
}
