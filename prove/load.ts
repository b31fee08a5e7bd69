import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Office, registration } from './office.js';
import type { Ledger } from './ledger.js';
import type { Store } from './stage.js';
import { Visitor, type Answer } from './visitor.js';

const REGISTERED = 201;
/** One request in so many writes. */
const WRITES = 2;

/** When something was broken by us, from the first doubt to the first proof that it is whole again. */
export interface Outage {
  fromMs: number;
  toMs: number;
}

/** Clients that read and register people without a break, and remember every answer. */
export class Load {
  readonly answers: Answer[] = [];
  /** Family name by id, as the API said it. */
  private readonly acknowledged = new Map<string, string>();
  private going = true;
  private readonly clients: Promise<void>[];

  constructor(
    private readonly office: Office,
    addresses: string[],
    connections: number,
  ) {
    this.clients = Array.from({ length: connections }, (_, n) => this.work(addresses[n % addresses.length]));
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    this.going = false;
    await Promise.all(this.clients);
  }

  /** Counts what was answered, and looks up what was acknowledged. */
  async settle(ledger: Ledger, { owner }: Store, outages: Outage[] = []): Promise<void> {
    ledger.requests += this.answers.length;
    ledger.acknowledged += this.acknowledged.size;
    const outside = this.answers.filter((answer) => !outages.some((outage) => overlaps(answer, outage)));
    ledger.unexpected5xx += outside.filter(({ status }) => status >= 500).length;
    for (const answer of this.answers) if (!isProper(answer)) ledger.error(errorOf(answer));
    const { rows } = await owner.query<{ id: string; name: string }>(
      'select id, family_name as name from refugees',
    );
    const stored = new Set(rows.map(({ id }) => id));
    ledger.lost += [...this.acknowledged.keys()].filter((id) => !stored.has(id)).length;
    ledger.doubled += rows.length - new Set(rows.map(({ name }) => name)).size;
  }

  private async work(address: string): Promise<void> {
    const visitor = new Visitor(address, this.office.token);
    for (let turn = 0; this.going; turn++) {
      const answer = await (turn % WRITES === 0
        ? this.register(visitor)
        : visitor.ask('GET', '/api/v1/refugees?limit=5'));
      this.answers.push(answer);
      // whoever is refused does not ask again at once
      if (answer.status === 0 || answer.status >= 500) await sleep(20);
    }
    visitor.leave();
  }

  private async register(visitor: Visitor): Promise<Answer> {
    const name = `Prove ${randomUUID()}`;
    const answer = await visitor.ask('POST', '/api/v1/refugees', registration(name));
    if (answer.status === REGISTERED)
      this.acknowledged.set((JSON.parse(answer.text) as { id: string }).id, name);
    return answer;
  }
}

function overlaps({ begunAtMs, endedAtMs }: Answer, { fromMs, toMs }: Outage): boolean {
  return begunAtMs <= toMs && endedAtMs >= fromMs;
}

/** A success, or 503 as a problem that says when to come back. */
export function isProper({ status, headers }: Answer): boolean {
  if (status >= 200 && status < 300) return true;
  return (
    status === 503 &&
    Number(headers['retry-after']) > 0 &&
    String(headers['content-type']).startsWith('application/problem+json')
  );
}

/** What was wrong with it, in a few words. */
export function errorOf({ status, error, reused, text }: Answer): string {
  if (status === 0) return `${error}${reused ? ' on a line used before' : ''}`;
  return `${status} ${(/"(?:code|title)":"([^"]*)"/.exec(text) ?? [])[1] ?? ''}`.trim();
}

/** Seconds after the end of an outage until the last request that it had caught was refused. */
export function recoverySeconds(answers: Answer[], outage: Outage): number {
  const refused = answers.filter((answer) => answer.status >= 500 && overlaps(answer, outage));
  return Math.max(0, ...refused.map(({ endedAtMs }) => endedAtMs - outage.toMs)) / 1_000;
}

export const count = (answers: Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

/** The longest of them, in ms. */
export const longest = (answers: Answer[]): number =>
  Math.round(Math.max(0, ...answers.map(({ begunAtMs, endedAtMs }) => endedAtMs - begunAtMs)));
