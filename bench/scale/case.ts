import type { Chance } from '../../demo/chance.js';
import type { Day } from '../../src/platform/calendar/calendar.js';
import type { Sealer } from '../../src/platform/crypto/sealer.js';
import type { Course } from './course.js';
import type { Days } from './days.js';
import type { Ids } from './ids.js';
import type { Law } from './law.js';
import type { Hands, Member } from './office.js';
import type { ScalePerson } from './person.js';
import type { Programme } from './programme.js';
import type { Tables } from './tables.js';

/** What all persons are seeded with. */
export interface Ground {
  days: Days;
  law: Law;
  sealer: Sealer;
  indexKey: Buffer;
}

/** One person while their rows are made. */
export interface Case extends Ground {
  id: string;
  person: ScalePerson;
  course: Course;
  programme: Programme;
  hands: Hands;
  ids: Ids;
  chance: Chance;
  tables: Tables;
}

/** A fact of the case on a day, by a colleague. */
export function note(
  { tables, ids, days, id }: Case,
  day: Day,
  actor: Member,
  fact: string,
  details: Record<string, unknown>,
  subject: { type: string; id: string } = { type: 'case', id },
): void {
  const at = days.at(day, tables.timeline.length);
  tables.timeline.push({
    id: ids.at(at),
    at,
    actor_id: actor.id,
    subject_type: subject.type,
    subject_id: subject.id,
    case_ids: [id],
    fact,
    details,
  });
}
