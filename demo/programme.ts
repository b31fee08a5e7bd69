import type pg from 'pg';
import {
  addDays,
  addMonths,
  daysBetween,
  workingDayOnOrBefore,
  type Day,
} from '../src/platform/calendar/calendar.js';
import type { StaffActor } from '../src/staff/staff.contract.js';
import { hasReached, type Course } from './course.js';
import type { Person } from './people.js';
import type { Services } from './services.js';

/** What of the programme is recorded of somebody already: `$1` person. */
const RECORDED = `
  select exists (select from visitations where refugee_id = $1) as visited,
         (select count(*)::int from talks where refugee_id = $1) as talks,
         array(select kind from spells where refugee_id = $1) as spells`;

interface Recorded {
  visited: boolean;
  talks: number;
  spells: string[];
}

/** The programme of one person as far as it has come: the visitation, the talks that were held, what they live of. */
interface Programme {
  visitedOn: Day;
  talksOn: Day[];
  benefit: { fromOn: Day; toOn: Day | null };
  workFrom: Day | null;
}

const TALKS = 4;

/** Nothing for who has not been taken over, or has only just been: that is what my day asks for. */
function programmeOf({ number }: Person, { stage, takeoverOn }: Course, today: Day): Programme | null {
  if (takeoverOn === null || !hasReached(stage, 'contract_drafted')) return null;
  const visitedOn = earlier(workingDayOnOrBefore(addDays(takeoverOn, 8 + (number % 6))), today);
  const inSixMonths = daysBetween(visitedOn, addMonths(visitedOn, 6));
  const talks = Array.from({ length: TALKS }, (_, k) =>
    workingDayOnOrBefore(addDays(visitedOn, Math.floor(((k + 1) * inSixMonths) / TALKS) - 2)),
  );
  // One of six has missed the last that was due.
  const held = talks.filter((day) => visitedOn < day && day <= today);
  const talksOn = number % 6 === 0 ? held.slice(0, -1) : held;
  const workFrom = number % 7 === 0 && addDays(visitedOn, 60) < today ? addDays(today, -20) : null;
  return {
    visitedOn,
    talksOn: talksOn.filter((day) => workFrom === null || day < workFrom),
    benefit: { fromOn: takeoverOn, toOn: workFrom && addDays(workFrom, -1) },
    workFrom,
  };
}

/** Records it; every step looks first whether it is done. */
export async function recordProgramme(
  owner: pg.Pool,
  services: Services,
  caseworker: StaffActor,
  person: Person & { course: Course },
  refugeeId: string,
  today: Day,
): Promise<void> {
  const programme = programmeOf(person, person.course, today);
  if (!programme) return;
  const { rows } = await owner.query<Recorded>(RECORDED, [refugeeId]);
  const [{ visited, talks, spells }] = rows;
  const { visitedOn, talksOn, benefit, workFrom } = programme;
  if (!visited)
    await services.visitations.record(caseworker, refugeeId, { heldOn: visitedOn, category: 'job_ready' });
  for (const heldOn of talksOn.slice(talks))
    await services.talks.record(caseworker, refugeeId, {
      heldOn,
      form: person.number % 3 === 0 ? 'phone' : 'in_person',
      summary: 'Danish goes well; still looking for a company nearby.',
    });
  if (!spells.includes('benefit'))
    await services.spells.record(caseworker, refugeeId, { kind: 'benefit', ...benefit });
  if (workFrom !== null && !spells.includes('work'))
    await services.spells.record(caseworker, refugeeId, {
      kind: 'work',
      fromOn: workFrom,
      employer: 'Hotel Fjorden',
      hoursPerWeek: 30,
    });
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
