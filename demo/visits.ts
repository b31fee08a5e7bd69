import type pg from 'pg';
import { daysBetween, type Day } from '../src/platform/calendar/calendar.js';
import type { Services } from './services.js';
import { actorOf, unitId, type Colleague } from './staff.js';

/** The asylum centres the demo's consultants go to, in turn. */
const CENTRES = ['sandholm', 'avnstrup', 'jelling', 'roskilde', 'kongelunden'];

export interface Visit {
  id: string;
  onDay: Day;
  isClosed: boolean;
  consultant: Colleague;
}

const FIND_VISIT = `
  select id, closed_at is not null as "isClosed" from centre_visits
  where unit_id = $1 and centre_id = $2 and on_day = $3`;

/** The visit of the consultant's unit on that day; planned if it is not there. */
export async function ensureVisit(
  owner: pg.Pool,
  services: Services,
  consultant: Colleague,
  onDay: Day,
): Promise<Visit> {
  const code = CENTRES[daysBetween('2000-01-01', onDay) % CENTRES.length];
  const centre = await owner.query<{ id: string }>('select id from asylum_centres where code = $1', [code]);
  const centreId = centre.rows[0].id;
  const { rows } = await owner.query<Pick<Visit, 'id' | 'isClosed'>>(FIND_VISIT, [
    unitId(consultant.unit),
    centreId,
    onDay,
  ]);
  const found = rows[0] ?? {
    id: (await services.visits.plan(actorOf(consultant), { centreId, onDay })).id,
    isClosed: false,
  };
  return { ...found, onDay, consultant };
}

export interface Participant {
  id: string;
  outcome: string | null;
}

export async function findParticipant(
  owner: pg.Pool,
  visit: Visit,
  refugeeId: string,
): Promise<Participant | undefined> {
  const { rows } = await owner.query<Participant>(
    'select id, outcome from visit_participants where visit_id = $1 and refugee_id = $2',
    [visit.id, refugeeId],
  );
  return rows[0];
}
