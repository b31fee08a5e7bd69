import pg from 'pg';
import { Chance } from '../../demo/chance.js';
import { ALL_RULES, CLOSING_DAYS } from '../../src/legislation/legislation.queries.js';
import type { Rule } from '../../src/legislation/rule-book.js';
import type { ClosingDay, Day } from '../../src/platform/calendar/calendar.js';
import { Sealer } from '../../src/platform/crypto/sealer.js';
import { hashed } from '../../src/staff/password-hash.js';
import { courseOf } from './course.js';
import { Days } from './days.js';
import { Ids } from './ids.js';
import { Law } from './law.js';
import { handsFor, membersOf, officeFor, type OfficeUnit } from './office.js';
import { asylumPersonIdOf, mayGiveBirth, MOST_PERSONS, scalePerson } from './person.js';
import type { Ground } from './case.js';
import { addPerson } from './person.rows.js';
import { NO_PROGRAMME, programmeOf } from './programme.js';
import { emptyTables, insert, insertAll } from './tables.js';
import { seedVisits } from './visits.js';

// As in the program: a day stays the text Postgres wrote.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

/** What is made at a time; it bounds the memory, whatever the number of persons. */
const BATCH = 200;
const LANES = 2;
/** Apart from the numbers of units and visits. */
const CHANCE_OF_PEOPLE = 2_027;

export interface Keys {
  DATA_KEYS: string;
  INDEX_KEY: string;
}

export interface ScaleOptions {
  /** The owning role. */
  url: string;
  persons: number;
  keys: Keys;
  /** Of every seeded account. */
  password: string;
  tell: (done: number) => void;
}

/**
 * A municipality of so many invented persons, its staff, and what the program would hold of their cases. The same for
 * the same number and day. Every batch is one transaction, so a killed seeding is simply gone on with.
 */
export async function seedScale({ url, persons, keys, password, tell }: ScaleOptions): Promise<void> {
  if (persons < 1 || persons > MOST_PERSONS)
    throw new RangeError(`from 1 to ${MOST_PERSONS} persons: there are no more numbers to invent`);
  // Triggers keep the plan they made when the tables were empty: it must not be one that reads the whole table.
  const owner = new pg.Pool({ connectionString: url, max: LANES, options: '-c enable_seqscan=off' });
  owner.on('error', () => undefined); // whoever asks next is told
  try {
    const ground = await groundOf(owner, keys);
    const units = officeFor(persons);
    await seedOffice(owner, units, await hashed(password));
    await seedVisits(owner, units, ground.days);
    const batches = Array.from({ length: Math.ceil(persons / BATCH) }, (_, place) => place * BATCH + 1);
    let done = 0;
    await inLanes(batches, async (first) => {
      const last = Math.min(first + BATCH - 1, persons);
      if (!(await isSeeded(owner, first))) await seedBatch(owner, ground, units, persons, first, last);
      tell((done += last - first + 1));
    });
    await owner.query('vacuum analyze');
  } finally {
    await owner.end();
  }
}

async function groundOf(owner: pg.Pool, keys: Keys): Promise<Ground> {
  const clock = await owner.query<{ today: Day; now: Date }>(
    'select clock_today()::text as today, clock_now() as now',
  );
  const rules = await owner.query<Rule>(ALL_RULES);
  const closings = await owner.query<ClosingDay>(CLOSING_DAYS);
  return {
    days: new Days(clock.rows[0].today, clock.rows[0].now),
    law: new Law(rules.rows, closings.rows),
    sealer: new Sealer(keys.DATA_KEYS),
    indexKey: Buffer.from(keys.INDEX_KEY, 'base64'),
  };
}

async function seedOffice(owner: pg.Pool, units: readonly OfficeUnit[], passwordHash: string): Promise<void> {
  const once = 'on conflict do nothing';
  await insert(owner, 'units', units.map(({ id, name }) => ({ id, name })), once); // prettier-ignore
  const accounts = units.flatMap(membersOf).map(({ id, unitId, role, email, name }) => {
    return { id, unit_id: unitId, role, email, name, password_hash: passwordHash };
  });
  await insert(owner, 'staff_accounts', accounts, once);
  for (const { id, leader } of units)
    await owner.query('update units set leader_id = $2 where id = $1 and leader_id is null', [id, leader.id]);
}

async function isSeeded(owner: pg.Pool, first: number): Promise<boolean> {
  const { rows } = await owner.query<{ found: boolean }>(
    `select exists (select from refugee_identifiers where system = 'asylum_person_id' and value = $1) as found`,
    [asylumPersonIdOf(first)],
  );
  return rows[0].found;
}

async function seedBatch(
  owner: pg.Pool,
  ground: Ground,
  units: readonly OfficeUnit[],
  persons: number,
  first: number,
  last: number,
): Promise<void> {
  const tables = emptyTables();
  for (let number = first; number <= last; number++) {
    const chance = new Chance(CHANCE_OF_PEOPLE + number);
    const person = scalePerson(number, chance);
    const course = courseOf(person, persons, ground.days, ground.law, chance);
    const { takeoverOn } = course;
    const programme = takeoverOn
      ? programmeOf(takeoverOn, mayGiveBirth(person), ground.days, chance)
      : NO_PROGRAMME;
    const ids = new Ids(number, chance);
    const id = ids.at(ground.days.at(course.registeredOn, number));
    const hands = handsFor(number, units);
    addPerson({ ...ground, id, person, course, programme, hands, ids, chance, tables });
  }
  await insertAll(owner, tables);
}

/** The first failure ends it when what had begun has ended. */
async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  // A generator: the lane that fails closes it for the other.
  const waiting = (function* () {
    yield* items;
  })();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
