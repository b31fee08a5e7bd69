import type pg from 'pg';
import { addDays, type Day } from '../src/platform/calendar/calendar.js';
import type { StaffActor } from '../src/staff/staff.contract.js';
import type { Course } from './course.js';
import type { Person } from './people.js';
import type { Services } from './services.js';

const OFFERED = 'select from case_handovers where refugee_id = $1';

/** Every third who was met and not assessed yet came with a form of the operator's; every fourth who is assessed is offered to the coordinator. */
export async function handOver(
  owner: pg.Pool,
  { operatorForms, caseHandovers }: Services,
  actor: StaffActor,
  { number, course: { stage, visitOn } }: Person & { course: Course },
  refugeeId: string,
  today: Day,
): Promise<void> {
  if (stage === 'met' && number % 3 === 0)
    await operatorForms.receive(actor, refugeeId, { datedOn: earlier(addDays(visitOn, -7), today) }, FORM);
  if (stage !== 'assessed' || number % 4 !== 0) return;
  if ((await owner.query(OFFERED, [refugeeId])).rowCount === 0)
    await caseHandovers.offer(actor, refugeeId, { toRole: 'coordinator' });
}

/** What an operator's sheet says; of the hours it says otherwise than most people do. */
const FORM = `school_years;hours_per_week;drives;cycles;childcare;wishes
9;20;nej;ja;skrevet op;?
`;

const earlier = (one: Day, other: Day): Day => (one < other ? one : other);
