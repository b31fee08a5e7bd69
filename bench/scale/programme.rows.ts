import { OCCUPATIONS } from '../../demo/occupations.js';
import { note, type Case } from './case.js';
import { after } from './days.js';
import { partOf } from './history.js';

/** What the duties of the programme rest on. */
export function takePart(one: Case): void {
  visit(one);
  agree(one);
  talk(one);
  live(one);
}

function visit(one: Case): void {
  const { programme, chance, tables, days, hands, id } = one;
  if (!programme.visitationOn) return;
  const [visitationId, heldOn] = [partOf(one, 'visitation'), programme.visitationOn];
  const category = chance.oneOf(['job_ready', 'activity_ready']);
  const recordedAt = days.at(heldOn, 20);
  tables.visitations.push({
    id: visitationId,
    version: 1,
    refugee_id: id,
    held_on: heldOn,
    category,
    recorded_at: recordedAt,
  });
  const subject = { type: 'visitation', id: visitationId };
  note(one, heldOn, hands.caseworker, 'visitation.recorded', { heldOn, category }, subject);
}

function agree(one: Case): void {
  const { course, hands, chance, tables, days, id } = one;
  if (!course.draftedOn) return;
  const contractId = partOf(one, 'contract');
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
    drafted_at: days.at(course.draftedOn, 30),
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

function talk(one: Case): void {
  const { programme, chance, tables, days, hands, id } = one;
  const form = (): string => chance.oneOf(['in_person', 'phone', 'video']);
  const common = { version: 1, refugee_id: id };
  for (const heldOn of programme.talksHeldOn) {
    const talkId = partOf(one, `talk ${heldOn}`);
    const summary = 'Talked about Danish lessons, work and the children.';
    const held = { state: 'held', planned_at: null, held_on: heldOn, form: form(), summary };
    tables.talks.push({ ...common, id: talkId, ...held });
    note(one, heldOn, hands.caseworker, 'talk.held', { heldOn }, { type: 'talk', id: talkId });
  }
  const { talkPlannedOn } = programme;
  if (!talkPlannedOn) return;
  const talkId = partOf(one, 'talk ahead');
  const plannedAt = new Date(`${after(days.today, chance.between(1, 20))}T09:00:00Z`);
  const ahead = { state: 'planned', planned_at: plannedAt, held_on: null, form: form(), summary: null };
  tables.talks.push({ ...common, id: talkId, ...ahead });
  note(one, talkPlannedOn, hands.caseworker, 'talk.planned', { plannedAt }, { type: 'talk', id: talkId });
}

function live(one: Case): void {
  const { programme, chance, tables, hands, id } = one;
  for (const { kind, fromOn, toOn } of programme.spells) {
    const spellId = partOf(one, `${kind} ${fromOn}`);
    tables.spells.push({
      id: spellId,
      version: 1,
      refugee_id: id,
      kind,
      from_on: fromOn,
      to_on: toOn,
      employer: kind === 'work' ? chance.oneOf(['Hotel Havnen', 'Bageriet Aks', 'Nordlager']) : null,
      hours_per_week: kind === 'work' ? chance.between(10, 37) : null,
    });
    const subject = { type: 'spell', id: spellId };
    note(one, fromOn, hands.caseworker, 'spell.recorded', { kind, fromOn, toOn }, subject);
  }
}
