import type { Consumption } from './consumption.js';
import { median, rounded, type Figure } from './figures.js';
import type { Beside, Replanned } from './replanning.js';
import { startAnswering, startProgram, type Program } from './programs.js';

const WARM_STARTS = 3;

/** Figures that nobody has set a target for. */
const said = (name: string, value: number, unit: string, reference = 'none'): Figure => ({
  name,
  value,
  unit,
  reference,
});

/** From the spawn of the built API until it says that it is ready: the first time of a run, and again. */
export async function starts(environment: NodeJS.ProcessEnv): Promise<Figure[]> {
  const times: number[] = [];
  for (let start = 0; start <= WARM_STARTS; start++) {
    const program = await startProgram('src/main.js', environment);
    times.push(program.startedIn);
    await program.stop();
  }
  const [cold, ...warm] = times;
  return [said('cold_start', cold, 'ms'), said('warm_start', median(warm), 'ms')];
}

/** What the program's process takes of the machine's memory. */
export async function memory(name: string, program: Program): Promise<Figure> {
  return said(name, (await program.ask<Consumption>()).rss / 1024 / 1024, 'MB');
}

export interface Costs {
  /** ms */
  argon2: number;
  /** µs */
  token: number;
}

/** What the program is asked from the inside: the costs of a door, or to plan anew what is in a database. */
export type InsideOrder = { token: string } | { databaseUrl: string };

/** What is too short to see over the network. */
export async function costsInside(environment: NodeJS.ProcessEnv, token: string): Promise<Figure[]> {
  const { argon2, token: verified } = await askInside<Costs>(environment, { token });
  return [said('argon2_verification', argon2, 'ms'), said('access_token_verification', verified, 'µs')];
}

/** The sweep of marked plans, beside the mere reading of their facts. */
export async function replanning(environment: NodeJS.ProcessEnv): Promise<Figure[]> {
  const order = { databaseUrl: environment.DATABASE_URL! };
  const { plain, ruled } = await askInside<Replanned>(environment, order);
  return [...replanningOf('replanning', plain), ...replanningOf('replanning_after_rule', ruled)];
}

const replanningOf = (name: string, { ours, reference, ratio }: Beside): Figure[] => [
  { ...said(name, ratio, 'ratio', 'facts_read'), target: { op: '>=', bound: 0.3 } },
  said(`${name}_throughput`, ours, 'persons/s', `facts_read:${rounded(reference)}`),
];

async function askInside<Answer>(environment: NodeJS.ProcessEnv, order: InsideOrder): Promise<Answer> {
  const inside = startAnswering('bench/inside.js', environment);
  try {
    return await inside.ask<Answer>(order);
  } finally {
    await inside.stop();
  }
}
