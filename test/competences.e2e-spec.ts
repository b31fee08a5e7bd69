import { randomUUID } from 'node:crypto';
import { problemOfConstraint } from '../src/platform/http/problem.js';
import { electrician, said, schooling, skill, tigrinya, valuesOf } from './factories/answers.js';
import { makeEscoOccupation } from './factories/esco.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('competences', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;
  let refugeeId: string;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    south = await makeUnit(app.database);
    await app.moveClock('2026-11-23T09:00:00Z');
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    refugeeId = (await register(app, north.jobConsultant)).id;
  });

  const consultant = () => app.as(north.jobConsultant);
  const draft = async (over: Record<string, unknown> = {}) => {
    const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, said(over));
    if (reply.status !== 201)
      throw new Error(`drafting answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const signedDraft = async (over: Record<string, unknown> = {}) => {
    const { id } = await draft(over);
    const reply = await consultant().post(`/assessments/${id}/signatures`);
    if (reply.status !== 201)
      throw new Error(`signing answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const save = (
    id: string,
    version: number,
    answers: Record<string, unknown>,
    account: TestAccount = north.jobConsultant,
  ) => app.as(account).patch(`/assessments/${id}`, { answers }, { 'if-match': `"${version}"` });
  /** As it is kept: who gave in the answers chose the codes. */
  const kept = (over: Record<string, unknown> = {}): Record<string, unknown> => {
    const { answers } = said(over);
    const { coded, ...work } = electrician;
    return {
      ...answers,
      ...(over.work ? {} : { work: [{ ...work, coded: { ...coded, by: north.jobConsultant.id } }] }),
    };
  };
  const factsOf = async (subjectId: string) =>
    app.database.asOwner<{ fact: string; details: Record<string, unknown> }>(
      `select fact, details from timeline where subject_type = 'assessment' and subject_id = $1 order by id`,
      [subjectId],
    );

  describe('a draft', () => {
    it('says what was said, to the letter', async () => {
      const made = await draft();
      const read = await app.as(north.leader).get(`/assessments/${made.id}`);
      expect(read.headers.get('etag')).toBe('"1"');
      expect(read.body).toEqual(made);
      expect(made).toEqual({
        id: expect.any(String),
        version: 1,
        refugeeId,
        state: 'draft',
        amendsId: null,
        amendmentId: null,
        amendmentReason: null,
        draftedBy: { id: north.jobConsultant.id, name: north.jobConsultant.name },
        draftedAt: expect.stringMatching(/^2026-11-23T09:/),
        signedBy: null,
        signedOn: null,
        formVersion: 1,
        answers: expect.any(Object),
      });
      expect(valuesOf(made)).toEqual(kept());
      expect(made.answers.work).toMatchObject({
        revision: 1,
        source: 'talk',
        sourceOn: '2026-11-23',
        answeredBy: { id: north.jobConsultant.id, name: north.jobConsultant.name },
        answeredAt: expect.stringMatching(/^2026-11-23T09:/),
      });
    });

    it('may begin empty', async () => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, {});
      expect(reply).toMatchObject({
        status: 201,
        body: { answers: {} },
      });
    });

    it('is one of a person at a time, also when twenty come at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => consultant().post(`/refugees/${refugeeId}/assessments`, said())),
      );
      expect(replies.map(({ status }) => status).sort()).toEqual([
        201,
        ...Array.from({ length: 19 }, () => 409),
      ]);
      const made = replies.find(({ status }) => status === 201)!.body;
      expect(replies.find(({ status }) => status === 409)!.body).toMatchObject({
        code: 'competences.draft_open',
        draft: `/api/v1/assessments/${made.id}`,
      });
    });

    it('is saved a few answers at a time, and the timeline keeps which, never what', async () => {
      const { id } = await draft();
      const reply = await save(id, 1, {
        school_years: 10,
        wishes: null,
        cycles: true,
        computer: 'with_help',
      });
      expect(reply.status).toBe(200);
      expect(reply.headers.get('etag')).toBe('"2"');
      const { wishes: _, ...left } = kept();
      expect(valuesOf(reply.body)).toEqual({ ...left, school_years: 10, cycles: true });
      expect(reply.body.answers).toMatchObject({
        school_years: { revision: 2 },
        cycles: { revision: 1 },
        computer: { revision: 1 },
      });
      expect(await factsOf(id)).toEqual([
        {
          fact: 'assessment.drafted',
          details: { formVersion: 1, amendsId: null, known: 0, unknown: 0 },
        },
        { fact: 'assessment.changed', details: { fields: Object.keys(said().answers).sort() } },
        { fact: 'assessment.changed', details: { fields: ['cycles', 'school_years', 'wishes'] } },
      ]);
    });

    it('that is saved again without a change stays as it is', async () => {
      const { id, answers } = await draft();
      expect((await save(id, 1, { ...said().answers, nights: null })).headers.get('etag')).toBe('"1"');
      await save(id, 1, { wishes: null });
      const again = await save(id, 2, { wishes: null, nights: null, school_years: 9 });
      expect(again.headers.get('etag')).toBe('"2"');
      const { wishes: _, ...left } = answers;
      expect(again.body.answers).toEqual(left);
      expect(await factsOf(id)).toHaveLength(3);
      expect((await save(id, 2, { nights: true })).body.answers.nights.revision).toBe(1);
    });

    it('keeps who chose a code while the code stays', async () => {
      const { id } = await draft();
      const coderOf = async (version: number, work: object) =>
        (await save(id, version, { work: [work] }, north.leader)).body.answers.work.value[0].coded.by;
      expect(await coderOf(1, { ...electrician, years: 5 })).toBe(north.jobConsultant.id);
      const sure = { ...electrician.coded, sure: 'sure' };
      expect(await coderOf(2, { ...electrician, coded: sure })).toBe(north.leader.id);
      const forged = { ...sure, code: '7412', by: north.caseworker.id };
      expect(await coderOf(3, { ...electrician, coded: forged })).toBe(north.leader.id);
    });

    it('starts with what the latest signed assessment says, and says so', async () => {
      await signedDraft();
      await app.moveClock('2026-11-30T09:00:00Z');
      const { body } = await consultant().post(`/refugees/${refugeeId}/assessments`, {
        answers: { school_years: 10, drives: true },
      });
      await app.moveClock('2026-11-23T09:00:00Z');
      const { interpreter: _, ...told } = kept();
      expect(valuesOf(body)).toEqual({ ...told, school_years: 10, drives: true });
      expect(body.answers).toMatchObject({
        languages: { source: 'earlier', sourceOn: '2026-11-23', revision: 0 },
        school_years: { source: 'talk', sourceOn: '2026-11-30', revision: 1 },
      });
    });

    it('is changed only by who read it last', async () => {
      const { id } = await draft();
      expect(await consultant().patch(`/assessments/${id}`, said())).toMatchObject({ status: 428 });
      expect(await save(id, 7, {})).toMatchObject({ status: 412 });
      const both = await Promise.all(['a', 'b'].map((danish) => save(id, 1, { wishes: { danish } })));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    });

    it('holds everything it can', async () => {
      const { id } = await draft();
      const many = <Row>(length: number, row: (i: number) => Row) => Array.from({ length }, (_, i) => row(i));
      const full = {
        languages: 'tir eng ara amh swe fra deu ita spa por nld pol fas pus urd som tur ukr rus dan'
          .split(' ')
          .map((language) => ({ ...tigrinya, language })),
        schooling: many(20, () => schooling),
        work: many(50, (i) => ({ ...electrician, years: i })),
        skills: many(100, (i) => ({ ...skill, danish: `${i} ${'å'.repeat(1900)}` })),
      };
      const reply = await save(id, 1, full);
      expect(reply.status).toBe(200);
      expect(valuesOf(reply.body)).toMatchObject(full);
    });
  });

  describe('a signature', () => {
    it('freezes the assessment for everybody, in the API', async () => {
      const signed = await signedDraft();
      expect(signed).toMatchObject({
        version: 2,
        state: 'signed',
        signedOn: '2026-11-23',
        signedBy: { id: north.jobConsultant.id },
      });
      for (const account of [north.jobConsultant, north.leader])
        expect(await save(signed.id, 2, { skills: [] }, account)).toMatchObject({
          status: 409,
          body: { code: 'competences.signed', amendAt: `/api/v1/assessments/${signed.id}/amendments` },
        });
      expect(await consultant().get(`/assessments/${signed.id}`)).toMatchObject({ body: signed });
      expect(problemOfConstraint('assessments_frozen')).toMatchObject({ code: 'competences.signed' });
    });

    it('freezes the assessment and every part of it in the database', async () => {
      const { id } = await signedDraft();
      const { id: other } = await register(app, north.jobConsultant);
      const open = (await consultant().post(`/refugees/${other}/assessments`, said())).body.id;
      const attempts: [statement: string, parameters: string[], code: string][] = [
        ['update assessments set version = 9 where id = $1', [id], '23001'],
        [
          'update assessments set signed_at = null, signed_by = null, signed_on = null where id = $1',
          [id],
          '23001',
        ],
        ['delete from assessments where id = $1', [id], '42501'],
        [`update assessment_answers set value = '[]' where assessment_id = $1`, [id], '23001'],
        ['delete from assessment_answers where assessment_id = $1', [id], '42501'],
        ['update assessment_answers set assessment_id = $2 where assessment_id = $1', [id, open], '42501'],
        ['update assessment_answers set assessment_id = $1 where assessment_id = $2', [id, open], '42501'],
        [
          `insert into assessment_answers (assessment_id, form_version, field, value, source, source_on, answered_by)
           select id, form_version, 'nights', 'true', 'talk', '2026-11-23', drafted_by from assessments where id = $1`,
          [id],
          '23001',
        ],
      ];
      for (const [statement, parameters, code] of attempts) {
        await expect(app.database.asOwner(statement, parameters)).rejects.toMatchObject({
          constraint: 'assessments_frozen',
        });
        await expect(app.database.asApp(statement, parameters)).rejects.toMatchObject({ code });
      }
    });

    it('is given only to what was read, if one says what that was', async () => {
      const { id } = await draft();
      const sign = (version: number) =>
        consultant().post(`/assessments/${id}/signatures`, undefined, { 'if-match': `"${version}"` });
      await save(id, 1, { wishes: { danish: 'ændret imens' } });
      expect((await sign(1)).status).toBe(412);
      expect((await sign(2)).status).toBe(201);
    });

    it('is given once, also when two come at once', async () => {
      const { id } = await draft();
      const replies = await Promise.all([1, 2].map(() => consultant().post(`/assessments/${id}/signatures`)));
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect((await factsOf(id)).map(({ fact }) => fact)).toEqual([
        'assessment.drafted',
        'assessment.changed',
        'assessment.signed',
      ]);
    });

    it('needs what the form requires, and says all that is missing', async () => {
      const { id } = await draft({
        languages: null,
        schooling: null,
        work: [{ ...electrician, lastYear: 2027 }],
      });
      const reply = await consultant().post(`/assessments/${id}/signatures`);
      expect(reply).toMatchObject({ status: 422, body: { code: 'competences.not_ready' } });
      expect(reply.body.errors.map(({ field }: { field: string }) => field)).toEqual([
        'answers.languages',
        'answers.schooling',
        'answers.work[0].lastYear',
      ]);
    });

    it('makes room for the next draft', async () => {
      await signedDraft();
      expect(await draft()).toMatchObject({ state: 'draft', amendsId: null });
    });
  });

  describe('an amendment', () => {
    const amend = (id: string, body: unknown = { reason: 'The years were misheard' }) =>
      consultant().post(`/assessments/${id}/amendments`, body);

    it('is a draft with a copy, and supersedes when it is signed', async () => {
      const first = await signedDraft();
      const amendment = await amend(first.id);
      expect(amendment).toMatchObject({
        status: 201,
        body: { state: 'draft', amendsId: first.id, amendmentReason: 'The years were misheard' },
      });
      expect(valuesOf(amendment.body)).toEqual(kept());
      const { id } = amendment.body;
      expect((await consultant().get(`/assessments/${first.id}`)).body).toMatchObject({
        state: 'signed',
        amendmentId: id,
      });

      await save(id, 1, { work: [{ ...electrician, years: 14, lastYear: 2021 }] });
      await consultant().post(`/assessments/${id}/signatures`);
      expect((await consultant().get(`/assessments/${first.id}`)).body).toMatchObject({
        state: 'superseded',
        amendmentId: id,
        version: 2,
      });
      const profile = await app.as(north.coordinator).get(`/refugees/${refugeeId}/competence-profile`);
      expect(profile.status).toBe(404);
      const occupations = (await consultant().get(`/refugees/${refugeeId}/competence-profile`)).body
        .occupations;
      expect(occupations).toEqual([
        {
          scheme: 'isco08',
          occupation: '7411',
          iscoGroup: '7411',
          danish: electrician.danish,
          words: electrician.words,
          years: 14,
          lastYear: 2021,
          yearsSince: 5,
          coded: 'likely',
          evidence: null,
          assessmentId: id,
        },
      ]);
      expect((await factsOf(first.id)).at(-1)).toEqual({
        fact: 'assessment.amended',
        details: { amendmentId: id },
      });
    });

    it('needs a reason and a signed assessment that has none yet', async () => {
      const { id } = await draft();
      expect(await amend(id)).toMatchObject({ status: 409, body: { code: 'competences.not_signed' } });
      await consultant().post(`/assessments/${id}/signatures`);
      expect(await amend(id, {})).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'reason', rule: 'text' }] },
      });
      const replies = await Promise.all([1, 2, 3].map(() => amend(id)));
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(await amend(id)).toMatchObject({
        status: 409,
        body: { code: 'competences.amended', amendment: expect.stringContaining('/api/v1/assessments/') },
      });
    });

    it('waits while another draft is open', async () => {
      const first = await signedDraft();
      const { id } = await draft();
      expect(await amend(first.id)).toMatchObject({
        status: 409,
        body: { code: 'competences.draft_open', draft: `/api/v1/assessments/${id}` },
      });
    });
  });

  it('codes work and skills with ESCO, too, once it is there', async () => {
    const esco = await makeEscoOccupation(app.database);
    const coded = (scheme: string, code: string) => ({ coded: { scheme, code, sure: 'sure' } });
    await signedDraft({
      work: [{ ...electrician, ...coded('esco_occupation', esco.occupation) }],
      skills: [{ ...skill, ...coded('esco_skill', esco.skill) }],
      wished_occupations: [{ scheme: 'esco_occupation', code: esco.occupation }],
    });
    expect((await consultant().get(`/refugees/${refugeeId}/competence-profile`)).body).toMatchObject({
      occupations: [{ scheme: 'esco_occupation', occupation: esco.occupation, iscoGroup: '7115' }],
      skills: [{ coded: { scheme: 'esco_skill', code: esco.skill, by: north.jobConsultant.id } }],
      wishes: { occupations: [{ scheme: 'esco_occupation', code: esco.occupation }] },
    });
    const { id: other } = await register(app, north.jobConsultant);
    const unknown = { work: [{ ...electrician, ...coded('esco_occupation', esco.skill) }] };
    expect(await consultant().post(`/refugees/${other}/assessments`, said(unknown))).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'answers.work[0].coded.code', rule: 'known' }] },
    });
  });

  it('lists the assessments of a person, newest first, a page at a time', async () => {
    const ids: string[] = [];
    for (const danish of ['a', 'b', 'c']) ids.unshift((await signedDraft({ wishes: { danish } })).id);
    const first = (await consultant().get(`/refugees/${refugeeId}/assessments?limit=2`)).body;
    const last = (
      await consultant().get(`/refugees/${refugeeId}/assessments?limit=2&cursor=${first.nextCursor}`)
    ).body;
    expect([...first.items, ...last.items].map(({ id }) => id)).toEqual(ids);
    expect(last.nextCursor).toBeNull();
    const other = (await register(app, north.jobConsultant)).id;
    expect(await consultant().get(`/refugees/${other}/assessments`)).toMatchObject({
      status: 200,
      body: { items: [], nextCursor: null },
    });
    expect(
      await consultant().get(`/refugees/${other}/assessments?limit=2&cursor=${first.nextCursor}`),
    ).toMatchObject({ status: 400 });
  });

  it('derives an empty profile of who has nothing signed', async () => {
    await draft();
    expect((await consultant().get(`/refugees/${refugeeId}/competence-profile`)).body).toEqual({
      refugeeId,
      languages: [],
      occupations: [],
      skills: [],
      schooling: [],
      licences: [],
      danish: null,
      wishes: null,
      availability: null,
    });
  });

  describe('is closed', () => {
    const everyRoute = (id: string, person: string): [string, string, unknown?][] => [
      ['POST', `/refugees/${person}/assessments`, said()],
      ['GET', `/refugees/${person}/assessments`],
      ['GET', `/refugees/${person}/competence-profile`],
      ['GET', `/assessments/${id}`],
      ['PATCH', `/assessments/${id}`, said()],
      ['GET', `/assessments/${id}/comparisons/${id}`],
      ['POST', `/assessments/${id}/signatures`],
      ['POST', `/assessments/${id}/amendments`, { reason: 'x' }],
    ];

    it('to another unit, which cannot even tell that there is something', async () => {
      const { id } = await draft();
      for (const account of [south.jobConsultant, south.leader]) {
        const seen = everyRoute(id, refugeeId);
        const absent = everyRoute(randomUUID(), randomUUID());
        for (const [i, [method, path, body]] of seen.entries()) {
          const reply = await app.as(account).send(method, path, body);
          const nothing = await app.as(account).send(method, absent[i][1], body);
          expect([method, path, reply.status]).toEqual([method, path, 404]);
          expect({ ...reply.body, requestId: '' }).toEqual({ ...nothing.body, requestId: '' });
        }
      }
    });

    it('to the caseworker of the case for writing, not for reading', async () => {
      const { id } = await draft();
      await consultant().put(`/refugees/${refugeeId}/team/caseworker`, { staffId: north.caseworker.id });
      for (const [method, path, body] of everyRoute(id, refugeeId)) {
        const reply = await app.as(north.caseworker).send(method, path, body);
        expect([method, path, reply.status]).toEqual([method, path, method === 'GET' ? 200 : 403]);
      }
    });

    it('to who has a grant for writing, before version and state are looked at', async () => {
      const { id } = await draft();
      await app
        .as(north.leader)
        .post(`/refugees/${refugeeId}/access-grants`, { staffId: south.jobConsultant.id, days: 1 });
      for (const [method, path, body] of everyRoute(id, refugeeId)) {
        const reply = await app.as(south.jobConsultant).send(method, path, body, { purpose: 'cover' });
        expect([method, path, reply.status]).toEqual([method, path, method === 'GET' ? 200 : 403]);
      }
    });

    it('and every read leaves a row with the person in it', async () => {
      const { id } = await draft();
      await app.database.asOwner(`select 1`);
      const count = async () =>
        (
          await app.database.asOwner<{ n: number }>(
            'select count(*)::int as n from read_log where $1 = any(person_ids)',
            [refugeeId],
          )
        )[0].n;
      const before = await count();
      const reads = everyRoute(id, refugeeId).filter(([method]) => method === 'GET');
      for (const [, path] of reads) await consultant().get(path);
      expect((await count()) - before).toBe(reads.length);
    });
  });
});
