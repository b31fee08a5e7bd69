import { OCCUPATIONS } from '../../demo/occupations.js';
import { assess } from './assessment.rows.js';
import { note, type Case } from './case.js';
import { planOf } from './follow-up.rows.js';
import { fillTeam, register } from './registration.rows.js';

export function addPerson(one: Case): void {
  register(one);
  fillTeam(one);
  assess(one);
  agree(one);
  planOf(one);
  lookAt(one);
}

function agree(one: Case): void {
  const { course, hands, chance, tables, ids, days, id } = one;
  if (!course.draftedOn) return;
  const at = days.at(course.draftedOn, 30);
  const contractId = ids.at(at);
  tables.integration_contracts.push({
    id: contractId,
    version: course.signedOn ? 2 : 1,
    refugee_id: id,
    goal: chance.oneOf(OCCUPATIONS).goal,
    activities: 'Danish course, company internship',
    drafted_at: at,
    signed_on: course.signedOn,
    signed_by: course.signedOn && hands.caseworker.id,
  });
  const subject = { type: 'contract', id: contractId };
  note(one, course.draftedOn, hands.caseworker, 'contract.drafted', {}, subject);
  if (course.signedOn)
    note(one, course.signedOn, hands.caseworker, 'contract.signed', { signedOn: course.signedOn }, subject);
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
