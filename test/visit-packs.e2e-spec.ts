import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Outings, outcomes } from './factories/outings.js';
import { anAssessment } from './factories/papers.js';
import { makeAccount } from './factories/staff.js';
import { Tablet } from './support/tablet.js';

jest.setTimeout(120_000);

describe('visit packs', () => {
  let outings: Outings;

  beforeAll(async () => {
    outings = await Outings.open();
  });
  afterAll(() => outings.app.close());

  it('goes out, comes back whole, and the visit closes', async () => {
    const visitId = await outings.plan();
    const selam = await outings.person(visitId);
    const amina = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    expect(out.pack).toMatchObject({
      visitId,
      issuedAt: expect.stringMatching(/^2027-01-11T07:/),
      forms: [{ version: 1 }],
    });
    expect(out.pack.participants).toHaveLength(2);
    expect(out.participant(selam.refugeeId)).toEqual({
      id: selam.id,
      formVersion: 1,
      refugee: {
        id: selam.refugeeId,
        givenNames: 'Selam',
        familyName: 'Tesfay',
        birthYear: 1990,
        motherTongue: 'tir',
        languages: [],
        interpreterNeeded: expect.any(Boolean),
        interpreterLanguage: null,
      },
      values: { outcome: null, assessmentId: null },
      revisions: { outcome: 0, assessmentId: 0 },
    });

    const assessment = randomUUID();
    out.says(selam.id, 'outcome', 'met');
    out.says(selam.id, 'assessmentId', assessment);
    out.says(amina.id, 'outcome', 'moved');
    for (const [field, value] of Object.entries(anAssessment().answers))
      out.answers(assessment, field, value);
    const first = await out.send();
    expect(first.status).toBe(200);
    expect(outcomes(first.body)).toEqual(out.log.map(() => 'applied'));
    expect(first.body.manifest).toEqual({ expected: out.log.length, received: out.log.length });
    const answers = await outings.answersOf(assessment);
    expect(Object.keys(answers).sort()).toEqual(Object.keys(anAssessment().answers).sort());
    expect(answers.languages).toMatchObject({ revision: 1, source: 'talk' });

    const again = await out.send();
    expect(outcomes(again.body)).toEqual(out.log.map(() => 'duplicate'));
    expect(again.body.manifest).toEqual(first.body.manifest);
    expect(await outings.answersOf(assessment)).toEqual(answers);
    const manifest = (await outings.consultant.get(`/visits/${visitId}/manifest`)).body;
    expect(manifest).toMatchObject({
      ...first.body.manifest,
      devices: [{ deviceId: out.deviceId, last: out.log.length, received: out.log.length, missing: [] }],
      packs: [{ id: out.pack.packId, state: 'returned' }],
    });
    const read = await outings.consultant.get(`/visits/${visitId}`);
    expect(read.body.participants).toMatchObject([
      { outcome: expect.any(String) },
      { outcome: expect.any(String) },
    ]);
    expect((await outings.consultant.post(`/visits/${visitId}/closings`)).status).toBe(201);
    expect(await out.send()).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
  });

  it('is the same for its device while nothing changes, and 304 to who holds it', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const again = await outings.consultant.get(`/visits/${visitId}/pack?deviceId=${out.deviceId}`);
    expect(again.body.packId).toBe(out.pack.packId);
    expect((await out.fetch()).status).toBe(304);
    const colleague = await makeAccount(outings.app.database, outings.unit.id, 'job_consultant');
    expect((await outings.tablet(visitId, colleague)).pack.participants).toEqual([]);

    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'met' });
    const before = out.pack.packId;
    expect((await out.fetch()).status).toBe(200);
    expect(out.pack.packId).not.toBe(before);
    expect(out.participant(one.refugeeId)).toMatchObject({
      values: { outcome: 'met' },
      revisions: { outcome: 1 },
    });
    const states = async () =>
      (await outings.consultant.get(`/visits/${visitId}/manifest`)).body.packs
        .filter(({ account }: { account: { id: string } }) => account.id === outings.unit.jobConsultant.id)
        .map(({ state }: { state: string }) => state);
    expect(await states()).toEqual(['returned', 'out']);
    // the one that was replaced still takes what was done on it
    out.says(one.id, 'outcome', 'met', 1);
    expect(outcomes((await out.send(out.log, { packId: before })).body)).toEqual(['applied']);

    await outings.app.moveClock('2027-02-11T07:00:00Z');
    expect((await out.fetch()).status).toBe(200);
    await outings.app.moveClock('2027-01-11T07:00:00Z');
  });

  it('is one for each device, and the one a device fetched last is all that is waited for', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'absent' });
    const [a, b] = [await outings.tablet(visitId), await outings.tablet(visitId)];
    expect(b.pack.packId).not.toBe(a.pack.packId);
    const close = () => outings.consultant.post(`/visits/${visitId}/closings`);
    await a.send();
    expect(await close()).toMatchObject({ status: 422, body: { code: 'visits.packs_out', out: 1 } });
    // a reply that was lost, of a pack that held something else
    b.etag = undefined;
    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'met' });
    await b.fetch();
    await b.send();
    expect((await close()).status).toBe(201);

    const nameless = async () =>
      (await outings.consultant.get(`/visits/${other}/pack`)).body.packId as string;
    const other = await outings.plan();
    expect(await nameless()).not.toBe(await nameless());
  });

  it('of thirty people is at most 300 KB gzipped, and holds no number, address or permit', async () => {
    const visitId = await outings.plan();
    for (let i = 0; i < 30; i++) {
      const { id, refugeeId } = await outings.person(visitId);
      await outings.consultant.post(`/refugees/${refugeeId}/assessments`, anAssessment());
      if (i === 29)
        await outings.consultant.put(`/visits/${visitId}/participants/${id}/outcome`, { outcome: 'moved' });
    }
    const reply = await fetch(`${outings.app.address}/api/v1/visits/${visitId}/pack`, {
      headers: {
        authorization: outings.bearer,
        'accept-encoding': 'gzip',
      },
    });
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    const pack = (await reply.json()) as Tablet['pack'];
    expect(pack.participants).toHaveLength(29);
    expect(pack.participants[0].values).toMatchObject({
      assessmentId: expect.any(String),
      languages: expect.any(Array),
    });
    const size = gzipSync(JSON.stringify(pack)).length;
    console.log(`a pack of 29 people has ${size} bytes`);
    expect(size).toBeLessThan(300_000);
    expect(Object.keys(pack.participants[0].refugee)).not.toContain('bornOn');
    expect(Object.keys(pack.codes)).toEqual(
      expect.arrayContaining(['language', 'isco08', 'cefr', 'evidence']),
    );
  });

  it('keeps a visit from being cancelled while it is out, and is not given out after', async () => {
    const visitId = await outings.plan();
    await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const cancel = async () =>
      outings.consultant.post(
        `/visits/${visitId}/cancellations`,
        { reason: 'No bus' },
        { 'if-match': (await outings.consultant.get(`/visits/${visitId}`)).headers.get('etag')! },
      );
    expect(await cancel()).toMatchObject({ status: 422, body: { code: 'visits.packs_out' } });
    expect((await out.send()).status).toBe(200);
    expect((await cancel()).status).toBeLessThan(300);
    for (const reply of [await out.fetch(), await out.send()])
      expect(reply).toMatchObject({ status: 409, body: { code: 'visits.cancelled' } });
  });

  it('is written off with a reason when it never comes back, and taken in should it come after all', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'absent' });
    const out = await outings.tablet(visitId);
    const close = () => outings.consultant.post(`/visits/${visitId}/closings`);
    expect(await close()).toMatchObject({ status: 422, body: { code: 'visits.packs_out', out: 1 } });
    out.says(one.id, 'outcome', 'absent');
    out.says(one.id, 'outcome', 'absent');
    await out.send([out.log[0]]);
    expect(await close()).toMatchObject({
      status: 422,
      body: { code: 'visits.manifest_incomplete', expected: 2, received: 1 },
    });
    const writeOff = () =>
      outings.consultant.post(`/visits/${visitId}/packs/${out.pack.packId}/write-offs`, {
        reason: 'Lost on the train',
      });
    expect(await writeOff()).toMatchObject({ status: 200, body: { expected: 1, received: 1 } });
    expect(await writeOff()).toMatchObject({ status: 409, body: { code: 'visits.pack_complete' } });
    expect((await out.send()).body.manifest).toEqual({ expected: 2, received: 2 });
    expect((await close()).status).toBe(201);
  });
});
