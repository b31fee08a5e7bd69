import type { Chance } from '../../demo/chance.js';
import { OCCUPATIONS } from '../../demo/occupations.js';
import type { Day } from '../../src/platform/calendar/calendar.js';
import { blindIndex, type Sealer } from '../../src/platform/crypto/sealer.js';
import type { Course } from './course.js';
import type { Days } from './days.js';
import { planOf } from './follow-up.rows.js';
import type { Ids } from './ids.js';
import type { Law } from './law.js';
import type { Hands, Member } from './office.js';
import type { ScalePerson } from './person.js';
import type { Tables } from './tables.js';
import { visitIdOf } from './visits.js';

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
  hands: Hands;
  ids: Ids;
  chance: Chance;
  tables: Tables;
}

export function addPerson(one: Case): void {
  register(one);
  fillTeam(one);
  assess(one);
  agree(one);
  planOf(one);
  lookAt(one);
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

function register(one: Case): void {
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

function fillTeam(one: Case): void {
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

/** Met at an asylum centre: what the person tells is signed the day after. */
function assess(one: Case): void {
  const { course, hands, chance, tables, ids, days, id, person } = one;
  if (!course.metOn) return;
  const { metOn } = course;
  const occupation = chance.oneOf(OCCUPATIONS);
  const at = days.at(metOn, person.number);
  const assessmentId = ids.at(at);
  const country = person.nationality === 'XX' ? 'LB' : person.nationality;
  tables.assessments.push({
    id: assessmentId,
    refugee_id: id,
    interpreter_present: person.interpreterNeeded,
    interpreter_language: person.interpreterNeeded ? person.motherTongue : null,
    wishes: occupation.goal,
    hours_per_week: 37,
    available_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    drafted_by: hands.consultant.id,
    drafted_at: at,
    signed_by: hands.consultant.id,
    signed_at: days.at(metOn, person.number + 60),
    signed_on: metOn,
  });
  const part = { assessment_id: assessmentId, position: 1 };
  [person.motherTongue, ...person.languages].forEach((language, place) => {
    const level = place === 0 ? 'C2' : 'B1';
    const mother = place === 0;
    tables.assessment_languages.push({
      ...part,
      position: place + 1,
      language,
      mother_tongue: mother,
      spoken: level,
    });
  });
  const schooling = {
    level: occupation.level,
    field: occupation.field,
    country,
    documents: 'lost',
    recognition: 'none',
  };
  tables.assessment_schooling.push({ ...part, ...schooling });
  const work = {
    own_words: occupation.ownWords,
    danish_text: occupation.danish,
    occupation: occupation.code,
  };
  const years = chance.between(1, 12);
  tables.assessment_work.push({
    ...part,
    ...work,
    own_words_language: 'eng',
    coded: 'likely',
    country,
    years,
  });
  tables.assessment_skills.push({ ...part, description: occupation.skill, evidence: 'described' });
  tables.assessment_wished_occupations.push({ ...part, occupation: occupation.code });
  tables.visit_participants.push({
    id: ids.at(at),
    visit_id: visitIdOf(hands.unit, metOn),
    refugee_id: id,
    outcome: 'met',
    assessment_id: assessmentId,
    recorded_at: at,
  });
  const subject = { type: 'assessment', id: assessmentId };
  note(
    one,
    metOn,
    hands.consultant,
    'assessment.drafted',
    { work: 1, languages: 1 + person.languages.length },
    subject,
  );
  note(one, metOn, hands.consultant, 'assessment.signed', {}, subject);
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

const bytea = (value: Buffer): string => `\\x${value.toString('hex')}`;
