import { randomUUID } from 'node:crypto';
import { moveClock } from '../scripts/clock.js';
import { type Office, openOffice, registration } from './office.js';
import type { Ledger } from './ledger.js';
import type { Backend, Stage, Store } from './stage.js';
import { Visitor } from './visitor.js';

/** A contract and four talks, late for whoever was decided on long ago. */
const OF_ONE_PERSON = 5;

/** Follow-ups of one office, whose leader's they are. */
export interface Caseload extends Office {
  /** To be copied: each backend works on a database of its own. */
  store: Store;
  followUps: string[];
}

/**
 * Registers people through the API. What was planned to remind of them is called off, so that a proof plans its own.
 * Whenever a reminder is marked as sent from now on, that is counted.
 */
export async function openCaseload(
  stage: Stage,
  howMany: number,
  { over = {}, at }: { over?: Record<string, string>; at?: string } = {},
): Promise<Caseload> {
  const store = await stage.store();
  if (at) await moveClock(store.ownerUrl, at);
  await countTold(store);
  const api = await stage.api(store, over);
  const office = await openOffice(store, api.address);
  await register(api.address, office, Math.ceil(howMany / OF_ONE_PERSON));
  await api.end();
  await store.owner.query(`update reminders set state = 'cancelled' where state = 'planned'`);
  const { rows } = await store.owner.query<{ id: string }>(
    `select id from follow_ups where owner_id = $1 and state = 'open' order by id limit $2`,
    [office.leader.id, howMany],
  );
  if (rows.length < howMany) throw new Error(`there are ${rows.length} follow-ups, not ${howMany}`);
  return { ...office, store, followUps: rows.map(({ id }) => id) };
}

/** @param decidedOn the day of the decision on them, from which all their deadlines follow */
export async function register(
  address: string,
  { token }: Office,
  people: number,
  decidedOn = '2026-01-05',
): Promise<void> {
  const visitor = new Visitor(address, token);
  for (let person = 0; person < people; person++) {
    const body = { ...registration(`Due ${randomUUID()}`), allocation: { decidedOn } };
    const { status, text } = await visitor.ask('POST', '/api/v1/refugees', body);
    if (status !== 201) throw new Error(`registration got ${status}: ${text}`);
  }
  visitor.leave();
}

/** At the same time, each on a copy of the database of its own. */
export async function onEveryBackend(
  stage: Stage,
  ledger: Ledger,
  like: Store,
  tryOn: (backend: Backend, store: Store) => Promise<unknown>,
): Promise<void> {
  const works: (() => Promise<unknown>)[] = [];
  for (const backend of await stage.backends(ledger)) {
    const store = await stage.store({ like });
    works.push(() => tryOn(backend, store));
  }
  await Promise.all(works.map((work) => work()));
}

/** When and how follow-ups are reminded of; the day, before those of the planner, tells several reminders of one apart. */
interface When {
  channels: ('in_app' | 'email')[];
  step?: 'target' | 'last';
  /** by the clock of the program, in SQL */
  dueAt?: string;
  daysAgo?: number;
}

/** Reminders that were planned together, and what becomes of them. */
export class Batch {
  private constructor(
    private readonly store: Store,
    readonly ids: string[],
    /** Those of them that go out as mails. */
    readonly mails: string[],
  ) {}

  static async plan(
    store: Store,
    followUps: string[],
    { channels, step = 'last', dueAt = 'clock_now()', daysAgo = 0 }: When,
  ): Promise<Batch> {
    const { rows } = await store.owner.query<{ id: string; channel: string }>(
      `insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at)
       select f.id, $2, f.owner_id, channel, clock_today() - 1 - $4::int, ${dueAt}
       from unnest($1::uuid[]) with ordinality as wanted(id, n) join follow_ups f using (id) cross join unnest($3::text[]) as channel
       order by n returning id, channel`,
      [followUps, step, channels, daysAgo],
    );
    return Batch.of(store, rows);
  }

  /** What the planner planned of follow-ups. */
  static async ofFollowUps(store: Store, followUps: string[]): Promise<Batch> {
    const { rows } = await store.owner.query<{ id: string; channel: string }>(
      `select id, channel from reminders where state = 'planned' and follow_up_id = any($1::uuid[])`,
      [followUps],
    );
    return Batch.of(store, rows);
  }

  private static of(store: Store, rows: { id: string; channel: string }[]): Batch {
    const mails = rows.filter(({ channel }) => channel === 'email');
    return new Batch(store, idsOf(rows), idsOf(mails));
  }

  /** How many are in which state; what an undelivered one brings about is not among them. */
  async states({ due = false } = {}): Promise<Record<string, number>> {
    const { rows } = await this.store.owner.query<{ state: string; count: number }>(
      'select state, count(*)::int as count from reminders where id = any($1::uuid[]) and (not $2 or due_at <= clock_now()) group by state',
      [this.ids, due],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Waits until none, or none that is due, is planned or being sent. @throws when that takes longer than `seconds` */
  async settled(
    stage: Stage,
    seconds: number,
    which: { due?: boolean } = {},
  ): Promise<Record<string, number>> {
    const deadline = performance.now() + seconds * 1_000;
    for (;;) {
      const found = await this.states(which);
      if (!found.planned && !found.sending) return found;
      if (performance.now() > deadline) throw new Error(`after ${seconds} s: ${JSON.stringify(found)}`);
      await stage.pause(100);
    }
  }

  /** How many were marked as sent more than once. */
  async toldTwice(): Promise<number> {
    const { rowCount } = await this.store.owner.query(
      'select from told where id = any($1::uuid[]) group by id having count(*) > 1',
      [this.ids],
    );
    return rowCount!;
  }
}

const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

/** Claims of before, by real time, are two minutes older: those of a worker that is gone go by faster. */
export async function ageClaims({ owner }: Store, before: Date): Promise<number> {
  const { rowCount } = await owner.query(
    `update reminders set claimed_at = claimed_at - interval '2 minutes'
     where state = 'sending' and claimed_at between $1::timestamptz - interval '2 minutes' and $1`,
    [before],
  );
  return rowCount!;
}

/** Beside the program, by the owner of the database. */
export async function countTold({ owner }: Store): Promise<void> {
  await owner.query(`
    create table told (id uuid not null, at timestamptz not null);
    create function tell() returns trigger language plpgsql security definer as
      'begin insert into told values (new.id, clock_now()); return null; end';
    create trigger tell after update on reminders for each row
      when (new.state = 'sent' and old.state <> 'sent') execute function tell();`);
}
