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
  const { code, goal } = chance.oneOf(OCCUPATIONS);
  const undated = { fromOn: null, untilOn: null };
  tables.integration_contracts.push({
    id: contractId,
    version: course.signedOn ? 2 : 1,
    refugee_id: id,
    goals: [{ kind: 'employment', description: goal, occupation: code }],
    activities: [
      { kind: 'danish_course', description: 'Danish course', hoursPerWeek: 15, ...undated },
      { kind: 'internship', description: 'Company internship', hoursPerWeek: 22, ...undated },
    ],
    drafted_at: at,
    person_signed_on: course.signedOn,
    municipality_signed_on: course.signedOn,
    municipality_signed_by: course.signedOn && hands.caseworker.id,
    signed_on: course.signedOn,
  });
  const subject = { type: 'contract', id: contractId };
  const { draftedOn, signedOn } = course;
  note(one, draftedOn, hands.caseworker, 'contract.drafted', { goals: 1, activities: 2 }, subject);
  if (!signedOn) return;
  for (const fact of ['contract.signed', 'contract.signed_by_person', 'contract.signed_by_municipality'])
    note(one, signedOn, hands.caseworker, fact, { signedOn }, subject);
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
