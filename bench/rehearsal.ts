import { learn, type Recording, type Statement, type Step } from './play.js';
import { startProgram, type Program } from './programs.js';
import { headersOf, type Caller, type Traffic } from './traffic.js';

/** What the reference plays for a kind of request. */
export interface Play {
  /** Of the kind. */
  name: string;
  route: Traffic['route'];
  steps: Step[];
}

/** Turns no measured request takes. */
const REHEARSED_TURNS = 900_000;

/**
 * Lets the product itself answer every kind of request and notes what it sends to Postgres, so that the reference
 * cannot drift from it. The first time is forgotten: it may do what is done once.
 */
export async function rehearse(
  environment: NodeJS.ProcessEnv,
  traffic: readonly Traffic[],
  callers: Caller[],
): Promise<Play[]> {
  const product = await startProgram('src/main.js', environment, 'bench/recorder.js');
  try {
    const plays: Play[] = [];
    for (const [place, one] of traffic.entries()) {
      const turn = REHEARSED_TURNS + 10 * place;
      await record(product, one, callers[0], turn);
      const first = await record(product, one, callers[0], turn + 1);
      const second = await record(product, one, callers[1], turn + 2);
      plays.push({ name: one.name, route: one.route, steps: learn(first, second) });
    }
    return plays;
  } finally {
    await product.stop();
  }
}

async function record(product: Program, traffic: Traffic, caller: Caller, turn: number): Promise<Recording> {
  const { method, path, body } = traffic.ask(caller, turn);
  await product.ask();
  const reply = await fetch(product.address + path, {
    method,
    headers: headersOf(traffic.name, caller, body),
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`);
  const statements = await product.ask<Statement[]>();
  return { asked: askedBy(traffic, caller, path, body), statements };
}

/** By the names under which the reference finds it in its request. */
function askedBy(
  { route }: Traffic,
  { id, unitId }: Caller,
  path: string,
  body: Record<string, unknown> = {},
): Record<string, string> {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const places = pathname.split('/');
  const inPath = route.url
    .split('/')
    .flatMap((name, place) => (name.startsWith(':') ? [[name.slice(1), places[place]]] : []));
  const inBody = Object.entries(body).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries([
    ['actor', id],
    ['unit', unitId],
    ...searchParams,
    ...inPath,
    ...inBody,
  ]) as Record<string, string>;
}
