import { randomUUID } from 'node:crypto';
import { aPdf } from '../factories/file-bytes.js';
import { type Office } from '../factories/office.js';
import {
  aContract,
  aCpr,
  aDanishCourse,
  anAdult,
  anAsylumPersonId,
  aNote,
  aPlannedTalk,
  aPracticeRule,
  aSpell,
  aSuspension,
} from '../factories/papers.js';
import { COMPETENCE_REQUESTS } from './valid-competence-requests.js';
import { aboutKnownCase, aboutNewPerson, ifMatch, type Make, type ValidRequest } from './valid-request.js';
import { VISIT_REQUESTS } from './valid-visit-requests.js';

const nothing: Make = () => ({});

/**
 * For every route of the running program one request that is right. A route that changes something is given
 * things of its own each time. The attack tests start from here: they change who asks, or one part of it.
 */
export const VALID_REQUESTS: Record<string, Make> = {
  'GET /health/live': nothing,
  'GET /health/ready': nothing,
  'POST /api/v1/auth/sign-in': () => ({ body: { email: 'nobody@example.dk', password: 'not the password' } }),
  'POST /api/v1/auth/refresh': () => ({ body: { refreshToken: 'not-a-refresh-token' } }),
  'GET /api/v1/auth/sessions': () => ({ query: { limit: '5', sort: '-startedAt' } }),
  'DELETE /api/v1/auth/sessions/current': nothing,
  'DELETE /api/v1/auth/sessions/:id': async (office) => ({
    params: { id: await office.session('caseworker') },
  }),
  'POST /api/v1/auth/queue-page-passes': nothing,
  'DELETE /api/v1/auth/queue-page-passes/current': nothing,
  'POST /api/v1/auth/password-resets': () => ({ body: { email: 'nobody@example.dk' } }),
  'POST /api/v1/auth/passwords': () => ({
    body: { token: 'not-a-password-token', password: 'a long enough password' },
  }),
  'PUT /api/v1/auth/password': async (office) => ({
    body: { currentPassword: await office.password('caseworker'), newPassword: 'another long password' },
  }),

  'GET /api/v1/staff/me': nothing,
  'PATCH /api/v1/staff/me': async (office) => {
    const version = await office.versionOf('job_consultant');
    return { body: { language: version % 2 ? 'en' : 'da' }, headers: ifMatch(version) };
  },
  'POST /api/v1/staff/absences': async (office) => {
    const [day, deputy] = [nextDay(), await office.colleague('job_consultant')];
    return { body: { fromOn: day, toOn: day, deputyId: deputy.id } };
  },
  'GET /api/v1/staff/absences': (office) => ({
    query: { accountId: office.account('job_consultant').id, limit: '5', sort: 'fromOn' },
  }),
  'PATCH /api/v1/staff/absences/:id': async (office) => ({
    params: { id: await office.absence('job_consultant', nextDay()) },
    body: { deputyId: (await office.colleague('job_consultant')).id },
    headers: ifMatch(1),
  }),
  'DELETE /api/v1/staff/absences/:id': async (office) => ({
    params: { id: await office.absence('job_consultant', nextDay()) },
  }),
  'GET /api/v1/staff/accounts': (office) => ({
    query: { unitId: office.unit.id, limit: '5', sort: '-name' },
  }),
  'GET /api/v1/staff/units': nothing,
  'GET /api/v1/staff/read-alerts': () => ({ query: { limit: '5', sort: 'hour' } }),
  'POST /api/v1/staff/accounts': (office) => ({
    body: {
      email: `${randomUUID()}@example.dk`,
      name: 'Karen Holm',
      role: 'caseworker',
      unitId: office.unit.id,
    },
  }),
  'GET /api/v1/staff/accounts/:id': (office) => ({ params: { id: office.account('caseworker').id } }),
  'PATCH /api/v1/staff/accounts/:id': async (office) => ({
    params: { id: (await office.colleague('caseworker')).id },
    body: { name: 'Karen Holm', disabled: true },
    headers: ifMatch(1),
  }),

  'GET /api/v1/legislation/rules': () => ({ query: { key: 'takeover.ukraine', on: '2027-02-01' } }),
  'GET /api/v1/legislation/suspensions': () => ({ query: { limit: '5', sort: '-fromOn' } }),
  'POST /api/v1/legislation/suspensions': () => ({ body: aSuspension() }),
  'POST /api/v1/legislation/suspensions/:id/endings': async (office) => ({
    params: { id: await office.suspension() },
    body: { toOn: '2027-12-31' },
  }),
  'DELETE /api/v1/legislation/suspensions/:id': async (office) => ({
    params: { id: await office.suspension() },
  }),
  'GET /api/v1/legislation/takeover-day': () => ({ query: { act: 'ukraine', decidedOn: '2026-09-17' } }),
  'POST /api/v1/legislation/rules': () => ({
    body: {
      key: 'igu.national_cap',
      value: 1600,
      validFrom: nextDay(),
      legalBasis: 'Lov 1/2027',
      source: 'retsinformation.dk',
      confidence: 'H',
    },
  }),
  'GET /api/v1/classifications/codes': () => ({ query: { scheme: 'isco08', q: 'cook' } }),
  'GET /api/v1/classifications/esco-occupations/:code': async (office) => ({
    params: { code: (await office.escoOccupation()).occupation },
  }),
  'GET /api/v1/classifications/esco-skills/:code': async (office) => ({
    params: { code: (await office.escoOccupation()).skill },
  }),
  'GET /api/v1/classifications/search': () => ({ query: { scheme: 'isco08', q: 'cook', limit: '5' } }),

  'GET /api/v1/practice-rules': (office) => ({ query: { unitId: office.unit.id, limit: '5' } }),
  'GET /api/v1/practice-rules/landmarks': nothing,
  'POST /api/v1/practice-rules': (office) => ({ body: aPracticeRule(office.unit.id) }),
  'POST /api/v1/practice-rules/:id/versions': async (office) => ({
    params: { id: (await office.practiceRuleOn()).ruleId },
  }),
  'GET /api/v1/practice-rule-versions/:id': async (office) => ({
    params: { id: (await office.practiceRule()).id },
  }),
  'PATCH /api/v1/practice-rule-versions/:id': async (office) => {
    const { id, version } = await office.practiceRule();
    return { params: { id }, body: { whileIn: 'on_benefit', repeats: true }, headers: ifMatch(version) };
  },
  'PUT /api/v1/practice-rule-versions/:id/activation': async (office) => {
    const { id, version } = await office.practiceRule();
    return { params: { id }, headers: ifMatch(version) };
  },
  'DELETE /api/v1/practice-rule-versions/:id/activation': async (office) => ({
    params: { id: (await office.practiceRuleOn()).id },
  }),
  'POST /api/v1/practice-rule-versions/:id/dry-runs': async (office) => ({
    params: { id: (await office.practiceRule()).id },
  }),
  'GET /api/v1/dry-runs/:id': async (office) => ({ params: { id: await office.dryRun() } }),
  'GET /api/v1/dry-runs/:id/cases': async (office) => ({ params: { id: await office.dryRun() } }),

  'POST /api/v1/refugees': () => ({
    body: { ...anAdult(), cpr: aCpr(), asylumPersonId: anAsylumPersonId() },
  }),
  'GET /api/v1/refugees': async (office) => ({
    query: { q: (await office.knownCase()).familyName, sort: '-takeoverOn', limit: '5' },
  }),
  'POST /api/v1/refugees/lookups': async (office) => ({ body: { cpr: (await office.knownCase()).cpr } }),
  'GET /api/v1/refugees/:id': aboutKnownCase,
  'PATCH /api/v1/refugees/:id': async (office) => {
    const { id, version } = await office.person();
    const body = { givenNames: 'Selam Åsa', languages: ['eng'] };
    return { params: { id }, body, headers: ifMatch(version), case: id };
  },
  'POST /api/v1/refugees/:id/identifiers': aboutNewPerson(() => ({ cpr: aCpr() })),
  'POST /api/v1/refugees/:id/cpr-reveals': aboutKnownCase,
  'PUT /api/v1/refugees/:id/team/:role': async (office) => {
    const { id } = await office.person();
    const staffId = (await office.colleague('caseworker')).id;
    return { params: { id, role: 'caseworker' }, body: { staffId }, case: id };
  },
  'DELETE /api/v1/refugees/:id/team/:role': async (office) => {
    const { id } = await office.person();
    return { params: { id, role: 'caseworker' }, case: id };
  },
  'POST /api/v1/refugees/:id/access-grants': async (office) => {
    const { id } = await office.person();
    return {
      params: { id },
      body: { staffId: (await office.colleague('coordinator')).id, days: 7 },
      case: id,
    };
  },
  // no case: sight of it by a grant is not enough
  'GET /api/v1/refugees/:id/access-grants': async (office) => ({
    params: { id: (await office.knownCase()).id },
    query: { sort: '-fromAt', limit: '5' },
  }),
  'DELETE /api/v1/refugees/:id/access-grants/:grantId': async (office) => {
    const { id } = await office.person();
    const grantId = await office.grant(id, (await office.colleague('coordinator')).id);
    return { params: { id, grantId }, case: id };
  },
  'GET /api/v1/refugees/:id/timeline': aboutKnownCase,

  'POST /api/v1/refugees/:id/notes': aboutNewPerson(aNote),
  'GET /api/v1/refugees/:id/notes': async (office) => ({
    ...(await aboutKnownCase(office)),
    query: { sort: '-aboutOn', limit: '5' },
  }),
  'GET /api/v1/notes/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.note }, case: known.id };
  },
  'PATCH /api/v1/notes/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.note(person.id);
    const body = { text: 'Called the canteen twice', kind: null };
    return { params: { id }, body, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/notes/:id/amendments': async (office) => {
    const person = await office.person();
    const id = await office.frozenNote(person.id);
    const body = { text: 'It was the other canteen', reason: 'I mixed them up' };
    return { params: { id }, body, case: person.id };
  },

  'PUT /api/v1/refugees/:id/documents/:documentId': async (office) => {
    const { id } = await office.person();
    return { params: { id, documentId: randomUUID() }, ...aDocument(), case: id };
  },
  'GET /api/v1/refugees/:id/documents': async (office) => ({
    ...(await aboutKnownCase(office)),
    query: { kind: 'permit_letter', sort: '-addedAt', limit: '5' },
  }),
  'GET /api/v1/documents/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.document }, case: known.id };
  },
  'GET /api/v1/documents/:id/content': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.document }, case: known.id };
  },
  'POST /api/v1/documents/:id/withdrawals': async (office) => {
    const { id } = await office.person();
    const reason = 'It is the letter of another person';
    return { params: { id: await office.document(id) }, body: { reason }, case: id };
  },

  'GET /api/v1/my-day': nothing,
  'GET /api/v1/refugees/:id/follow-ups': aboutKnownCase,
  'GET /api/v1/reminders/undelivered': async (office) => ({
    query: { refugeeId: (await office.knownCase()).id, limit: '5', sort: '-dueOn' },
  }),
  'POST /api/v1/reminders/decisions': async (office) => {
    const { id } = await office.person();
    const body = { reminderIds: [await office.undelivered(id)], outcome: 'dropped' };
    return { as: 'team_leader', case: id, body };
  },

  'GET /api/v1/follow-ups/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.followUp }, case: known.id };
  },
  'GET /api/v1/inbox': () => ({ query: { unread: 'true', limit: '5', sort: 'sentAt' } }),
  'POST /api/v1/inbox/readings': async (office) => ({
    as: 'caseworker',
    body: { reminderIds: [(await office.knownCase()).reminder] },
  }),
  'GET /api/v1/inbox/events': nothing,

  'POST /api/v1/refugees/:id/visitation': aboutNewPerson(() => ({
    heldOn: '2026-09-16',
    category: 'job_ready',
  })),
  'GET /api/v1/refugees/:id/visitation': aboutKnownCase,
  'PATCH /api/v1/refugees/:id/visitation': async (office) => {
    const { id } = await office.person();
    const { version } = await office.visitation(id);
    return { params: { id }, body: { heldOn: '2026-09-17' }, headers: ifMatch(version), case: id };
  },

  'GET /api/v1/units/:id/load': (office) => ({ params: { id: office.unit.id } }),
  'GET /api/v1/units/:id/follow-ups': (office) => ({
    params: { id: office.unit.id },
    query: { overdue: 'false', sort: '-actBy', limit: '5' },
  }),
  'POST /api/v1/handovers/previews': async (office) => ({
    body: await aHandover(office),
    query: { limit: '5' },
  }),
  'POST /api/v1/handovers': async (office) => ({ body: await aHandover(office) }),
  'GET /api/v1/handovers': () => ({ query: { sort: 'doneAt', limit: '5' } }),

  'POST /api/v1/me/calendar-feeds': () => ({ body: { name: 'My phone' } }),
  'GET /api/v1/me/calendar-feeds': () => ({ query: { limit: '5', sort: '-createdAt' } }),
  'DELETE /api/v1/me/calendar-feeds/:id': async (office) => ({
    params: { id: (await office.calendarFeed()).id },
  }),
  'GET /api/v1/calendar/:token.ics': async (office) => ({
    params: { token: (await office.calendarFeed()).token },
  }),

  'POST /api/v1/refugees/:id/contracts': aboutNewPerson(aContract),
  'GET /api/v1/refugees/:id/contracts': aboutKnownCase,
  'GET /api/v1/contracts/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.contract }, case: known.id };
  },
  'PATCH /api/v1/contracts/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.contract(person.id);
    return { params: { id }, body: { activities: [] }, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/contracts/:id/signatures': async (office) => {
    const person = await office.person();
    const body = { by: 'both', declarationSignedOn: '2026-09-16' };
    return { params: { id: (await office.contract(person.id)).id }, body, case: person.id };
  },
  'DELETE /api/v1/contracts/:id': async (office) => {
    const person = await office.person();
    return { params: { id: (await office.contract(person.id)).id }, case: person.id };
  },
  'DELETE /api/v1/contracts/:id/signatures': async (office) => {
    const person = await office.person();
    const { id } = await office.contract(person.id);
    await office.as('caseworker').post(`/contracts/${id}/signatures`, { by: 'person' });
    return { params: { id }, case: person.id };
  },
  'POST /api/v1/contracts/:id/revisions': async (office) => {
    const person = await office.person();
    return { params: { id: await office.signedContract(person.id) }, case: person.id };
  },

  'POST /api/v1/follow-ups/notes': async (office) => ({
    body: { followUpIds: [(await office.followUp()).id], text: 'Called her; she comes on Tuesday.' },
  }),
  'POST /api/v1/follow-ups/snoozes': async (office) => {
    const { id, actBy } = await office.followUp();
    const body = { followUpIds: [id], until: actBy, reason: 'The interpreter is away.' };
    return { as: 'caseworker', body };
  },
  'DELETE /api/v1/follow-ups/:id/snooze': async (office) => ({
    params: { id: (await office.followUp()).id },
  }),
  'POST /api/v1/follow-ups/reassignments': async (office) => ({
    as: 'caseworker',
    body: {
      followUpIds: [(await office.followUp()).id],
      toId: office.account('job_consultant').id,
      reason: 'Knows the employer.',
    },
  }),
  'POST /api/v1/follow-ups/dismissals': async (office) => ({
    as: 'caseworker',
    body: { followUpIds: [(await office.followUp()).id], reason: 'Moved away.' },
  }),
  'DELETE /api/v1/follow-ups/:id/dismissal': async (office) => {
    const { id } = await office.followUp();
    const dismissal = { followUpIds: [id], reason: 'By mistake.' };
    await office.as('caseworker').post('/follow-ups/dismissals', dismissal);
    return { params: { id } };
  },

  'POST /api/v1/refugees/:id/talks': aboutNewPerson(aPlannedTalk),
  'GET /api/v1/refugees/:id/talks': aboutKnownCase,
  'GET /api/v1/talks/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.talk }, case: known.id };
  },
  'PATCH /api/v1/talks/:id': async (office) => {
    const person = await office.person();
    const { id } = await office.talk(person.id);
    const held = { outcome: 'held', heldOn: '2026-10-12', summary: 'Likes to cook' };
    const { body } = await office.as('caseworker').post(`/talks/${id}/outcomes`, held);
    return {
      params: { id },
      body: { summary: 'Likes to bake' },
      headers: ifMatch(body.version),
      case: person.id,
    };
  },
  'POST /api/v1/talks/:id/outcomes': async (office) => {
    const person = await office.person();
    const { id } = await office.talk(person.id);
    return { params: { id }, body: { outcome: 'held', heldOn: '2026-10-12' }, case: person.id };
  },

  'POST /api/v1/refugees/:id/spells': aboutNewPerson(aSpell),
  'GET /api/v1/refugees/:id/spells': aboutKnownCase,
  'GET /api/v1/spells/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.spell }, case: known.id };
  },
  'PATCH /api/v1/spells/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.spell(person.id);
    return { params: { id }, body: { toOn: '2026-10-31' }, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/spells/:id/withdrawals': async (office) => {
    const person = await office.person();
    return { params: { id: (await office.spell(person.id)).id }, case: person.id };
  },

  'GET /api/v1/refugees/:id/danish-education': aboutKnownCase,
  'POST /api/v1/refugees/:id/danish-courses': aboutNewPerson(aDanishCourse),
  'PATCH /api/v1/danish-courses/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.danishCourse(person.id);
    const body = { toOn: '2026-10-30', outcome: 'completed' };
    return { params: { id }, body, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/refugees/:id/danish-exams': aboutNewPerson(() => ({
    exam: 'pd2',
    takenOn: '2026-10-30',
    passed: true,
  })),

  ...COMPETENCE_REQUESTS,
  ...VISIT_REQUESTS,
};

/** A letter that is sent as a file. */
export function aDocument(): Pick<ValidRequest, 'query' | 'headers' | 'file'> {
  return {
    query: { kind: 'permit_letter' },
    headers: { 'content-type': 'application/pdf', 'file-name': 'opholdstilladelse.pdf' },
    file: aPdf(),
  };
}

/** Of a caseworker with one case, to a colleague. */
export async function aHandover(office: Office): Promise<Record<string, unknown>> {
  const [giver, taker] = [await office.colleague('caseworker'), await office.colleague('caseworker')];
  await office.person({}, giver);
  return { unitId: office.unit.id, fromId: giver.id, toId: taker.id };
}

let days = 0;
/** Each new row of a rule, and each absence, has a day of its own. */
const nextDay = (): string => new Date(Date.UTC(2030, 0, ++days)).toISOString().slice(0, 10);
