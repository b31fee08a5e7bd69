import { randomUUID } from 'node:crypto';
import { aJpeg, sha256Of } from '../factories/file-bytes.js';
import type { Office } from '../factories/office.js';
import { aBooking } from '../factories/papers.js';
import { ifMatch, type Make } from './valid-request.js';

/** Of visits, what goes out on them and what comes back. */
export const VISIT_REQUESTS: Record<string, Make> = {
  'GET /api/v1/asylum-centres': () => ({ query: { q: 'sand', sort: '-name' } }),
  'POST /api/v1/visits': async (office) => ({
    body: { centreId: await office.centre(), onDay: '2027-01-11', interpreterLanguage: 'tir' },
  }),
  'GET /api/v1/visits': async (office) => ({ query: { centreId: await office.centre(), sort: 'onDay' } }),
  'GET /api/v1/visits/:id': async (office) => ({ params: { id: (await office.knownCase()).visit } }),
  'POST /api/v1/visits/:id/closings': async (office) => ({ params: { id: await office.visitToday() } }),
  'POST /api/v1/visits/:id/participants': async (office) => ({
    params: { id: await office.visit() },
    body: { refugeeId: (await office.knownCase()).id },
  }),
  'DELETE /api/v1/visits/:id/participants/:participantId': async (office) => ({
    params: await participantOf(office),
  }),
  'PATCH /api/v1/visits/:id': async (office) => ({
    params: { id: await office.visit() },
    body: { onDay: '2027-01-12', interpreterLanguage: 'ara' },
    headers: ifMatch(1),
  }),
  'POST /api/v1/visits/:id/cancellations': async (office) => ({
    params: { id: await office.visit() },
    body: { reason: 'The centre is closed that week' },
    headers: ifMatch(1),
  }),
  'POST /api/v1/visits/:id/invitations': async (office) => {
    const { id, participantId } = await participantOf(office);
    return { params: { id }, body: { participantIds: [participantId], how: 'letter' } };
  },
  'GET /api/v1/visits/:id/participants/:participantId/invitation': async (office) => {
    const known = await office.knownCase();
    return {
      params: { id: known.visit, participantId: known.participant },
      query: { lang: 'tir' },
      shows: known.id,
    };
  },
  'DELETE /api/v1/visits/:id/participants/:participantId/invitation': async (office) => {
    const params = await participantOf(office);
    await office
      .as('job_consultant')
      .post(`/visits/${params.id}/invitations`, { participantIds: [params.participantId], how: 'phone' });
    return { params };
  },
  'GET /api/v1/visits/:id/day-sheet': async (office) => {
    const { id, visit } = await office.knownCase();
    return { params: { id: visit }, shows: id };
  },
  'POST /api/v1/visits/:id/interpreter-bookings': async (office) => ({
    params: { id: await office.visit() },
    body: aBooking({ agency: 'Tolkegruppen' }),
  }),
  'PATCH /api/v1/visits/:id/interpreter-bookings/:bookingId': async (office) => ({
    params: await bookingOf(office),
    body: { fromTime: '09:00', form: 'video' },
    headers: ifMatch(1),
  }),
  'POST /api/v1/visits/:id/interpreter-bookings/:bookingId/confirmations': async (office) => ({
    params: await bookingOf(office),
    body: { reference: '2026-88413' },
  }),
  'DELETE /api/v1/visits/:id/interpreter-bookings/:bookingId': async (office) => ({
    params: await bookingOf(office),
  }),
  'PUT /api/v1/visits/:id/participants/:participantId/outcome': async (office) => {
    const [id, known] = [await office.visitToday(), await office.knownCase()];
    const participantId = await office.participant(id, known.id);
    return { params: { id, participantId }, body: { outcome: 'met', assessmentId: known.assessment } };
  },
  'GET /api/v1/visits/:id/pack': async (office) => ({
    params: { id: (await office.knownCase()).visit },
    as: 'job_consultant',
  }),
  'GET /api/v1/visits/:id/manifest': async (office) => ({ params: { id: (await office.knownCase()).visit } }),
  'POST /api/v1/visits/:id/operations': async (office) => {
    const { id, participantId } = await participantOf(office);
    return {
      as: 'job_consultant',
      params: { id },
      body: {
        packId: await office.pack(id),
        deviceId: 'tablet-1',
        operations: [met(participantId)],
        last: 1,
      },
    };
  },
  'PUT /api/v1/visits/:id/attachments/:sha256': async (office) => {
    const id = await office.visit();
    const photo = aJpeg(randomUUID());
    const headers = { 'pack-id': await office.pack(id), 'content-type': 'image/jpeg' };
    return { as: 'job_consultant', params: { id, sha256: sha256Of(photo) }, file: photo, headers };
  },
  'GET /api/v1/visits/:id/attachments/:sha256': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.visit, sha256: known.photo }, case: known.id };
  },
  'GET /api/v1/refugees/:id/attachments/:sha256': async (office) => {
    const known = await office.knownCase();
    return { params: { id: known.id, sha256: known.photo }, case: known.id };
  },
  'POST /api/v1/visits/:id/packs/:packId/write-offs': async (office) => {
    const id = await office.visit();
    return { params: { id, packId: await office.pack(id) }, body: { reason: 'The tablet was stolen' } };
  },
  'GET /api/v1/visits/:id/operations': async (office) => ({
    params: { id: (await office.knownCase()).visit },
    query: { outcome: 'conflict', decided: 'false', sort: '-receivedAt', limit: '5' },
  }),
  'POST /api/v1/visits/:id/operations/:operationId/decisions': async (office) => {
    const { id, participantId } = await participantOf(office);
    // of two with one number the second stands aside
    const [first, second] = [met(participantId), { ...met(participantId), value: 'absent' }];
    const operationId = await office.aside(id, first, second);
    return { params: { id, operationId }, body: { take: false, reason: 'Asked her again' } };
  },
};

/** As a device says it. */
const met = (id: string): Record<string, unknown> => ({
  id: randomUUID(),
  seq: 1,
  subject: { type: 'participant', id },
  field: 'outcome',
  baseRevision: 0,
  value: 'met',
  at: '2027-01-11T09:30:00+01:00',
});

/** Of the known case, on a visit of its own. */
export async function participantOf(office: Office): Promise<{ id: string; participantId: string }> {
  const id = await office.visit();
  return { id, participantId: await office.participant(id, (await office.knownCase()).id) };
}

/** On a visit of its own. */
export async function bookingOf(office: Office): Promise<{ id: string; bookingId: string }> {
  const id = await office.visit();
  return { id, bookingId: (await office.booking(id)).id };
}
