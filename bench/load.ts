import autocannon from 'autocannon';
import { headersOf, TRAFFIC, type Caller, type Traffic } from './traffic.js';

// The load generator, in a process of its own: it takes one order at a time and answers what came back.
export const CONNECTIONS = 20;
/** Made beforehand for each connection, so that making them costs nothing while it is measured. */
const PREPARED = 250;

export interface Order {
  traffic: string;
  address: string;
  callers: Caller[];
  seconds: number;
  /** The first turn that nobody has taken yet. */
  firstTurn: number;
}

export interface Round {
  /** Answered with 2xx, a second. */
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answered otherwise, or not at all. */
  failures: number;
  /** Turns taken. */
  turns: number;
}

process.once('disconnect', () => process.exit());
process.on('message', (order: Order) => void round(order).then((result) => process.send!(result)));

async function round({ traffic: name, address, callers, seconds, firstTurn }: Order): Promise<Round> {
  const traffic = TRAFFIC.find((one) => one.name === name)!;
  let [connection, turns] = [0, 0];
  const nextTurn = (): number => firstTurn + turns++;
  const result = await autocannon({
    url: address,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: 30,
    setupClient: (client) => client.setRequests(requestsOf(traffic, callers, connection++, nextTurn)),
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
    turns,
  };
}

/** Every connection goes its own way through people and cases. */
function requestsOf(
  traffic: Traffic,
  callers: Caller[],
  connection: number,
  nextTurn: () => number,
): autocannon.Request[] {
  const callerOf = (place: number): Caller => callers[(connection * 7 + place) % callers.length];
  if (traffic.writes) {
    let place = 0;
    return [{ setupRequest: (base) => ({ ...base, ...request(traffic, callerOf(place++), nextTurn()) }) }];
  }
  return Array.from({ length: PREPARED }, (_, place) =>
    request(traffic, callerOf(place), connection * PREPARED + place),
  );
}

function request(traffic: Traffic, caller: Caller, turn: number): autocannon.Request {
  const { method, path, body } = traffic.ask(caller, turn);
  return { method, path, headers: headersOf(traffic.name, caller, body), body: body && JSON.stringify(body) };
}
