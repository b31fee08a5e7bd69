import type pg from 'pg';
import { v5 as uuidv5 } from 'uuid';
import type { Day } from '../../src/platform/calendar/calendar.js';
import { after, type Days } from './days.js';
import type { OfficeUnit } from './office.js';
import { insert, type Row } from './tables.js';

const RHYTHM_DAYS = 14;
const SPAN_DAYS = 4 * 365 + 60;

/** One visit a unit and fortnight. */
export const visitIdOf = ({ id }: OfficeUnit, onDay: Day): string => uuidv5(onDay, id);

/** Every visit there has been, before the people who were met on them. */
export async function seedVisits(owner: pg.Pool, units: readonly OfficeUnit[], days: Days): Promise<void> {
  const { rows } = await owner.query<{ id: string }>('select id from asylum_centres order by code');
  for (const unit of units) {
    const onDays = dayList(days);
    const visits = onDays.map((onDay, place) => visitOf(unit, onDay, rows[place % rows.length].id, days));
    await insert(owner, 'centre_visits', visits, 'on conflict do nothing');
    const consultants = visits.map(({ id, planned_by }) => ({ visit_id: id, staff_id: planned_by }));
    await insert(owner, 'visit_consultants', consultants, 'on conflict do nothing');
  }
}

function visitOf(unit: OfficeUnit, onDay: Day, centreId: string, days: Days): Row {
  const consultant = unit.consultants[Math.abs(Date.parse(onDay) / 86_400_000) % unit.consultants.length];
  return {
    id: visitIdOf(unit, onDay),
    unit_id: unit.id,
    centre_id: centreId,
    on_day: onDay,
    planned_by: consultant.id,
    planned_at: days.at(after(onDay, -20), 0),
    closed_at: onDay < days.today ? days.at(onDay, 400) : null,
  };
}

function dayList(days: Days): Day[] {
  const first = days.visit(days.ago(SPAN_DAYS));
  return Array.from({ length: Math.ceil(SPAN_DAYS / RHYTHM_DAYS) + 1 }, (_, place) =>
    after(first, RHYTHM_DAYS * place),
  );
}
