import { randomUUID } from 'node:crypto';
import { aCpr, anAdult, anAssessment, anAsylumPersonId, type Office } from '../factories/office.js';

/** A request that is right in every respect, for a colleague of the office that made it. */
export interface ValidRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** The case it is about, where sight of that case is all the route asks for. */
  case?: string;
}

type Make = (office: Office) => ValidRequest | Promise<ValidRequest>;

const aboutKnownCase: Make = async (office) => {
  const { id } = await office.knownCase();
  return { params: { id }, case: id };
};
const aboutNewPerson =
  (body?: () => Record<string, unknown>): Make =>
  async (office) => {
    const { id } = await office.person();
    return { params: { id }, case: id, ...(body && { body: body() }) };
  };
const ifMatch = (version: number): Record<string, string> => ({ 'if-match': `"${version}"` });
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
  'GET /api/v1/legislation/takeover-day': () => ({ query: { act: 'ukraine', decidedOn: '2026-11-03' } }),
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
  'GET /api/v1/classifications/search': () => ({ query: { scheme: 'isco08', q: 'cook', limit: '5' } }),

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
  'DELETE /api/v1/refugees/:id/access-grants/:grantId': async (office) => {
    const { id } = await office.person();
    const grantId = await office.grant(id, (await office.colleague('coordinator')).id);
    return { params: { id, grantId }, case: id };
  },
  'GET /api/v1/refugees/:id/timeline': aboutKnownCase,

  'GET /api/v1/my-day': nothing,
  'GET /api/v1/refugees/:id/follow-ups': aboutKnownCase,

  'POST /api/v1/refugees/:id/contracts': aboutNewPerson(() => ({ goal: 'Work', activities: 'Danish' })),
  'GET /api/v1/refugees/:id/contracts': aboutKnownCase,
  'GET /api/v1/contracts/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.contract }, case: known.id };
  },
  'PATCH /api/v1/contracts/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.contract(person.id);
    return { params: { id }, body: { goal: 'A job' }, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/contracts/:id/signatures': async (office) => {
    const person = await office.person();
    return { params: { id: (await office.contract(person.id)).id }, body: {}, case: person.id };
  },

  'POST /api/v1/refugees/:id/assessments': aboutNewPerson(anAssessment),
  'GET /api/v1/refugees/:id/assessments': aboutKnownCase,
  'GET /api/v1/refugees/:id/competence-profile': aboutKnownCase,
  'GET /api/v1/assessments/:id': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.assessment }, case: known.id };
  },
  'PUT /api/v1/assessments/:id': async (office) => {
    const person = await office.person();
    const { id, version } = await office.assessment(person.id);
    const body = { ...anAssessment(), skills: [] };
    return { params: { id }, body, headers: ifMatch(version), case: person.id };
  },
  'POST /api/v1/assessments/:id/signatures': async (office) => {
    const person = await office.person();
    return { params: { id: (await office.assessment(person.id)).id }, case: person.id };
  },
  'POST /api/v1/assessments/:id/amendments': async (office) => {
    const person = await office.person();
    const id = await office.signedAssessment(person.id);
    return { params: { id }, body: { reason: 'The years were misheard' }, case: person.id };
  },

  'GET /api/v1/asylum-centres': () => ({ query: { q: 'sand', sort: '-name' } }),
  'POST /api/v1/visits': async (office) => ({
    body: { centreId: await office.centre(), onDay: '2027-01-11', interpreterLanguage: 'tir' },
  }),
  'GET /api/v1/visits': async (office) => ({ query: { centreId: await office.centre(), sort: 'onDay' } }),
  'GET /api/v1/visits/:id': async (office) => ({ params: { id: (await office.knownCase()).visit } }),
  'POST /api/v1/visits/:id/closings': async (office) => ({ params: { id: await office.visit() } }),
  'POST /api/v1/visits/:id/participants': async (office) => ({
    params: { id: await office.visit() },
    body: { refugeeId: (await office.knownCase()).id },
  }),
  'DELETE /api/v1/visits/:id/participants/:participantId': async (office) => ({
    params: await participantOf(office),
  }),
  'PUT /api/v1/visits/:id/participants/:participantId/outcome': async (office) => ({
    params: await participantOf(office),
    body: { outcome: 'met', assessmentId: (await office.knownCase()).assessment },
  }),
};

/**
 * Requests at home, with something of another office's cases inside: it is as if that were not there.
 * A route with two ids in its address must stand here; so must one that takes the id of a case in its body.
 */
export const FOREIGN_INSIDE: Record<string, (mine: Office, theirs: Office) => Promise<ValidRequest>[]> = {
  'DELETE /api/v1/refugees/:id/access-grants/:grantId': (mine, theirs) => [
    inside(mine, theirs, async ({ id }, { grant }) => ({ params: { id, grantId: grant } })),
  ],
  'POST /api/v1/visits/:id/participants': (mine, theirs) => [
    inside(mine, theirs, async ({ visit }, { id }) => ({ params: { id: visit }, body: { refugeeId: id } })),
  ],
  'DELETE /api/v1/visits/:id/participants/:participantId': (mine, theirs) => [
    inside(mine, theirs, async ({ visit }, { participant }) => ({
      params: { id: visit, participantId: participant },
    })),
    sharedVisit(mine, theirs).then((params) => ({ params })),
  ],
  'PUT /api/v1/visits/:id/participants/:participantId/outcome': (mine, theirs) => [
    inside(mine, theirs, async ({ visit }, { participant }) => ({
      params: { id: visit, participantId: participant },
      body: { outcome: 'met' },
    })),
    inside(mine, theirs, async (_, { assessment }) => ({
      params: await participantOf(mine),
      body: { outcome: 'met', assessmentId: assessment },
    })),
    sharedVisit(mine, theirs).then((params) => ({ params, body: { outcome: 'met' } })),
  ],
};

type Known = Awaited<ReturnType<Office['knownCase']>>;

async function inside(
  mine: Office,
  theirs: Office,
  make: (ours: Known, foreign: Known) => Promise<ValidRequest>,
): Promise<ValidRequest> {
  return make(await mine.knownCase(), await theirs.knownCase());
}

/** A visit of mine that a colleague of theirs goes on, too, and on which they meet somebody of a case of theirs. */
export async function sharedVisit(
  mine: Office,
  theirs: Office,
): Promise<{ id: string; participantId: string }> {
  const id = await mine.visit([theirs.account('job_consultant').id]);
  return { id, participantId: await theirs.participant(id, (await theirs.knownCase()).id) };
}

async function participantOf(office: Office): Promise<{ id: string; participantId: string }> {
  const id = await office.visit();
  return { id, participantId: await office.participant(id, (await office.knownCase()).id) };
}

let days = 0;
/** Each new row of a rule, and each absence, has a day of its own. */
const nextDay = (): string => new Date(Date.UTC(2030, 0, ++days)).toISOString().slice(0, 10);
