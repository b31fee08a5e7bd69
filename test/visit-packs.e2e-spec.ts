import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { aJpeg, sha256Of } from './factories/file-bytes.js';
import { anAssessment } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { Tablet } from './support/tablet.js';
import { claimsOf, signed as tokenFor } from './support/tokens.js';
import { Clock } from '../src/platform/clock/clock.js';

jest.setTimeout(120_000);

describe('visit packs', () => {
  let app: TestApp;
  let unit: TestUnit;
  let centre: string;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    await app.moveClock('2027-01-11T07:00:00Z');
    centre = (await app.as(unit.jobConsultant).get('/asylum-centres?limit=1')).body.items[0].id;
  });
  afterAll(() => app.close());

  const consultant = () => app.as(unit.jobConsultant);
  async function plan(consultantIds: string[] = []): Promise<string> {
    const visit = { centreId: centre, onDay: '2027-01-11', consultantIds };
    return (await consultant().post('/visits', visit)).body.id;
  }
  async function person(visitId: string, by: TestAccount = unit.jobConsultant) {
    const { id: refugeeId } = await register(app, by);
    const { id } = (await app.as(by).post(`/visits/${visitId}/participants`, { refugeeId })).body;
    return { id: id as string, refugeeId };
  }
  async function tablet(visitId: string, account: TestAccount = unit.jobConsultant): Promise<Tablet> {
    const one = new Tablet(app.as(account), visitId);
    const reply = await one.fetch();
    if (reply.status !== 200)
      throw new Error(`the pack answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return one;
  }
  const outcomes = (body: { results: { outcome: string; reason?: string }[] }) =>
    body.results.map(({ outcome, reason }) => (reason ? `${outcome} ${reason}` : outcome));
  const answersOf = async (assessmentId: string) =>
    (await app.as(unit.leader).get(`/assessments/${assessmentId}`)).body.answers;

  it('goes out, comes back whole, and the visit closes', async () => {
    const visitId = await plan();
    const selam = await person(visitId);
    const amina = await person(visitId);
    const out = await tablet(visitId);
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
    const answers = await answersOf(assessment);
    expect(Object.keys(answers).sort()).toEqual(Object.keys(anAssessment().answers).sort());
    expect(answers.languages).toMatchObject({ revision: 1, source: 'talk' });

    const again = await out.send();
    expect(outcomes(again.body)).toEqual(out.log.map(() => 'duplicate'));
    expect(again.body.manifest).toEqual(first.body.manifest);
    expect(await answersOf(assessment)).toEqual(answers);
    const manifest = (await consultant().get(`/visits/${visitId}/manifest`)).body;
    expect(manifest).toMatchObject({
      ...first.body.manifest,
      devices: [{ deviceId: out.deviceId, last: out.log.length, received: out.log.length, missing: [] }],
      packs: [{ id: out.pack.packId, state: 'returned' }],
    });
    const read = await consultant().get(`/visits/${visitId}`);
    expect(read.body.participants).toMatchObject([
      { outcome: expect.any(String) },
      { outcome: expect.any(String) },
    ]);
    expect((await consultant().post(`/visits/${visitId}/closings`)).status).toBe(201);
    expect(await out.send()).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
  });

  it('is the same while nothing changes, and 304 to who holds it', async () => {
    const visitId = await plan();
    const one = await person(visitId);
    const out = await tablet(visitId);
    const again = await consultant().get(`/visits/${visitId}/pack`);
    expect(again.body.packId).toBe(out.pack.packId);
    expect((await out.fetch()).status).toBe(304);
    const colleague = await makeAccount(app.database, unit.id, 'job_consultant');
    expect((await tablet(visitId, colleague)).pack.participants).toEqual([]);

    await consultant().put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'met' });
    const before = out.pack.packId;
    expect((await out.fetch()).status).toBe(200);
    expect(out.pack.packId).not.toBe(before);
    expect(out.participant(one.refugeeId)).toMatchObject({
      values: { outcome: 'met' },
      revisions: { outcome: 1 },
    });
    const states = async () =>
      (await consultant().get(`/visits/${visitId}/manifest`)).body.packs
        .filter(({ account }: { account: { id: string } }) => account.id === unit.jobConsultant.id)
        .map(({ state }: { state: string }) => state);
    expect(await states()).toEqual(['returned', 'out']);
    // the one that was replaced still takes what was done on it
    out.says(one.id, 'outcome', 'met', 1);
    expect(outcomes((await out.send(out.log, { packId: before })).body)).toEqual(['applied']);

    await app.moveClock('2027-02-11T07:00:00Z');
    expect((await out.fetch()).status).toBe(200);
    await app.moveClock('2027-01-11T07:00:00Z');
  });

  it('of thirty people is at most 300 KB gzipped, and holds no number, address or permit', async () => {
    const visitId = await plan();
    for (let i = 0; i < 30; i++) {
      const { id, refugeeId } = await person(visitId);
      await consultant().post(`/refugees/${refugeeId}/assessments`, anAssessment());
      if (i === 29)
        await consultant().put(`/visits/${visitId}/participants/${id}/outcome`, { outcome: 'moved' });
    }
    const reply = await fetch(`${app.address}/api/v1/visits/${visitId}/pack`, {
      headers: { authorization: `Bearer ${tokenOf(app, unit.jobConsultant)}`, 'accept-encoding': 'gzip' },
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

  describe('operations', () => {
    it('on a field somebody else wrote meanwhile are a conflict, until a person chooses', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const [a, b] = [await tablet(visitId), await tablet(visitId)];
      const [mine, yours] = [randomUUID(), randomUUID()];
      a.says(one.id, 'assessmentId', mine);
      a.answers(mine, 'school_years', 9);
      a.answers(mine, 'has_cv', true);
      b.says(one.id, 'assessmentId', yours);
      b.answers(yours, 'school_years', 7);
      b.answers(yours, 'school_years', 8);
      b.answers(yours, 'has_cv', true);
      b.answers(yours, 'cycles', true);
      expect(outcomes((await a.send()).body)).toEqual(['applied', 'applied', 'applied']);
      const reply = (await b.send()).body;
      expect(outcomes(reply)).toEqual(['applied', 'conflict', 'conflict', 'applied', 'applied']);
      expect(reply.results[1]).not.toHaveProperty('revision');
      expect(outcomes((await b.send()).body)).toEqual([
        'duplicate',
        'duplicate conflict',
        'duplicate conflict',
        'duplicate',
        'duplicate',
      ]);
      expect(await answersOf(mine)).toMatchObject({ school_years: { value: 9 }, cycles: { value: true } });

      const { items } = (await consultant().get(`/visits/${visitId}/operations?outcome=conflict`)).body;
      expect(items).toMatchObject([
        {
          value: 7,
          stands: { value: 9, revision: 1, by: { id: unit.jobConsultant.id } },
          author: { id: unit.jobConsultant.id },
          decision: null,
        },
        { value: 8 },
      ]);
      await consultant().put(`/visits/${visitId}/participants/${one.id}/outcome`, {
        outcome: 'met',
        assessmentId: mine,
      });
      expect(await consultant().post(`/visits/${visitId}/closings`)).toMatchObject({
        status: 422,
        body: { code: 'visits.operations_undecided', conflicts: 2, quarantined: 0 },
      });
      const decide = (id: string, take: boolean) =>
        consultant().post(`/visits/${visitId}/operations/${id}/decisions`, { take, reason: 'Asked again' });
      expect(await decide(items[1].id, true)).toMatchObject({
        status: 200,
        body: { decision: { taken: true } },
      });
      expect(await answersOf(mine)).toMatchObject({ school_years: { value: 8, revision: 2 } });
      for (const { id } of items)
        expect(await decide(id, true)).toMatchObject({ status: 409, body: { code: 'visits.decided' } });
      expect((await consultant().post(`/visits/${visitId}/closings`)).status).toBe(201);
    });

    it('may come in any order, in parts, and again', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      const id = randomUUID();
      out.answers(id, 'school_years', 7);
      out.says(one.id, 'outcome', 'absent');
      out.answers(id, 'school_years', 8);
      out.says(one.id, 'assessmentId', id);
      out.says(one.id, 'outcome', 'met');
      const [first, absent, second, link, met] = out.log;
      expect(outcomes((await out.send([second])).body)).toEqual(['quarantined unknown_assessment']);
      const gaps = (await consultant().get(`/visits/${visitId}/manifest`)).body.devices[0];
      expect(gaps).toMatchObject({ last: 5, received: 1, missing: [1, 2, 4, 5] });
      expect(outcomes((await out.send([absent])).body)).toEqual(['applied']);
      expect(outcomes((await out.send([link])).body)).toEqual(['quarantined assessment_without_meeting']);
      expect(outcomes((await out.send([met])).body)).toEqual(['applied']);
      expect(outcomes((await out.send([link, second])).body)).toEqual(['duplicate', 'duplicate']);
      const late = await out.send([first]);
      expect(outcomes(late.body)).toEqual(['applied']);
      expect(late.body.manifest).toEqual({ expected: 5, received: 5 });
      expect(await answersOf(id)).toMatchObject({ school_years: { value: 8, revision: 1 } });
      const facts = await app.database.asOwner<{ fact: string }>(
        `select fact from timeline where details->>'visitId' = $1 or (subject_id = $1::uuid and fact = 'participant.ended')`,
        [visitId],
      );
      expect(facts.map(({ fact }) => fact).sort()).toEqual([
        'assessment.changed',
        'participant.ended',
        'participant.ended',
      ]);
    });

    it('go on from what the device was told, never from what it claims', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const [a, b] = [await tablet(visitId), await tablet(visitId)];
      a.says(one.id, 'outcome', 'absent');
      await a.send();
      b.says(one.id, 'outcome', 'met', 99);
      expect(outcomes((await b.send()).body)).toEqual(['conflict']);
      await b.fetch();
      b.says(one.id, 'outcome', 'met', b.participant(one.refugeeId).revisions.outcome);
      expect(outcomes((await b.send([b.log[1]])).body)).toEqual(['applied']);
      // what stands is what it says: no conflict, and no new revision
      a.says(one.id, 'outcome', 'met', 1);
      expect((await a.send([a.log[1]])).body.results).toMatchObject([{ outcome: 'applied', revision: 2 }]);
    });

    it('start from what the latest signed assessment says, which is nobody’s revision', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const { id: signed } = (
        await consultant().post(`/refugees/${one.refugeeId}/assessments`, anAssessment())
      ).body;
      expect((await consultant().post(`/assessments/${signed}/signatures`)).status).toBe(201);
      const out = await tablet(visitId);
      const told = out.participant(one.refugeeId);
      expect(told.values).toMatchObject({ languages: expect.any(Array), assessmentId: null });
      expect(told.revisions).toEqual({ outcome: 0, assessmentId: 0 });
      const id = randomUUID();
      out.says(one.id, 'assessmentId', id);
      out.answers(id, 'languages', [{ language: 'tir', motherTongue: true, spoken: 'C1' }]);
      expect((await out.send()).body.results).toMatchObject([
        { outcome: 'applied', revision: 1 },
        { outcome: 'applied', revision: 1 },
      ]);
      const answers = await answersOf(id);
      expect(answers.languages).toMatchObject({ revision: 1, source: 'talk', value: [{ spoken: 'C1' }] });
      expect(answers.schooling).toMatchObject({ revision: 0, source: 'earlier' });
      expect(answers).not.toHaveProperty('interpreter');
    });

    it.each([
      ['no_such_participant', (out: Tablet) => out.says(randomUUID(), 'outcome', 'met')],
      ['unknown_assessment', (out: Tablet) => out.answers(randomUUID(), 'has_cv', true)],
      ['no_such_field', (out: Tablet, id: string) => out.says(id, 'mood', 'good')],
      ['invalid_value', (out: Tablet, id: string) => out.says(id, 'outcome', 'gone')],
      ['invalid_value', (out: Tablet, id: string) => out.says(id, 'assessmentId', 'mine')],
      ['invalid_value', (out: Tablet, _: string, draft: string) => out.answers(draft, 'school_years', -1)],
      [
        'invalid_value',
        (out: Tablet, _: string, draft: string) =>
          out.answers(draft, 'languages', [{ language: 'xxx', motherTongue: true }]),
      ],
      ['no_such_field', (out: Tablet, _: string, draft: string) => out.answers(draft, 'mood', 'good')],
    ])('of the right shape are kept, whatever they say: %s', async (reason, does) => {
      const visitId = await plan();
      const one = await person(visitId);
      const draft = (await consultant().post(`/refugees/${one.refugeeId}/assessments`, {})).body.id;
      const out = await tablet(visitId);
      does(out, one.id, draft);
      const reply = await out.send();
      expect(outcomes(reply.body)).toEqual([`quarantined ${reason}`]);
      expect(reply.body.manifest).toEqual({ expected: 1, received: 1 });
      const leader = app.as(unit.leader);
      const { items } = (await leader.get(`/visits/${visitId}/operations?outcome=quarantined`)).body;
      expect(items).toMatchObject([{ reason, value: out.log[0].value, readable: true }]);
      const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
      expect((await leader.post(at, { take: true, reason: 'It fits' })).status).toBe(422);
      expect((await leader.post(at, { take: false, reason: 'It does not fit' })).status).toBe(200);
    });

    it('with the number or the id of another stand aside', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      const first = out.says(one.id, 'outcome', 'absent');
      const other = { ...first, value: 'met' };
      const numbered = { ...first, id: randomUUID(), value: 'met' };
      expect(outcomes((await out.send([first, other, numbered, first])).body)).toEqual([
        'applied',
        'quarantined id_reused',
        'quarantined seq_taken',
        'duplicate',
      ]);
      expect(outcomes((await out.send([other, numbered])).body)).toEqual([
        'duplicate id_reused',
        'duplicate seq_taken',
      ]);
    });

    it('of whoever lost sight of the case are kept for the leader, who may take them', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const colleague = await makeAccount(app.database, unit.id, 'job_consultant');
      const put = (staffId: string) =>
        app.as(unit.leader).put(`/refugees/${one.refugeeId}/team/job_consultant`, { staffId });
      await put(colleague.id);
      const out = await tablet(visitId, colleague);
      const id = randomUUID();
      out.says(one.id, 'assessmentId', id);
      out.answers(id, 'school_years', 9);
      await put(unit.jobConsultant.id);
      expect(outcomes((await out.send()).body)).toEqual([
        'quarantined access_revoked',
        'quarantined unknown_assessment',
      ]);
      const leader = app.as(unit.leader);
      const { items } = (await leader.get(`/visits/${visitId}/operations`)).body;
      expect(items).toMatchObject([{ value: id }, { value: 9 }]);
      const seen = (await app.as(colleague).get(`/visits/${visitId}/operations`)).body.items;
      expect(seen).toMatchObject([{ value: null, readable: false }, { readable: true }]);
      const taken = await leader.post(`/visits/${visitId}/operations/${items[0].id}/decisions`, {
        take: true,
        reason: 'It was her visit',
      });
      expect(taken).toMatchObject({ status: 200, body: { decision: { taken: true } } });
      // what waited for it came with it
      expect(await answersOf(id)).toMatchObject({
        school_years: { value: 9, answeredBy: { id: unit.leader.id } },
      });
    });

    it('on a form that was replaced stand aside, and are taken as the next form asks', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      const admin = await makeAccount(app.database, unit.id, 'administrator');
      const { version, fields } = out.pack.forms[0];
      const published = await app.as(admin).post('/form-versions', {
        follows: version,
        fields: fields.map(({ meaning: _, name, replaces: __, ...field }: Record<string, unknown>) =>
          name === 'school_years'
            ? { ...field, name: 'years_in_school', replaces: { field: 'school_years' } }
            : { ...field, name },
        ),
      });
      expect(published.status).toBe(201);
      const id = randomUUID();
      out.says(one.id, 'outcome', 'met');
      out.says(one.id, 'assessmentId', id);
      out.answers(id, 'school_years', 9);
      expect(outcomes((await out.send()).body)).toEqual(['applied', 'applied', 'quarantined form_replaced']);
      const { items } = (await consultant().get(`/visits/${visitId}/operations`)).body;
      const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
      expect((await consultant().post(at, { take: true, reason: 'It asks the same' })).status).toBe(200);
      expect(await answersOf(id)).toMatchObject({ years_in_school: { value: 9 } });
    });

    it('on what was signed meanwhile stand aside', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const { id: draft } = (
        await consultant().post(`/refugees/${one.refugeeId}/assessments`, anAssessment())
      ).body;
      const out = await tablet(visitId);
      expect(out.participant(one.refugeeId).values.assessmentId).toBe(draft);
      out.answers(draft, 'work_years', 9);
      await consultant().post(`/assessments/${draft}/signatures`);
      expect(outcomes((await out.send()).body)).toEqual(['quarantined signed']);
      const { items } = (await consultant().get(`/visits/${visitId}/operations`)).body;
      const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
      expect(await consultant().post(at, { take: true, reason: 'Forgotten' })).toMatchObject({
        status: 422,
        body: { code: 'visits.nowhere_to_put' },
      });
      const amendment = await consultant().post(`/assessments/${draft}/amendments`, {
        reason: 'Something was forgotten',
      });
      expect((await consultant().post(at, { take: true, reason: 'Forgotten' })).status).toBe(200);
      expect(await answersOf(amendment.body.id)).toMatchObject({ work_years: { value: 9 } });
    });

    it('of somebody who was erased are not kept, and the device is told to wipe', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      const id = randomUUID();
      out.answers(id, 'wishes', { danish: 'Kanariefugl' });
      expect(outcomes((await out.send()).body)).toEqual(['quarantined unknown_assessment']);
      await app.database.asOwner('insert into erased_people (refugee_id) values ($1)', [one.refugeeId]);
      out.says(one.id, 'assessmentId', id);
      out.answers(id, 'interests', { danish: 'Kanariefugl' });
      const reply = (await out.send()).body;
      expect(outcomes(reply)).toEqual(['duplicate erased', 'quarantined erased', 'quarantined erased']);
      expect(reply).toMatchObject({ wipe: [one.id], manifest: { expected: 3, received: 3 } });
      out.answers(id, 'volunteering', { danish: 'Kanariefugl' });
      expect(outcomes((await out.send()).body).at(-1)).toBe('quarantined erased');
      const kept = await app.database.asOwner(
        `select 1 from visit_operations where visit_id = $1 and value is not null`,
        [visitId],
      );
      expect(kept).toEqual([]);
      expect((await out.fetch()).body).toMatchObject({ participants: [], wipe: [one.id] });
    });
  });

  describe('doors', () => {
    it('are for the pack’s own account alone, and for a log of the right shape', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      out.says(one.id, 'outcome', 'met');
      const body = { packId: out.pack.packId, deviceId: out.deviceId, operations: out.log, last: 1 };
      for (const account of [unit.leader, unit.coordinator])
        expect(await app.as(account).post(`/visits/${visitId}/operations`, body)).toMatchObject({
          status: 404,
          body: { code: 'visits.no_such_pack' },
        });
      expect((await consultant().post(`/visits/${await plan()}/operations`, body)).status).toBe(404);
      const [{ value: _, ...valueless }] = out.log;
      for (const wrong of [
        { ...body, deviceId: undefined },
        { ...body, last: -1 },
        { ...body, operations: [{ ...out.log[0], seq: 0 }] },
        { ...body, operations: [valueless] },
        { ...body, operations: [{ ...out.log[0], subject: { type: 'case', id: one.id } }] },
      ])
        expect((await consultant().post(`/visits/${visitId}/operations`, wrong)).status).toBe(400);
    });

    it('take five hundred operations at once', async () => {
      const visitId = await plan();
      const one = await person(visitId);
      const out = await tablet(visitId);
      const id = randomUUID();
      out.says(one.id, 'assessmentId', id);
      for (let i = 1; i < 500; i++) out.answers(id, 'work_years', i % 40);
      const reply = await out.send();
      expect(reply.status).toBe(200);
      expect(new Set(outcomes(reply.body))).toEqual(new Set(['applied']));
      expect(await answersOf(id)).toMatchObject({ work_years: { value: 499 % 40, revision: 499 } });
    });

    it('take a hundred devices at once without an error', async () => {
      const visitId = await plan();
      const people = [];
      for (let i = 0; i < 10; i++) people.push(await person(visitId));
      const accounts = [unit.jobConsultant, unit.leader];
      const devices: Tablet[] = [];
      for (const account of accounts) {
        const first = await tablet(visitId, account);
        for (let i = 0; i < 50; i++) {
          const device = new Tablet(app.as(account), visitId);
          device.pack = first.pack;
          devices.push(device);
          people.forEach(({ id }, n) => {
            const own = randomUUID();
            device.says(id, 'outcome', 'met');
            device.says(id, 'assessmentId', own);
            device.answers(own, 'people_led', n);
            device.answers(own, 'work_years', i);
          });
        }
      }
      const replies = await Promise.all(devices.map((device) => device.send()));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      const all = devices.reduce((sum, { log }) => sum + log.length, 0);
      const manifest = (await consultant().get(`/visits/${visitId}/manifest`)).body;
      expect(manifest).toMatchObject({ expected: all, received: all });
      const [{ drafts }] = await app.database.asOwner<{ drafts: number }>(
        'select count(*)::int as drafts from assessments where refugee_id = any ($1)',
        [people.map(({ refugeeId }) => refugeeId)],
      );
      expect(drafts).toBe(people.length);
    });
  });

  describe('attachments', () => {
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
      const visitId = await plan();
      const one = await person(visitId);
      await consultant().put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'met' });
      const out = await tablet(visitId);
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
      expect((await consultant().get(`/visits/${visitId}/manifest`)).body.missingAttachments).toEqual([
        sha256Of(after),
      ]);
      expect((await consultant().post(`/visits/${visitId}/closings`)).body.code).toBe(
        'visits.manifest_incomplete',
      );
      await Promise.all([send(out, after), send(out, after), send(out, unnamed)]);
      expect((await send(out, before)).body).toEqual(first.body);
      expect((await out.send([])).body.manifest).toEqual({ expected: 4, received: 4 });
      const [{ files }] = await app.database.asOwner<{ files: number }>(
        `select count(*)::int as files from files f join visit_attachments a on a.file_id = f.id
         where a.visit_id = $1 and f.let_go_at is null`,
        [visitId],
      );
      expect(files).toBe(3);

      const reply = await fetch(`${app.address}/api/v1/visits/${visitId}/attachments/${sha256Of(before)}`, {
        headers: { authorization: `Bearer ${tokenOf(app, unit.jobConsultant)}` },
      });
      expect(Buffer.from(await reply.arrayBuffer())).toEqual(before);
      expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{12}\.jpg"/);
      // nobody is named of it, so nobody can be shown it
      expect((await consultant().get(`/visits/${visitId}/attachments/${sha256Of(unnamed)}`)).status).toBe(
        404,
      );
      expect((await consultant().post(`/visits/${visitId}/closings`)).status).toBe(201);
      expect(await send(out, before)).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
    });

    it('are what they say they are, of a kind that may be kept, and come with a pack', async () => {
      const out = await tablet(await plan());
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

  it('keeps a visit from being cancelled while it is out, and is not given out after', async () => {
    const visitId = await plan();
    await person(visitId);
    const out = await tablet(visitId);
    const cancel = async () =>
      consultant().post(
        `/visits/${visitId}/cancellations`,
        { reason: 'No bus' },
        { 'if-match': (await consultant().get(`/visits/${visitId}`)).headers.get('etag')! },
      );
    expect(await cancel()).toMatchObject({ status: 422, body: { code: 'visits.packs_out' } });
    expect((await out.send()).status).toBe(200);
    expect((await cancel()).status).toBeLessThan(300);
    for (const reply of [await out.fetch(), await out.send()])
      expect(reply).toMatchObject({ status: 409, body: { code: 'visits.cancelled' } });
  });

  it('is written off with a reason when it never comes back, and taken in should it come after all', async () => {
    const visitId = await plan();
    const one = await person(visitId);
    await consultant().put(`/visits/${visitId}/participants/${one.id}/outcome`, { outcome: 'absent' });
    const out = await tablet(visitId);
    const close = () => consultant().post(`/visits/${visitId}/closings`);
    expect(await close()).toMatchObject({ status: 422, body: { code: 'visits.packs_out', out: 1 } });
    out.says(one.id, 'outcome', 'absent');
    out.says(one.id, 'outcome', 'absent');
    await out.send([out.log[0]]);
    expect(await close()).toMatchObject({
      status: 422,
      body: { code: 'visits.manifest_incomplete', expected: 2, received: 1 },
    });
    const writeOff = () =>
      consultant().post(`/visits/${visitId}/packs/${out.pack.packId}/write-offs`, {
        reason: 'Lost on the train',
      });
    expect(await writeOff()).toMatchObject({ status: 200, body: { expected: 1, received: 1 } });
    expect(await writeOff()).toMatchObject({ status: 409, body: { code: 'visits.pack_complete' } });
    expect((await out.send()).body.manifest).toEqual({ expected: 2, received: 2 });
    expect((await close()).status).toBe(201);
  });
});

function tokenOf(app: TestApp, account: TestAccount): string {
  return tokenFor(claimsOf(account, app.app.get(Clock).now()));
}
