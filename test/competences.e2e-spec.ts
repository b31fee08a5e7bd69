import { randomUUID } from 'node:crypto';
import { problemOfConstraint } from '../src/platform/http/problem.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

const electrician = {
  ownWords: 'ሓደሽቲ ኣባይቲ መብራህቲ የእትው ነይረ',
  ownWordsLanguage: 'tir',
  danishText: 'Installerede lys i nye huse',
  occupation: '7411',
  coded: 'likely',
  country: 'ER',
  years: 4,
  lastYear: 2020,
};
const skill = { description: 'Reads wiring diagrams', evidence: 'described' };
const schooling = {
  level: '3',
  field: 'Electrical installation',
  country: 'ER',
  years: 3,
  endedYear: 2012,
  documents: 'lost',
  recognition: 'none',
};

/** What a first talk through an interpreter gives. */
const said = (over: Record<string, unknown> = {}) => ({
  interpreter: { present: true, language: 'tir' },
  languages: [
    { language: 'tir', motherTongue: true, spoken: 'C2', read: 'C1', written: 'C1', readsLatinScript: false },
  ],
  schooling: [schooling],
  work: [electrician],
  skills: [skill],
  wishes: { text: 'Would like to work outdoors', occupations: ['7411', '71'] },
  availability: { from: '2027-02-01', hoursPerWeek: 30, weekdays: ['mon', 'tue'] },
  ...over,
});

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
  const put = (id: string, version: number, body: unknown, account: TestAccount = north.jobConsultant) =>
    app.as(account).put(`/assessments/${id}`, body, { 'if-match': `"${version}"` });
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
        ...said(),
      });
    });

    it('may begin empty', async () => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, {});
      expect(reply).toMatchObject({
        status: 201,
        body: { languages: [], skills: [], wishes: { text: null, occupations: [] } },
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

    it('is replaced as a whole, and the timeline keeps which parts and how much, never what', async () => {
      const { id } = await draft();
      const reply = await put(
        id,
        1,
        said({ skills: [skill, { ...skill, description: 'Welds' }], wishes: undefined }),
      );
      expect(reply.status).toBe(200);
      expect(reply.headers.get('etag')).toBe('"2"');
      expect(reply.body).toMatchObject({
        version: 2,
        skills: [skill, { description: 'Welds' }],
        wishes: { text: null, occupations: [] },
      });
      expect(await factsOf(id)).toEqual([
        {
          fact: 'assessment.drafted',
          details: { languages: 1, schooling: 1, work: 1, skills: 1, wishedOccupations: 2 },
        },
        {
          fact: 'assessment.changed',
          details: {
            fields: ['skills', 'wishes'],
            languages: 1,
            schooling: 1,
            work: 1,
            skills: 2,
            wishedOccupations: 0,
          },
        },
      ]);
    });

    it('that is saved again without a change stays as it is', async () => {
      const { id } = await draft();
      expect((await put(id, 1, said())).headers.get('etag')).toBe('"1"');
      expect(await factsOf(id)).toHaveLength(1);
    });

    it('is changed only by who read it last', async () => {
      const { id } = await draft();
      expect(await consultant().put(`/assessments/${id}`, said())).toMatchObject({ status: 428 });
      expect(await put(id, 7, said())).toMatchObject({ status: 412 });
      const both = await Promise.all(['a', 'b'].map((text) => put(id, 1, said({ wishes: { text } }))));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    });

    it('with everything it can hold is saved in a second', async () => {
      const { id } = await draft();
      const many = <Row>(length: number, row: (i: number) => Row) => Array.from({ length }, (_, i) => row(i));
      const full = said({
        languages: [
          'tir',
          'eng',
          'ara',
          'amh',
          'swe',
          'fra',
          'deu',
          'ita',
          'spa',
          'por',
          'nld',
          'pol',
          'fas',
          'pus',
          'urd',
          'som',
          'tur',
          'ukr',
          'rus',
          'dan',
        ].map((language) => ({
          language,
          motherTongue: false,
          spoken: null,
          read: null,
          written: null,
          readsLatinScript: null,
        })),
        schooling: many(20, () => schooling),
        work: many(50, (i) => ({ ...electrician, years: i })),
        skills: many(100, (i) => ({ ...skill, description: `${i} ${'å'.repeat(1900)}` })),
      });
      const before = Date.now();
      const reply = await put(id, 1, full);
      expect(reply.status).toBe(200);
      expect(Date.now() - before).toBeLessThan(1000);
      expect(reply.body).toMatchObject(full);
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
        expect(await put(signed.id, 2, said({ skills: [] }), account)).toMatchObject({
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
      const attempts: [string, string[]][] = [
        ['update assessments set wishes = null where id = $1', [id]],
        ['update assessments set signed_at = null, signed_by = null, signed_on = null where id = $1', [id]],
        ['delete from assessments where id = $1', [id]],
      ];
      for (const [part, row] of [
        ['languages', `language, mother_tongue) values ($1, 90, 'eng', false)`],
        ['schooling', `level, documents, recognition) values ($1, 90, '1', 'none', 'none')`],
        ['work', `own_words, occupation, coded, years) values ($1, 90, 'x', '7411', 'sure', 1)`],
        ['skills', `description, evidence) values ($1, 90, 'x', 'tested')`],
        ['wished_occupations', `occupation) values ($1, 90, '5120')`],
      ]) {
        attempts.push(
          [`delete from assessment_${part} where assessment_id = $1`, [id]],
          [`update assessment_${part} set position = 91 where assessment_id = $1`, [id]],
          [`update assessment_${part} set assessment_id = $2 where assessment_id = $1`, [id, open]],
          [
            `update assessment_${part} set assessment_id = $1, position = 92 where assessment_id = $2`,
            [id, open],
          ],
          [`insert into assessment_${part} (assessment_id, position, ${row}`, [id]],
        );
      }
      for (const [statement, parameters] of attempts) {
        await expect(app.database.asOwner(statement, parameters)).rejects.toMatchObject({
          constraint: 'assessments_frozen',
        });
        // The serving role has no UPDATE of parts and no DELETE of assessments to begin with.
        await expect(app.database.asApp(statement, parameters)).rejects.toMatchObject({
          code: /^update assessment_|^delete from assessments/.test(statement) ? '42501' : '23001',
        });
      }
      expect(
        await app.database.asApp(`delete from assessment_skills where assessment_id = $1 returning 1`, [
          open,
        ]),
      ).toHaveLength(1);
    });

    it('is given only to what was read, if one says what that was', async () => {
      const { id } = await draft();
      const sign = (version: number) =>
        consultant().post(`/assessments/${id}/signatures`, undefined, { 'if-match': `"${version}"` });
      await put(id, 1, said({ wishes: { text: 'changed meanwhile' } }));
      expect((await sign(1)).status).toBe(412);
      expect((await sign(2)).status).toBe(201);
    });

    it('is given once, also when two come at once', async () => {
      const { id } = await draft();
      const replies = await Promise.all([1, 2].map(() => consultant().post(`/assessments/${id}/signatures`)));
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect((await factsOf(id)).map(({ fact }) => fact)).toEqual([
        'assessment.drafted',
        'assessment.signed',
      ]);
    });

    it('needs a language and either schooling or work, and says all that is missing', async () => {
      const { id } = await draft({ languages: [], schooling: [], work: [] });
      const reply = await consultant().post(`/assessments/${id}/signatures`);
      expect(reply).toMatchObject({ status: 422, body: { code: 'competences.not_ready' } });
      expect(reply.body.errors.map(({ field }: { field: string }) => field)).toEqual(['languages', 'work']);
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
        body: { state: 'draft', amendsId: first.id, amendmentReason: 'The years were misheard', ...said() },
      });
      const { id } = amendment.body;
      expect((await consultant().get(`/assessments/${first.id}`)).body).toMatchObject({
        state: 'signed',
        amendmentId: id,
      });

      await put(id, 1, said({ work: [{ ...electrician, years: 14, lastYear: 2021 }] }));
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
          occupation: '7411',
          years: 14,
          lastYear: 2021,
          yearsSince: 5,
          coded: 'likely',
          assessmentIds: [id],
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

  it('lists the assessments of a person, newest first, a page at a time', async () => {
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c']) ids.unshift((await signedDraft({ wishes: { text } })).id);
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
      ['PUT', `/assessments/${id}`, said()],
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

  describe('a bad shape', () => {
    it.each<[string, Record<string, unknown>, string]>([
      ['a field nobody knows', { health: 'good' }, 'health'],
      ['a list that is none', { languages: 'tir' }, 'languages'],
      [
        'too many languages',
        { languages: Array.from({ length: 21 }, () => ({ language: 'tir', motherTongue: false })) },
        'languages',
      ],
      ['too many skills', { skills: Array.from({ length: 101 }, () => skill) }, 'skills'],
      ['a text too long', { wishes: { text: 'x'.repeat(2001) } }, 'wishes.text'],
      [
        'a level that is none',
        { languages: [{ language: 'tir', motherTongue: false, spoken: 'D1' }] },
        'languages[0].spoken',
      ],
      ['evidence that is none', { skills: [{ ...skill, evidence: 'sure' }] }, 'skills[0].evidence'],
      ['half a year', { work: [{ ...electrician, years: 0.5 }] }, 'work[0].years'],
      ['more years than a life', { work: [{ ...electrician, years: 1e21 }] }, 'work[0].years'],
      ['a day twice', { availability: { weekdays: ['mon', 'mon'] } }, 'availability.weekdays'],
      ['a day that is none', { availability: { from: '2027-02-30' } }, 'availability.from'],
      ['null for a list', { work: null }, 'work'],
    ])('%s is refused by name', async (_, over, field) => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, said(over));
      expect(reply.status).toBe(400);
      expect(reply.body.errors[0].field).toBe(field);
    });

    it.each<[string, Record<string, unknown>, object]>([
      [
        'an occupation that is no unit group',
        { work: [{ ...electrician, occupation: '741' }] },
        { code: 'competences.not_a_unit_group' },
      ],
      [
        'an occupation nobody knows',
        { work: [{ ...electrician, occupation: '9999' }] },
        { errors: [{ field: 'occupation' }] },
      ],
      ['a wish nobody knows', { wishes: { occupations: ['nope'] } }, { errors: [{ field: 'occupation' }] }],
      [
        'a language nobody knows',
        { languages: [{ language: 'xyz', motherTongue: true }] },
        { errors: [{ field: 'language' }] },
      ],
      [
        'a language twice',
        { languages: [1, 2].map(() => ({ language: 'tir', motherTongue: true })) },
        { code: 'competences.language_twice' },
      ],
      [
        'an interpreter of no language',
        { interpreter: { present: true } },
        { code: 'competences.interpreter_language_missing' },
      ],
    ])('%s is refused by rule, and nothing is kept', async (_, over, problem) => {
      const reply = await consultant().post(`/refugees/${refugeeId}/assessments`, said(over));
      expect(reply).toMatchObject({ status: 422, body: problem });
      expect((await consultant().get(`/refugees/${refugeeId}/assessments`)).body.items).toEqual([]);
    });
  });
});
