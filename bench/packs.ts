import { randomUUID } from 'node:crypto';
import type { ProvisionedUrls } from '../scripts/provision.js';
import { signInCallers } from './callers.js';
import type { Cluster } from './cluster.js';
import { median, rounded, type Figure } from './figures.js';
import type { Statement } from './play.js';
import { startAnswering, startProgram, type Program } from './programs.js';
import type { ReplayOrder } from './replay.js';
import type { TakeDown } from './take-down.js';
import { headersOf, type Caller } from './traffic.js';

const OPERATIONS = 40;
/** The first of each are forgotten: cold code costs twice as much. */
const [WARM_UPS, ROUNDS] = [10, 20];
const PEOPLE = 8;
const DEVICES = 100;

export interface Bench {
  cluster: Cluster;
  copy: ProvisionedUrls;
  environment: NodeJS.ProcessEnv;
  down: TakeDown;
}

/** A visit with its pack, and what came of the day: a log that was never sent. */
interface Outing {
  caller: Caller;
  path: string;
  packId: string;
  participants: string[];
}

/**
 * Logs of 40 operations, each on a visit of its own, beside the very statements of each in one transaction on a bare
 * connection, in a twin of the database as it was before; and a hundred devices that come home at once.
 */
export async function packs({ cluster, copy, environment, down }: Bench): Promise<Figure[]> {
  const preparing = await startProgram('src/main.js', environment);
  const outings = await prepared(cluster, copy, preparing);
  await preparing.stop();
  const twin = await cluster.copyOf(new URL(copy.databaseUrl).pathname.slice(1), 'bench_twin');
  down.add(twin.drop);
  const ours = await startProgram('src/main.js', environment, 'bench/recorder.js');
  down.add(ours.stop);
  const reference = startAnswering('bench/replay.js', { DATABASE_URL: twin.databaseUrl });
  down.add(reference.stop);

  const pairs: { ours: number; reference: number }[] = [];
  for (const outing of outings.slice(0, WARM_UPS + ROUNDS)) {
    await ours.ask();
    const took = await sent(ours, outing, logOf(outing));
    const statements = await ours.ask<Statement[]>();
    const order: ReplayOrder = { statements };
    pairs.push({ ours: took, reference: await reference.ask<number>(order) });
  }
  const counted = pairs.slice(WARM_UPS);
  const home = outings.at(-1)!;
  const began = performance.now();
  const replies = await Promise.allSettled(
    Array.from({ length: DEVICES }, () => sent(ours, home, logOf(home))),
  );
  const all = performance.now() - began;
  const failures = replies.filter(({ status }) => status === 'rejected').length;
  await Promise.all([ours.stop(), reference.stop()]);
  const beside = rounded(median(counted.map((pair) => pair.reference)));
  return [
    {
      name: 'pack_log',
      value: median(counted.map((pair) => pair.reference / pair.ours)),
      unit: 'ratio',
      reference: 'same_sql',
      target: { op: '>=', bound: 0.4 },
    },
    {
      name: 'pack_log_time',
      value: median(counted.map((pair) => pair.ours)),
      unit: 'ms',
      reference: `same_sql:${beside}`,
    },
    {
      name: 'pack_devices_at_once_failures',
      value: failures,
      unit: 'replies',
      reference: 'none',
      target: { op: '<=', bound: 0 },
    },
    { name: 'pack_devices_at_once', value: DEVICES / (all / 1000), unit: 'logs/s', reference: 'none' },
  ];
}

async function prepared(cluster: Cluster, copy: ProvisionedUrls, program: Program): Promise<Outing[]> {
  const { callers } = await signInCallers(
    copy.databaseUrl,
    program.address,
    cluster.secrets.password,
    'job_consultant',
  );
  const centre = (await asked(program, callers[0], 'GET', '/asylum-centres?limit=1')).items[0].id;
  const outings: Outing[] = [];
  for (let i = 0; i <= WARM_UPS + ROUNDS; i++) {
    const caller = callers[i % callers.length];
    const round = Math.floor(i / callers.length) * PEOPLE;
    const { id } = await asked(program, caller, 'POST', '/visits', { centreId: centre, onDay: '2027-01-11' });
    for (const refugeeId of caller.persons.slice(round, round + PEOPLE))
      await asked(program, caller, 'POST', `/visits/${id}/participants`, { refugeeId });
    const pack = await asked(program, caller, 'GET', `/visits/${id}/pack`);
    outings.push({
      caller,
      path: `/visits/${id}/operations`,
      packId: pack.packId,
      participants: pack.participants.map((one: { id: string }) => one.id),
    });
  }
  return outings;
}

/** Of each person how it ended, which assessment it brought, and answers of several kinds. */
function logOf({ packId, participants }: Outing): Record<string, unknown> {
  const said = participants.flatMap((id) => {
    const assessment = { type: 'assessment', id: randomUUID() };
    const participant = { type: 'participant', id };
    return [
      { subject: participant, field: 'outcome', value: 'met' },
      { subject: participant, field: 'assessmentId', value: assessment.id },
      {
        subject: assessment,
        field: 'languages',
        value: [{ language: 'tir', motherTongue: true, spoken: 'C2' }],
      },
      { subject: assessment, field: 'school_years', value: 9 },
      {
        subject: assessment,
        field: 'work',
        value: [
          {
            words: { text: 'I installed lights', language: 'eng' },
            danish: 'Installerede lys',
            coded: { scheme: 'isco08', code: '7411', sure: 'likely' },
            years: 4,
          },
        ],
      },
    ];
  });
  const operations = said.slice(0, OPERATIONS).map((one, i) => ({
    ...one,
    id: randomUUID(),
    seq: i + 1,
    baseRevision: 0,
    at: '2027-01-11T09:30:00+01:00',
  }));
  return { packId, deviceId: randomUUID(), operations, last: operations.length };
}

/** How long it took, ms. @throws unless it was taken in */
async function sent({ address }: Program, { caller, path }: Outing, log: object): Promise<number> {
  const [body, headers] = [JSON.stringify(log), headersOf('packs', caller, log)];
  const began = performance.now();
  const reply = await fetch(`${address}/api/v1${path}`, { method: 'POST', headers, body });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`a log was answered ${reply.status}: ${text}`);
  return performance.now() - began;
}

async function asked(
  { address }: Program,
  caller: Caller,
  method: string,
  path: string,
  body?: object,
  // oxlint-disable-next-line typescript/no-explicit-any -- of whatever shape the program answers
): Promise<any> {
  const reply = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: headersOf('packs', caller, body),
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
}
