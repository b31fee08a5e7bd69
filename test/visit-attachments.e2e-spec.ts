import { randomUUID } from 'node:crypto';
import { aJpeg, sha256Of } from './factories/file-bytes.js';
import { Outings } from './factories/outings.js';
import { makeAccount, type TestAccount } from './factories/staff.js';
import { Tablet } from './support/tablet.js';

jest.setTimeout(120_000);

describe('attachments of a visit', () => {
  let outings: Outings;

  beforeAll(async () => {
    outings = await Outings.open();
  });
  afterAll(() => outings.app.close());

  const send = (
    out: Tablet,
    photo: Buffer,
    sha256 = sha256Of(photo),
    packId = out.pack.packId,
    type = 'image/jpeg',
  ) =>
    out.client.put(`/visits/${out.visitId}/attachments/${sha256}`, photo, {
      'pack-id': packId,
      'content-type': type,
    });

  it('come before or after the operation that names them, as often as one likes, and are counted once', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'met' });
    const out = await outings.tablet(visitId);
    const photos = ['before', 'after', 'never named'].map((name) => aJpeg(`${name} ${randomUUID()}`));
    const [before, after, unnamed] = photos;
    const id = randomUUID();
    out.says(one.id, 'assessmentId', id);
    out.answers(id, 'skills', [
      {
        danish: 'Svejser',
        evidence: { grade: 'documented' },
        attachments: [sha256Of(before), sha256Of(after)],
      },
    ]);
    const first = await send(out, before);
    expect(first).toMatchObject({ status: 200, body: { sha256: sha256Of(before), bytes: before.length } });
    expect((await out.send()).body).toMatchObject({
      results: [{ outcome: 'applied' }, { outcome: 'applied' }],
      manifest: { expected: 4, received: 3 },
    });
    expect((await outings.consultant.get(`/visits/${visitId}/manifest`)).body.missingAttachments).toEqual([
      sha256Of(after),
    ]);
    expect((await outings.consultant.post(`/visits/${visitId}/closings`)).body.code).toBe(
      'visits.manifest_incomplete',
    );
    await Promise.all([send(out, after), send(out, after), send(out, unnamed)]);
    expect((await send(out, before)).body).toEqual(first.body);
    expect((await out.send([])).body.manifest).toEqual({ expected: 4, received: 4 });
    const [{ files }] = await outings.app.database.asOwner<{ files: number }>(
      `select count(*)::int as files from files f join visit_attachments a on a.file_id = f.id
       where a.visit_id = $1 and f.let_go_at is null`,
      [visitId],
    );
    expect(files).toBe(3);

    const reply = await fetch(
      `${outings.app.address}/api/v1/visits/${visitId}/attachments/${sha256Of(before)}`,
      {
        headers: { authorization: outings.bearer },
      },
    );
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(before);
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{12}\.jpg"/);
    const ofCase = `/refugees/${one.refugeeId}/attachments/${sha256Of(before)}`;
    expect(await outings.app.as(outings.unit.leader).get(ofCase)).toMatchObject({ status: 200 });
    const other = await outings.person(visitId);
    await outings.consultant.put(`/visits/${visitId}/participants/${other.id}/outcome`, {
      outcome: 'absent',
    });
    expect(
      await outings.consultant.get(`/refugees/${other.refugeeId}/attachments/${sha256Of(before)}`),
    ).toMatchObject({ status: 404, body: { code: 'visits.no_such_attachment' } });
    // nobody is named of it, so nobody can be shown it
    expect((await outings.consultant.get(`/visits/${visitId}/attachments/${sha256Of(unnamed)}`)).status).toBe(
      404,
    );
    expect((await outings.consultant.post(`/visits/${visitId}/closings`)).status).toBe(201);
    expect(await send(out, before)).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
    // what nothing names is not kept
    expect(
      await outings.app.database.asOwner(
        `select a.sha256 from visit_attachments a join files f on f.id = a.file_id
         where a.visit_id = $1 and f.let_go_at is null order by 1`,
        [visitId],
      ),
    ).toEqual(
      [before, after]
        .map((sha256) => ({ sha256: sha256Of(sha256) }))
        .toSorted((x, y) => (x.sha256 < y.sha256 ? -1 : 1)),
    );
  });

  it('are missed before those who sent or may read what names them', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const photo = sha256Of(aJpeg(randomUUID()));
    out.says(one.id, 'assessmentId', randomUUID());
    out.answers(out.log[0].value as string, 'skills', [
      { danish: 'Svejser', evidence: { grade: 'documented' }, attachments: [photo] },
    ]);
    await out.send();
    const colleague = await makeAccount(outings.app.database, outings.unit.id, 'job_consultant');
    const missingTo = async (account: TestAccount) =>
      (await outings.app.as(account).get(`/visits/${visitId}/manifest`)).body;
    expect(await missingTo(outings.unit.jobConsultant)).toMatchObject({ missingAttachments: [photo] });
    expect(await missingTo(outings.unit.leader)).toMatchObject({ missingAttachments: [photo] });
    expect(await missingTo(colleague)).toMatchObject({ expected: 3, received: 2, missingAttachments: [] });
    await outings.consultant.post(`/visits/${visitId}/packs/${out.pack.packId}/write-offs`, {
      reason: 'Stolen',
    });
    expect(await missingTo(outings.unit.leader)).toMatchObject({
      expected: 2,
      received: 2,
      missingAttachments: [],
    });
  });

  it('are what they say they are, of a kind that may be kept, and come with a pack', async () => {
    const out = await outings.tablet(await outings.plan());
    const photo = aJpeg(randomUUID());
    expect(await send(out, photo, 'ab'.repeat(32))).toMatchObject({
      status: 422,
      body: { code: 'files.other_bytes' },
    });
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    expect(await send(out, page)).toMatchObject({ status: 415, body: { code: 'files.type_not_allowed' } });
    const large = aJpeg(Buffer.alloc(10 * 1024 * 1024));
    expect(await send(out, large)).toMatchObject({ status: 413, body: { code: 'files.too_large' } });
    expect((await send(out, photo, 'AB'.repeat(32))).status).toBe(400);
    expect((await send(out, photo, undefined, 'mine')).status).toBe(400);
    expect(await send(out, photo, undefined, randomUUID())).toMatchObject({
      status: 404,
      body: { code: 'visits.no_such_pack' },
    });
  });
});
