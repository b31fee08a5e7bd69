import type { Day } from '../../src/platform/calendar/calendar.js';
import { blindIndex } from '../../src/platform/crypto/sealer.js';
import { note, type Case } from './case.js';
import type { Member } from './office.js';

/** Who the person is, and the numbers they are found by. */
export function register(one: Case): void {
  const { id, person, course, hands, ids, days, tables, sealer, indexKey } = one;
  const at = days.at(course.registeredOn, person.number);
  const { facts, takeoverOn } = course;
  const taken = takeoverOn !== null && takeoverOn <= days.today;
  tables.refugees.push({
    id,
    version: 1 + course.movedFrom.length,
    unit_id: hands.unit.id,
    given_names: person.givenNames,
    family_name: person.familyName,
    born_on: person.bornOn,
    sex: person.sex,
    nationality: person.nationality,
    mother_tongue: person.motherTongue,
    interpreter_needed: person.interpreterNeeded,
    interpreter_language: person.interpreterNeeded ? person.motherTongue : null,
    household_adults: person.adults,
    household_children: person.children,
    childcare: person.children === 0 ? 'not_needed' : 'arranged',
    permit_basis: person.permitBasis,
    permit_granted_on: course.registeredOn,
    allocation_decided_on: facts.allocationDecidedOn,
    registered_on: facts.registeredOn,
    takeover_on: takeoverOn,
    takeover_rule_ids: course.takeoverRuleIds,
    registered_at: at,
  });
  for (const language of person.languages) tables.refugee_languages.push({ refugee_id: id, language });
  const number = { refugee_id: id, valid_from: at };
  tables.refugee_identifiers.push({
    ...number,
    id: ids.at(at),
    system: 'asylum_person_id',
    value: person.asylumPersonId,
    sealed: null,
    blind_index: null,
  });
  if (taken) {
    const identifierId = ids.at(at);
    tables.refugee_identifiers.push({
      ...number,
      id: identifierId,
      system: 'cpr',
      value: null,
      sealed: bytea(sealer.seal(person.cpr, identifierId)),
      blind_index: bytea(blindIndex(indexKey, person.cpr)),
    });
  }
  const unitId = hands.unit.id;
  note(one, course.registeredOn, hands.consultant, 'refugee.registered', {
    unitId,
    takeoverOn: null,
    ruleIds: [],
  });
}

/** Who works on the case, and now and then somebody else who may see it. */
export function fillTeam(one: Case): void {
  const { course, hands, chance, tables, ids, days, id } = one;
  const join = (member: Member, fromOn: Day, untilOn: Day | null = null): void => {
    const { role } = member;
    const teamId = ids.at(days.at(fromOn, 0));
    tables.case_team.push({
      id: teamId,
      refugee_id: id,
      staff_id: member.id,
      role,
      from_on: fromOn,
      until_on: untilOn,
    });
    note(one, fromOn, hands.consultant, 'team.joined', { role, staffId: member.id, fromOn });
  };
  const { coordinatorOn, caseworkerOn, passedOnOn } = course;
  join(hands.consultant, course.registeredOn);
  if (coordinatorOn) join(hands.coordinator, coordinatorOn);
  if (caseworkerOn && passedOnOn) join(hands.caseworkerBefore, caseworkerOn, passedOnOn);
  if (caseworkerOn) join(hands.caseworker, passedOnOn ?? caseworkerOn);
  if (!chance.hits(2)) return;
  const until = new Date(days.now.getTime() + chance.between(-60, 30) * 86_400_000);
  tables.access_grant.push({
    id: ids.at(days.now),
    refugee_id: id,
    staff_id: hands.guest.id,
    granted_by: hands.unit.leader.id,
    from_at: new Date(until.getTime() - 90 * 86_400_000),
    until_at: until,
  });
}

const bytea = (value: Buffer): string => `\\x${value.toString('hex')}`;
