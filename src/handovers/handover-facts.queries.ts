import { ENDED } from './case-handovers.queries.js';

const onDay = (instant: string): string => `(${instant} at time zone 'Europe/Copenhagen')::date`;
const rows = (row: string, order: string): string =>
  `coalesce(json_agg(json_build_object(${row}) order by ${order}), '[]')`;

/** What each of the cases `$1` has to do about handing over, oldest first. */
export const HANDOVER_FACTS = `
  select r.id as "subjectId",
    (select ${rows(
      `'id', h.id, 'toRole', h.to_role, 'on', ${onDay('h.offered_at')}, 'over', h.outcome is not null`,
      'h.offered_at, h.id',
    )} from case_handovers h where h.refugee_id = r.id) as offers,
    (select ${rows(
      `'id', q.id, 'handoverId', h.id, 'on', ${onDay('h.decided_at')}, 'over', ${ENDED}`,
      'h.decided_at, h.id, q.position',
    )} from case_handovers h join case_handover_questions q on q.handover_id = h.id where h.refugee_id = r.id) as questions,
    (select ${rows(
      `'id', o.id, 'on', ${onDay('o.received_at')}, 'over', asked.settled`,
      'o.received_at, o.id',
    )}
     from operator_forms o
     join (select operator_form_id, bool_and(settled_at is not null) as settled from operator_form_answers
           where outcome = 'differs' group by operator_form_id) asked on asked.operator_form_id = o.id
     where o.refugee_id = r.id) as forms
  from refugees r where r.id = any ($1::uuid[])`;
