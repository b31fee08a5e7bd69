import { ENDED } from './case-handovers.queries.js';
import type { HandoverFacts } from './handover.duties.js';
import { STANDS_NOW } from './operator-forms.queries.js';
import type { Unsettled } from './operator-forms.rules.js';

const onDay = (instant: string): string => `(${instant} at time zone 'Europe/Copenhagen')::date`;
const rows = (row: string, order: string): string =>
  `coalesce(json_agg(json_build_object(${row}) order by ${order}), '[]')`;

/** As the facts of the duties, but of each form the questions that nobody has settled: whether they are over is a rule. */
export interface HandoverFactsRow extends Omit<HandoverFacts, 'forms'> {
  forms: (Omit<HandoverFacts['forms'][number], 'over'> & { unsettled: Unsettled[] })[];
}

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
      `'id', o.id, 'on', ${onDay('o.received_at')}, 'unsettled', asked.unsettled`,
      'o.received_at, o.id',
    )}
     from operator_forms o
     cross join lateral (
       select count(*) as questions,
         coalesce(json_agg(json_build_object('kind', f.kind, 'standing', now.value, 'value', w.value))
           filter (where w.settled_at is null), '[]') as unsettled
       from operator_form_answers w join form_fields f on (f.version, f.name) = (w.form_version, w.field)
       ${STANDS_NOW}
       where w.operator_form_id = o.id and w.outcome = 'differs') asked
     where o.refugee_id = r.id and asked.questions > 0) as forms
  from refugees r where r.id = any ($1::uuid[])`;
