import type { Chance } from '../../demo/chance.js';
import type { Day } from '../../src/platform/calendar/calendar.js';
import { after, type Days } from './days.js';

/** What a person lives of, works at or is kept from: the last day included, open when nobody knows it. */
export interface Spell {
  kind: 'benefit' | 'work' | 'birth' | 'leave' | 'suspended';
  fromOn: Day;
  toOn: Day | null;
}

/** The programme of one person up to today. */
export interface Programme {
  /** § 17. */
  visitationOn: Day | null;
  /** In the order of their first days. */
  spells: Spell[];
  talksHeldOn: Day[];
  /** Since when a talk is planned that lies ahead. */
  talkPlannedOn: Day | null;
}

export const NO_PROGRAMME: Programme = {
  visitationOn: null,
  spells: [],
  talksHeldOn: [],
  talkPlannedOn: null,
};

const LEAVE_DAYS = 48 * 7;

/** Most live of benefit and work now and then, first for weeks and later for months, so that their talks change kind. */
export function programmeOf(takeoverOn: Day, mayGiveBirth: boolean, days: Days, chance: Chance): Programme {
  const past = (day: Day): boolean => day <= days.today;
  if (!past(takeoverOn)) return NO_PROGRAMME;
  const visitedOn = after(takeoverOn, chance.between(5, 40));
  const visitationOn = chance.hits(92) && past(visitedOn) ? visitedOn : null;
  const jobs = jobsFrom(visitationOn ?? takeoverOn, past, chance);
  const leave = mayGiveBirth && chance.hits(20) ? leaveFrom(after(takeoverOn, chance.between(40, 600))) : [];
  const stops = chance.hits(2) ? [suspendedFrom(after(takeoverOn, chance.between(30, 700)), chance)] : [];
  const benefit = chance.hits(90) ? between(takeoverOn, jobs) : [];
  const spells = [...benefit, ...jobs, ...leave, ...stops].filter(({ fromOn }) => past(fromOn));
  const talks = [...firstTalks(visitationOn ?? takeoverOn), ...jobs.flatMap(talksIn), ...talksOf(leave)];
  const held = talks.filter((day) => past(day) && chance.hits(85));
  return {
    visitationOn,
    spells: spells.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0)),
    talksHeldOn: [...new Set(held)].sort(),
    talkPlannedOn: chance.hits(25) ? days.ago(chance.between(1, 4)) : null,
  };
}

/** Days or weeks of work in the first months, and later jobs that last. */
function jobsFrom(start: Day, past: (day: Day) => boolean, chance: Chance): Spell[] {
  const jobs: Spell[] = [];
  let fromOn = after(start, chance.between(10, 60));
  for (let short = chance.hits(62) ? chance.between(1, 3) : 0; short > 0; short--) {
    const toOn = after(fromOn, chance.between(5, 25));
    jobs.push({ kind: 'work', fromOn, toOn });
    fromOn = after(toOn, chance.between(8, 30));
  }
  fromOn = after(start, chance.between(200, 600));
  for (let long = chance.below(3); long > 0; long--) {
    const toOn = after(fromOn, chance.between(120, 700));
    // A job that is not over yet has no end that anybody knows.
    jobs.push({ kind: 'work', fromOn, toOn: past(toOn) ? toOn : null });
    fromOn = after(toOn, chance.between(20, 150));
  }
  return jobs.filter((job) => past(job.fromOn));
}

/** From a day on, whenever there is no work. */
function between(start: Day, jobs: readonly Spell[]): Spell[] {
  const spells: Spell[] = [];
  let fromOn: Day | null = start;
  for (const job of jobs) {
    spells.push({ kind: 'benefit', fromOn: fromOn!, toOn: after(job.fromOn, -1) });
    fromOn = job.toOn && after(job.toOn, 1);
  }
  return fromOn ? [...spells, { kind: 'benefit', fromOn, toOn: null }] : spells;
}

const leaveFrom = (bornOn: Day): Spell[] => [
  { kind: 'birth', fromOn: bornOn, toOn: bornOn },
  { kind: 'leave', fromOn: bornOn, toOn: after(bornOn, LEAVE_DAYS) },
];

const suspendedFrom = (fromOn: Day, chance: Chance): Spell => ({
  kind: 'suspended',
  fromOn,
  toOn: chance.hits(80) ? after(fromOn, chance.between(20, 90)) : null,
});

const firstTalks = (start: Day): Day[] => [1, 2, 3, 4].map((k) => after(start, 45 * k - 3));

const talksIn = ({ fromOn, toOn }: Spell): Day[] =>
  [350, 700, 1050].map((days) => after(fromOn, days)).filter((day) => toOn === null || day <= toOn);

const talksOf = ([birth]: Spell[]): Day[] =>
  birth ? [after(birth.fromOn, 180), after(birth.fromOn, LEAVE_DAYS - 5)] : [];
