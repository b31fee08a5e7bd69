import type { Consumption } from './consumption.js';
import { median, type Figure } from './figures.js';
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
  /** Cases a second. */
  replanned: number;
}

/** What is too short to see over the network. */
export async function costsInside(environment: NodeJS.ProcessEnv, token: string): Promise<Figure[]> {
  const inside = startAnswering('bench/inside.js', environment);
  try {
    const { argon2, token: verified, replanned } = await inside.ask<Costs>(token);
    return [
      said('argon2_verification', argon2, 'ms'),
      said('access_token_verification', verified, 'µs'),
      said('sweep_of_stale_plans', replanned, 'cases/s'),
    ];
  } finally {
    await inside.stop();
  }
}
