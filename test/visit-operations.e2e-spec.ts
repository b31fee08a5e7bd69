import { randomUUID } from 'node:crypto';
import { Outings, outcomes } from './factories/outings.js';
import { anAssessment } from './factories/papers.js';
import { makeAccount } from './factories/staff.js';
import { Tablet } from './support/tablet.js';

jest.setTimeout(120_000);

describe('operations of a visit', () => {
  let outings: Outings;

  beforeAll(async () => {
    outings = await Outings.open();
  });
  afterAll(() => outings.app.close());

  it('on a field somebody else wrote meanwhile are a conflict, until a person chooses', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const [a, b] = [await outings.tablet(visitId), await outings.tablet(visitId)];
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
    expect(await outings.answersOf(mine)).toMatchObject({
      school_years: { value: 9 },
      cycles: { value: true },
    });

    const { items } = (await outings.consultant.get(`/visits/${visitId}/operations?outcome=conflict`)).body;
    expect(items).toMatchObject([
      {
        value: 7,
        stands: { value: 9, revision: 1, by: { id: outings.unit.jobConsultant.id } },
        author: { id: outings.unit.jobConsultant.id },
        decision: null,
      },
      { value: 8 },
    ]);
    await outings.consultant.put(`/visits/${visitId}/participants/${one.id}/outcome`, {
      outcome: 'met',
      assessmentId: mine,
    });
    expect(await outings.consultant.post(`/visits/${visitId}/closings`)).toMatchObject({
      status: 422,
      body: { code: 'visits.operations_undecided', conflicts: 2, quarantined: 0 },
    });
    const decide = (id: string, take: boolean) =>
      outings.consultant.post(`/visits/${visitId}/operations/${id}/decisions`, {
        take,
        reason: 'Asked again',
      });
    expect(await decide(items[1].id, true)).toMatchObject({
      status: 200,
      body: { decision: { taken: true } },
    });
    expect(await outings.answersOf(mine)).toMatchObject({ school_years: { value: 8, revision: 2 } });
    for (const { id } of items)
      expect(await decide(id, true)).toMatchObject({ status: 409, body: { code: 'visits.decided' } });
    expect(outcomes((await b.send()).body)).toEqual(b.log.map(() => 'duplicate'));
    // both values stay, whichever was chosen, and whatever is written after
    await outings.consultant.patch(`/assessments/${mine}`, { answers: { school_years: 12 } });
    const chosen = (await outings.consultant.get(`/visits/${visitId}/operations?decided=true`)).body.items;
    expect(chosen).toMatchObject([
      { value: 7, decision: { taken: false } },
      { value: 8, stands: { value: 9, revision: 1 }, decision: { taken: true } },
    ]);
    expect((await outings.consultant.post(`/visits/${visitId}/closings`)).status).toBe(201);
  });

  it('that are of no use leave what conflicts for somebody to choose', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const [a, b] = [await outings.tablet(visitId), await outings.tablet(visitId)];
    a.says(one.id, 'assessmentId', randomUUID());
    a.answers(a.log[0].value as string, 'school_years', 9);
    b.says(one.id, 'assessmentId', randomUUID());
    b.answers(b.log[0].value as string, 'school_years', 7);
    b.answers(b.log[0].value as string, 'school_years', 'seven');
    await a.send();
    expect(outcomes((await b.send()).body)).toEqual(['applied', 'conflict', 'quarantined invalid_value']);
    const list = async () =>
      (await outings.consultant.get(`/visits/${visitId}/operations?decided=false`)).body.items;
    const [conflict, unusable] = await list();
    expect(unusable).toMatchObject({ value: 'seven', stands: { value: 9 } });
    const at = `/visits/${visitId}/operations/${unusable.id}/decisions`;
    expect((await outings.consultant.post(at, { take: false, reason: 'No number' })).status).toBe(200);
    expect(await list()).toMatchObject([{ id: conflict.id, value: 7, decision: null }]);
  });

  it('of somebody who was taken out of the visit stay theirs', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const id = randomUUID();
    out.says(one.id, 'assessmentId', id);
    await out.send();
    await outings.consultant.delete(`/visits/${visitId}/participants/${one.id}`);
    out.answers(id, 'school_years', 9);
    expect((await out.send()).body.results[1]).toMatchObject({ outcome: 'quarantined' });
    const { items } = (await outings.consultant.get(`/visits/${visitId}/operations`)).body;
    expect(items).toMatchObject([{ refugeeId: one.refugeeId, value: 9 }]);
  });

  it('may come in any order, in parts, and again', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const id = randomUUID();
    out.answers(id, 'school_years', 7);
    out.says(one.id, 'outcome', 'absent');
    out.answers(id, 'school_years', 8);
    out.says(one.id, 'assessmentId', id);
    out.says(one.id, 'outcome', 'met');
    const [first, absent, second, link, met] = out.log;
    expect(outcomes((await out.send([second])).body)).toEqual(['quarantined unknown_assessment']);
    const gaps = (await outings.consultant.get(`/visits/${visitId}/manifest`)).body.devices[0];
    expect(gaps).toMatchObject({ last: 5, received: 1, missing: [1, 2, 4, 5] });
    expect(outcomes((await out.send([absent])).body)).toEqual(['applied']);
    expect(outcomes((await out.send([link])).body)).toEqual(['quarantined assessment_without_meeting']);
    expect(outcomes((await out.send([met])).body)).toEqual(['applied']);
    expect(outcomes((await out.send([link, second])).body)).toEqual(['duplicate', 'duplicate']);
    const late = await out.send([first]);
    expect(outcomes(late.body)).toEqual(['applied']);
    expect(late.body.manifest).toEqual({ expected: 5, received: 5 });
    expect(await outings.answersOf(id)).toMatchObject({ school_years: { value: 8, revision: 1 } });
    const facts = await outings.app.database.asOwner<{ fact: string }>(
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
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const [a, b] = [await outings.tablet(visitId), await outings.tablet(visitId)];
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
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const { id: signed } = (
      await outings.consultant.post(`/refugees/${one.refugeeId}/assessments`, anAssessment())
    ).body;
    expect((await outings.consultant.post(`/assessments/${signed}/signatures`)).status).toBe(201);
    const out = await outings.tablet(visitId);
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
    const answers = await outings.answersOf(id);
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
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const draft = (await outings.consultant.post(`/refugees/${one.refugeeId}/assessments`, {})).body.id;
    const out = await outings.tablet(visitId);
    does(out, one.id, draft);
    const reply = await out.send();
    expect(outcomes(reply.body)).toEqual([`quarantined ${reason}`]);
    expect(reply.body.manifest).toEqual({ expected: 1, received: 1 });
    const leader = outings.app.as(outings.unit.leader);
    const { items } = (await leader.get(`/visits/${visitId}/operations?outcome=quarantined`)).body;
    expect(items).toMatchObject([{ reason, value: out.log[0].value, readable: true }]);
    const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
    expect((await leader.post(at, { take: true, reason: 'It fits' })).status).toBe(422);
    expect((await leader.post(at, { take: false, reason: 'It does not fit' })).status).toBe(200);
  });

  it('with the number or the id of another stand aside', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
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
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const colleague = await makeAccount(outings.app.database, outings.unit.id, 'job_consultant');
    const put = (staffId: string) =>
      outings.app.as(outings.unit.leader).put(`/refugees/${one.refugeeId}/team/job_consultant`, { staffId });
    await put(colleague.id);
    const out = await outings.tablet(visitId, colleague);
    const id = randomUUID();
    out.says(one.id, 'assessmentId', id);
    out.answers(id, 'school_years', 9);
    await put(outings.unit.jobConsultant.id);
    expect(outcomes((await out.send()).body)).toEqual([
      'quarantined access_revoked',
      'quarantined unknown_assessment',
    ]);
    const leader = outings.app.as(outings.unit.leader);
    const { items } = (await leader.get(`/visits/${visitId}/operations`)).body;
    expect(items).toMatchObject([{ value: id }, { value: 9 }]);
    // what is said of an assessment that did not come to be is theirs whose it would be
    const seen = (await outings.app.as(colleague).get(`/visits/${visitId}/operations`)).body.items;
    expect(seen).toMatchObject([
      { value: null, readable: false, refugeeId: null },
      { value: null, readable: false, refugeeId: null },
    ]);
    expect(items[1].refugeeId).toBe(one.refugeeId);
    const taken = await leader.post(`/visits/${visitId}/operations/${items[0].id}/decisions`, {
      take: true,
      reason: 'It was her visit',
    });
    expect(taken).toMatchObject({ status: 200, body: { decision: { taken: true } } });
    // what waited for it came with it; who said it said it, whoever let it in
    expect(await outings.answersOf(id)).toMatchObject({
      school_years: { value: 9, answeredBy: { id: colleague.id } },
    });
  });

  it('on whoever has an older talk amended stand aside until that is signed', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const talk = async (school_years: number) => {
      const drafted = { answers: { ...anAssessment().answers, school_years } };
      const { id } = (await outings.consultant.post(`/refugees/${one.refugeeId}/assessments`, drafted)).body;
      expect((await outings.consultant.post(`/assessments/${id}/signatures`)).status).toBe(201);
      return id as string;
    };
    const older = await talk(7);
    await talk(8);
    const amendment = (
      await outings.consultant.post(`/assessments/${older}/amendments`, { reason: 'A year' })
    ).body;
    const out = await outings.tablet(visitId);
    expect(out.participant(one.refugeeId).values).toMatchObject({ assessmentId: null, school_years: 8 });
    const id = randomUUID();
    out.says(one.id, 'outcome', 'met');
    out.says(one.id, 'assessmentId', id);
    out.answers(id, 'school_years', 9);
    expect(outcomes((await out.send()).body)).toEqual([
      'applied',
      'quarantined amending_older',
      'quarantined unknown_assessment',
    ]);
    const { items } = (await outings.consultant.get(`/visits/${visitId}/operations`)).body;
    const take = () =>
      outings.consultant.post(`/visits/${visitId}/operations/${items[0].id}/decisions`, {
        take: true,
        reason: 'It is signed',
      });
    expect(await take()).toMatchObject({ status: 422, body: { code: 'visits.nowhere_to_put' } });
    expect((await outings.consultant.post(`/assessments/${amendment.id}/signatures`)).status).toBe(201);
    expect((await take()).status).toBe(200);
    expect(await outings.answersOf(id)).toMatchObject({ school_years: { value: 9, source: 'talk' } });
    expect(await outings.answersOf(amendment.id)).toMatchObject({ school_years: { value: 7 } });
  });

  it('on a form that was replaced stand aside, and are taken as the next form asks', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const admin = await makeAccount(outings.app.database, outings.unit.id, 'administrator');
    const { version, fields } = out.pack.forms[0];
    const published = await outings.app.as(admin).post('/form-versions', {
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
    const { items } = (await outings.consultant.get(`/visits/${visitId}/operations`)).body;
    const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
    expect((await outings.consultant.post(at, { take: true, reason: 'It asks the same' })).status).toBe(200);
    expect(await outings.answersOf(id)).toMatchObject({ years_in_school: { value: 9 } });
  });

  it('on what was signed meanwhile stand aside', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const { id: draft } = (
      await outings.consultant.post(`/refugees/${one.refugeeId}/assessments`, anAssessment())
    ).body;
    const out = await outings.tablet(visitId);
    expect(out.participant(one.refugeeId).values.assessmentId).toBe(draft);
    out.answers(draft, 'work_years', 9);
    await outings.consultant.post(`/assessments/${draft}/signatures`);
    expect(outcomes((await out.send()).body)).toEqual(['quarantined signed']);
    const { items } = (await outings.consultant.get(`/visits/${visitId}/operations`)).body;
    const at = `/visits/${visitId}/operations/${items[0].id}/decisions`;
    expect(await outings.consultant.post(at, { take: true, reason: 'Forgotten' })).toMatchObject({
      status: 422,
      body: { code: 'visits.nowhere_to_put' },
    });
    const amendment = await outings.consultant.post(`/assessments/${draft}/amendments`, {
      reason: 'Something was forgotten',
    });
    expect((await outings.consultant.post(at, { take: true, reason: 'Forgotten' })).status).toBe(200);
    expect(await outings.answersOf(amendment.body.id)).toMatchObject({ work_years: { value: 9 } });
  });

  it('of somebody who was erased are not kept, and the device is told to wipe', async () => {
    const visitId = await outings.plan();
    const one = await outings.person(visitId);
    const out = await outings.tablet(visitId);
    const id = randomUUID();
    out.answers(id, 'wishes', { danish: 'Kanariefugl' });
    expect(outcomes((await out.send()).body)).toEqual(['quarantined unknown_assessment']);
    await outings.app.database.asOwner('insert into erased_people (refugee_id) values ($1)', [one.refugeeId]);
    out.says(one.id, 'assessmentId', id);
    out.answers(id, 'interests', { danish: 'Kanariefugl' });
    const reply = (await out.send()).body;
    expect(outcomes(reply)).toEqual(['duplicate erased', 'quarantined erased', 'quarantined erased']);
    expect(reply).toMatchObject({ wipe: [one.id], manifest: { expected: 3, received: 3 } });
    out.answers(id, 'volunteering', { danish: 'Kanariefugl' });
    expect(outcomes((await out.send()).body).at(-1)).toBe('quarantined erased');
    const kept = await outings.app.database.asOwner(
      `select 1 from visit_operations where visit_id = $1 and value is not null`,
      [visitId],
    );
    expect(kept).toEqual([]);
    expect((await out.fetch()).body).toMatchObject({ participants: [], wipe: [one.id] });
    // the device is told until it has heard it
    for (const operations of [out.log, []])
      expect((await out.send(operations)).body).toMatchObject({ wipe: [one.id] });
  });

  describe('doors', () => {
    it('are for the pack’s own account alone, and for a log of the right shape', async () => {
      const visitId = await outings.plan();
      const one = await outings.person(visitId);
      const out = await outings.tablet(visitId);
      out.says(one.id, 'outcome', 'met');
      const body = { packId: out.pack.packId, deviceId: out.deviceId, operations: out.log, last: 1 };
      for (const account of [outings.unit.leader, outings.unit.coordinator])
        expect(await outings.app.as(account).post(`/visits/${visitId}/operations`, body)).toMatchObject({
          status: 404,
          body: { code: 'visits.no_such_pack' },
        });
      expect((await outings.consultant.post(`/visits/${await outings.plan()}/operations`, body)).status).toBe(
        404,
      );
      const [{ value: _, ...valueless }] = out.log;
      for (const wrong of [
        { ...body, deviceId: undefined },
        { ...body, last: -1 },
        { ...body, operations: [{ ...out.log[0], seq: 0 }] },
        { ...body, operations: [valueless] },
        { ...body, operations: [{ ...out.log[0], subject: { type: 'case', id: one.id } }] },
      ])
        expect((await outings.consultant.post(`/visits/${visitId}/operations`, wrong)).status).toBe(400);
    });

    it('take five hundred operations at once', async () => {
      const visitId = await outings.plan();
      const one = await outings.person(visitId);
      const out = await outings.tablet(visitId);
      const id = randomUUID();
      out.says(one.id, 'assessmentId', id);
      for (let i = 1; i < 500; i++) out.answers(id, 'work_years', i % 40);
      const reply = await out.send();
      expect(reply.status).toBe(200);
      expect(new Set(outcomes(reply.body))).toEqual(new Set(['applied']));
      expect(await outings.answersOf(id)).toMatchObject({ work_years: { value: 499 % 40, revision: 499 } });
    });

    it('take a hundred devices at once without an error', async () => {
      const visitId = await outings.plan();
      const people = [];
      for (let i = 0; i < 10; i++) people.push(await outings.person(visitId));
      const accounts = [outings.unit.jobConsultant, outings.unit.leader];
      const devices: Tablet[] = [];
      for (const account of accounts) {
        const first = await outings.tablet(visitId, account);
        for (let i = 0; i < 50; i++) {
          const device = new Tablet(outings.app.as(account), visitId);
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
      const manifest = (await outings.consultant.get(`/visits/${visitId}/manifest`)).body;
      expect(manifest).toMatchObject({ expected: all, received: all });
      const [{ drafts }] = await outings.app.database.asOwner<{ drafts: number }>(
        'select count(*)::int as drafts from assessments where refugee_id = any ($1)',
        [people.map(({ refugeeId }) => refugeeId)],
      );
      expect(drafts).toBe(people.length);
    });
  });
});
