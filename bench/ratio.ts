import type { Consumption } from './consumption.js';
import { median, rounded, type Figure } from './figures.js';
import type { Order, Round } from './load.js';
import type { Program } from './programs.js';
import type { Caller, Traffic } from './traffic.js';

/** Long enough for V8 to have compiled what is run often: cold code costs twice as much. */
const WARM_UP_SECONDS = 5;
const ROUND_SECONDS = 2;
const PAIRS = 5;

export interface Contest {
  load: Pick<Program, 'ask'>;
  ours: Program;
  reference: Program;
  callers: Caller[];
  /** Turns that are taken. */
  turns: number;
}

/** A round, and what the program took of the processor for a reply, ms. */
type Seen = Round & { cpu: number };

/**
 * Ours and the reference in short rounds, in turn, because the machine is busier in one minute than in the next; the
 * ratio is the median of the pairs.
 */
export async function ratioOf(contest: Contest, traffic: Traffic): Promise<Figure[]> {
  const run = async ({ address, ask }: Program, seconds: number): Promise<Seen> => {
    const { load, callers, turns } = contest;
    const before = await ask<Consumption>();
    const order: Order = { traffic: traffic.name, address, callers, seconds, firstTurn: turns };
    const round = await load.ask<Round>(order);
    contest.turns += round.turns;
    const after = await ask<Consumption>();
    return { ...round, cpu: (after.cpu - before.cpu) / 1000 / (round.perSecond * seconds) };
  };
  await run(contest.ours, WARM_UP_SECONDS);
  await run(contest.reference, WARM_UP_SECONDS);
  const pairs: { ours: Seen; reference: Seen }[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    // First the one, then the other: whoever comes second finds what the first left.
    const [first, second] =
      pair % 2 === 0 ? (['ours', 'reference'] as const) : (['reference', 'ours'] as const);
    const rounds = { [first]: await run(contest[first], ROUND_SECONDS) };
    rounds[second] = await run(contest[second], ROUND_SECONDS);
    pairs.push(rounds as { ours: Seen; reference: Seen });
  }
  return figuresOf(traffic, pairs);
}

function figuresOf({ name, target }: Traffic, pairs: { ours: Seen; reference: Seen }[]): Figure[] {
  const middle = (of: 'ours' | 'reference', what: keyof Seen): number =>
    median(pairs.map((pair) => pair[of][what]));
  const said = (suffix: string, value: number, unit: string, reference: string): Figure => ({
    name: `${name}_${suffix}`,
    value,
    unit,
    reference,
  });
  const failures = pairs.reduce((sum, { ours, reference }) => sum + ours.failures + reference.failures, 0);
  const ratio = median(pairs.map(({ ours, reference }) => ours.perSecond / reference.perSecond));
  const beside = (what: keyof Seen): string => `bare_fastify:${rounded(middle('reference', what))}`;
  return [
    { name, value: ratio, unit: 'ratio', reference: 'bare_fastify', target: { op: '>=', bound: target } },
    said('throughput', middle('ours', 'perSecond'), 'requests/s', beside('perSecond')),
    said('p50', middle('ours', 'p50'), 'ms', beside('p50')),
    said('p99', middle('ours', 'p99'), 'ms', beside('p99')),
    said('cpu', middle('ours', 'cpu'), 'ms', beside('cpu')),
    { ...said('failures', failures, 'replies', 'none'), target: { op: '<=', bound: 0 } },
  ];
}
