import type { Office } from '../factories/office.js';
import type { ValidRequest } from './valid-request.js';
import { aDocument, aHandover, VALID_REQUESTS } from './valid-requests.js';
import { bookingOf, participantOf } from './valid-visit-requests.js';

/**
 * Requests at home, with something of another office's cases inside: it is as if that were not there.
 * A route with two ids in its address must stand here; so must one that takes the id of a case in its body.
 */
export const FOREIGN_INSIDE: Record<string, (mine: Office, theirs: Office) => Promise<ValidRequest>[]> = {
  'DELETE /api/v1/refugees/:id/access-grants/:grantId': (mine, theirs) => [
    inside(mine, theirs, async ({ id }, { grant }) => ({ params: { id, grantId: grant } })),
  ],
  'PUT /api/v1/refugees/:id/documents/:documentId': (mine, theirs) => [
    inside(mine, theirs, async ({ id }, { document }) => ({
      params: { id, documentId: document },
      ...aDocument(),
    })),
  ],
  'POST /api/v1/handovers/previews': (mine, theirs) => [
    aHandover(mine).then((body) => ({ body: { ...body, unitId: theirs.unit.id } })),
  ],
  'POST /api/v1/handovers': (mine, theirs) => [
    aHandover(mine).then((body) => ({ body: { ...body, unitId: theirs.unit.id } })),
    aHandover(theirs).then((body) => ({ body })),
  ],
  ...Object.fromEntries(
    ['notes', 'snoozes', 'reassignments', 'dismissals'].map((turn) => [
      `POST /api/v1/follow-ups/${turn}`,
      (mine: Office, theirs: Office) => [
        theirsAmong(mine, theirs, VALID_REQUESTS[`POST /api/v1/follow-ups/${turn}`]),
      ],
    ]),
  ),
  'POST /api/v1/inbox/readings': (mine, theirs) => [
    inside(mine, theirs, async (ours, foreign) => ({
      body: { reminderIds: [ours.reminder, foreign.reminder] },
    })),
  ],
  'GET /api/v1/assessments/:id/comparisons/:otherId': (mine, theirs) => [
    inside(mine, theirs, async (ours, foreign) => ({
      params: { id: ours.assessment, otherId: foreign.assessment },
    })),
  ],
  'POST /api/v1/case-handovers/:id/questions/:questionId/answers': (mine, theirs) => [
    inside(mine, theirs, async ({ caseHandover }, { caseQuestion }) => ({
      params: { id: caseHandover, questionId: caseQuestion },
      body: { text: 'His sister' },
    })),
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
  'POST /api/v1/visits/:id/operations': (mine, theirs) => [
    theirPack(mine, theirs).then(({ id, packId }) => ({
      params: { id },
      body: { packId, deviceId: 'tablet-1', operations: [], last: 0 },
    })),
  ],
  'GET /api/v1/visits/:id/attachments/:sha256': (mine, theirs) => [
    inside(mine, theirs, async ({ visit }, { photo }) => ({ params: { id: visit, sha256: photo } })),
  ],
  'GET /api/v1/refugees/:id/attachments/:sha256': (mine, theirs) => [
    inside(mine, theirs, async ({ id }, { photo }) => ({ params: { id, sha256: photo } })),
  ],
  'POST /api/v1/visits/:id/packs/:packId/write-offs': (mine, theirs) => [
    theirPack(mine, theirs).then((params) => ({ params, body: { reason: 'The tablet was stolen' } })),
  ],
  'POST /api/v1/visits/:id/operations/:operationId/decisions': (mine, theirs) =>
    [VALID_REQUESTS['POST /api/v1/visits/:id/operations/:operationId/decisions'](theirs)].map(
      async (request) => {
        const { params, body } = await request;
        return { params: { ...params, id: await mine.visit() }, body };
      },
    ),
  'POST /api/v1/visits/:id/invitations': (mine, theirs) => [
    sharedVisit(mine, theirs).then(({ id, participantId }) => ({
      params: { id },
      body: { participantIds: [participantId], how: 'letter' },
    })),
  ],
  ...Object.fromEntries(
    ['GET', 'DELETE'].map((method) => [
      `${method} /api/v1/visits/:id/participants/:participantId/invitation`,
      (mine: Office, theirs: Office) => [
        inside(mine, theirs, async ({ visit }, { participant }) => ({
          params: { id: visit, participantId: participant },
        })),
        sharedVisit(mine, theirs).then((params) => ({ params })),
      ],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ PATCH: '', POST: '/confirmations', DELETE: '' }).map(([method, step]) => {
      const route = `${method} /api/v1/visits/:id/interpreter-bookings/:bookingId${step}`;
      return [
        route,
        (mine: Office, theirs: Office) => [
          Promise.all([VALID_REQUESTS[route](mine), mine.knownCase(), bookingOf(theirs)]).then(
            ([right, { visit }, { bookingId }]) => ({ ...right, params: { id: visit, bookingId } }),
          ),
        ],
      ];
    }),
  ),
  'POST /api/v1/reminders/decisions': (mine, theirs) => [
    Promise.all([mine, theirs].map(async (one) => one.undelivered((await one.person()).id))).then(
      (reminderIds) => ({ body: { reminderIds, outcome: 'dropped' } }),
    ),
  ],
};

/** A set of follow-ups, one of which is of a case of theirs. */
async function theirsAmong(
  mine: Office,
  theirs: Office,
  make: (office: Office) => ValidRequest | Promise<ValidRequest>,
): Promise<ValidRequest> {
  const { body } = await make(mine);
  const { followUp } = await theirs.knownCase();
  return { body: { ...body, followUpIds: [...(body!.followUpIds as string[]), followUp] } };
}

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

/** A visit of ours, and a pack of a visit of theirs. */
async function theirPack(mine: Office, theirs: Office): Promise<{ id: string; packId: string }> {
  return { id: await mine.visit(), packId: await theirs.pack(await theirs.visit()) };
}
