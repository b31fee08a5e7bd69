import { assess } from './assessment.rows.js';
import type { Case } from './case.js';
import { planOf } from './follow-up.rows.js';
import { takePart } from './programme.rows.js';
import { fillTeam, register } from './registration.rows.js';

export function addPerson(one: Case): void {
  register(one);
  fillTeam(one);
  assess(one);
  takePart(one);
  planOf(one);
  lookAt(one);
}

/** Now and then somebody opens the case. */
function lookAt({ course, hands, chance, tables, ids, days, id }: Case): void {
  for (let looks = chance.between(2, 8); looks > 0; looks--) {
    const at = days.at(course.registeredOn, 0);
    const actor = chance.oneOf([hands.caseworker, hands.consultant, hands.coordinator]);
    const what = chance.oneOf(['refugees.read', 'timeline.list', 'contracts.list']);
    tables.read_log.push({
      id: ids.at(at),
      at,
      actor_id: actor.id,
      what,
      purpose: 'case_work',
      person_ids: [id],
    });
  }
}
