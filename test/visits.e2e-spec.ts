import { randomUUID } from 'node:crypto';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('visits', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;
  let sandholm: string;
  let jelling: string;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    south = await makeUnit(app.database);
    await app.moveClock('2026-11-23T09:00:00Z');
    const centres = (await app.as(north.jobConsultant).get('/asylum-centres?limit=100')).body.items;
    const idOf = (code: string) => centres.find((centre: { code: string }) => centre.code === code).id;
    [sandholm, jelling] = [idOf('sandholm'), idOf('jelling')];
  });
  afterAll(() => app.close());

  const consultant = () => app.as(north.jobConsultant);
  const planned = (over: Record<string, unknown> = {}) => ({
    centreId: sandholm,
    onDay: '2026-11-23',
    ...over,
  });
  async function plan(
    over: Record<string, unknown> = {},
    by: TestAccount = north.jobConsultant,
  ): Promise<string> {
    const reply = await app.as(by).post('/visits', planned(over));
    if (reply.status !== 201)
      throw new Error(`planning answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body.id;
  }
  async function participant(visitId: string, by: TestAccount = north.jobConsultant, refugeeId?: string) {
    const person = refugeeId ?? (await register(app, by)).id;
    const reply = await app.as(by).post(`/visits/${visitId}/participants`, { refugeeId: person });
    if (reply.status !== 201)
      throw new Error(`adding answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return reply.body as { id: string; refugeeId: string };
  }
  const end = (visitId: string, id: string, outcome: string, assessmentId?: string | null) =>
    consultant().put(`/visits/${visitId}/participants/${id}/outcome`, { outcome, assessmentId });
  const close = (visitId: string) => consultant().post(`/visits/${visitId}/closings`);
  const assessmentOf = async (refugeeId: string, by: TestAccount = north.jobConsultant): Promise<string> =>
    (await app.as(by).post(`/refugees/${refugeeId}/assessments`, {})).body.id;
  const factsOf = (visitId: string) =>
    app.database.asOwner<{ fact: string; case_ids: string[]; details: object }>(
      `select fact, case_ids, details from timeline where subject_type = 'visit' and subject_id = $1 order by id`,
      [visitId],
    );

  it('lists asylum centres to every account, found by name or municipality', async () => {
    const analyst = await makeAccount(app.database, north.id, 'analyst');
    const found = await app.as(analyst).get('/asylum-centres?q=sand');
    expect(found.body.items).toEqual([
      {
        id: expect.any(String),
        code: 'sandholm',
        name: 'Center Sandholm',
        operator: 'red_cross',
        municipality: 'Allerød',
      },
      expect.objectContaining({ code: 'sandvad' }),
    ]);
    const pages = [];
    for (let cursor = ''; cursor !== null;) {
      const { items, nextCursor } = (
        await app.as(analyst).get(`/asylum-centres?limit=9${cursor && `&cursor=${cursor}`}`)
      ).body;
      pages.push(items.length);
      cursor = nextCursor;
    }
    expect(pages).toEqual([9, 9, 4]);
    expect((await app.anonymous.get('/asylum-centres')).status).toBe(401);
  });

  it('goes from a plan to an assessment and a closed visit', async () => {
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const made = await consultant().post(
      '/visits',
      planned({ consultantIds: [colleague.id], interpreterLanguage: 'tir' }),
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      version: 1,
      centre: { id: sandholm, code: 'sandholm', name: 'Center Sandholm' },
      onDay: '2026-11-23',
      unitId: north.id,
      interpreterLanguage: 'tir',
      participantCount: 0,
      closedAt: null,
    });
    expect(made.body.consultants.map(({ staffId }: { staffId: string }) => staffId).sort()).toEqual(
      [colleague.id, north.jobConsultant.id].sort(),
    );

    const { id } = made.body;
    const selam = await participant(id);
    const amina = await participant(id);
    expect(selam).toMatchObject({
      givenNames: 'Selam',
      familyName: 'Tesfay',
      outcome: null,
      assessmentId: null,
    });
    expect(await close(id)).toMatchObject({
      status: 422,
      body: { code: 'visits.participants_open', open: 2 },
    });
    const assessmentId = await assessmentOf(selam.refugeeId);
    expect(await end(id, selam.id, 'met', assessmentId)).toMatchObject({
      status: 200,
      body: { outcome: 'met', assessmentId },
    });
    expect(await end(id, amina.id, 'moved')).toMatchObject({
      status: 200,
      body: { outcome: 'moved', assessmentId: null },
    });

    const read = await app.as(north.leader).get(`/visits/${id}`);
    expect(read.headers.get('etag')).toBe('"5"');
    expect(read.body).toMatchObject({
      participantCount: 2,
      withoutOutcome: 0,
      participants: [{ outcome: 'met' }, { outcome: 'moved' }],
    });
    expect(await close(id)).toMatchObject({
      status: 201,
      body: { version: 6, cancelledAt: null, closedAt: expect.stringMatching(/^2026-11-23T09:/) },
    });
    expect(await factsOf(id)).toEqual([
      {
        fact: 'visit.planned',
        case_ids: [],
        details: {
          centreId: sandholm,
          onDay: '2026-11-23',
          unitId: north.id,
          consultantIds: expect.any(Array),
        },
      },
      { fact: 'participant.added', case_ids: [selam.refugeeId], details: { participantId: selam.id } },
      { fact: 'participant.added', case_ids: [amina.refugeeId], details: { participantId: amina.id } },
      {
        fact: 'participant.ended',
        case_ids: [selam.refugeeId],
        details: { participantId: selam.id, outcome: 'met', assessmentId },
      },
      {
        fact: 'participant.ended',
        case_ids: [amina.refugeeId],
        details: { participantId: amina.id, outcome: 'moved', assessmentId: null },
      },
      {
        fact: 'visit.closed',
        case_ids: expect.arrayContaining([selam.refugeeId, amina.refugeeId]),
        details: {},
      },
    ]);
  });

  it('lists the visits one sees, by day, a page at a time', async () => {
    const unit = await makeUnit(app.database);
    const colleague = await makeAccount(app.database, unit.id, 'job_consultant');
    const days = ['2026-12-03', '2026-12-01', '2026-12-02'];
    for (const onDay of days) await plan({ onDay }, unit.jobConsultant);
    await plan({ centreId: jelling, onDay: '2026-12-04', consultantIds: [colleague.id] }, colleague);
    await plan({ onDay: '2026-12-05' });
    const daysOf = async (account: TestAccount, query: string) =>
      (await app.as(account).get(`/visits?${query}`)).body.items.map(({ onDay }: { onDay: string }) => onDay);
    for (const account of [unit.jobConsultant, colleague, unit.leader])
      expect(await daysOf(account, '')).toEqual(['2026-12-04', '2026-12-03', '2026-12-02', '2026-12-01']);
    expect(await daysOf(unit.leader, 'sort=onDay&limit=2')).toEqual(['2026-12-01', '2026-12-02']);
    expect(await daysOf(unit.leader, `centreId=${jelling}`)).toEqual(['2026-12-04']);
    const { nextCursor } = (await app.as(unit.leader).get('/visits?limit=3')).body;
    expect(await daysOf(unit.leader, `limit=3&cursor=${nextCursor}`)).toEqual(['2026-12-01']);
  });

  describe('participants', () => {
    it('are on a visit once, also when twenty requests come at once', async () => {
      const id = await plan();
      const { id: refugeeId } = await register(app, north.jobConsultant);
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => consultant().post(`/visits/${id}/participants`, { refugeeId })),
      );
      expect(replies.map(({ status }) => status).sort()).toEqual([
        201,
        ...Array.from({ length: 19 }, () => 409),
      ]);
      expect(replies.find(({ status }) => status === 409)!.body.code).toBe('visits.already_participant');
    });

    it('come off while they have no outcome, and may come back', async () => {
      const id = await plan();
      const { id: participantId, refugeeId } = await participant(id);
      expect((await consultant().delete(`/visits/${id}/participants/${participantId}`)).status).toBe(204);
      expect((await consultant().delete(`/visits/${id}/participants/${participantId}`)).status).toBe(404);
      const again = await participant(id, north.jobConsultant, refugeeId);
      await end(id, again.id, 'absent');
      expect(await consultant().delete(`/visits/${id}/participants/${again.id}`)).toMatchObject({
        status: 409,
        body: { code: 'visits.outcome_recorded' },
      });
    });

    it('have an outcome that can be said anew, and the same one only once', async () => {
      const id = await plan();
      const one = await participant(id);
      for (const outcome of ['absent', 'met', 'met'])
        expect((await end(id, one.id, outcome)).body.outcome).toBe(outcome);
      expect((await factsOf(id)).filter(({ fact }) => fact === 'participant.ended')).toHaveLength(2);
    });

    it('carry an assessment only of their own, and only when they were met', async () => {
      const id = await plan();
      const [one, other] = [await participant(id), await participant(id)];
      const own = await assessmentOf(one.refugeeId);
      expect(await end(id, one.id, 'declined', own)).toMatchObject({
        status: 422,
        body: { code: 'visits.assessment_without_meeting' },
      });
      const foreign = await register(app, south.jobConsultant);
      for (const assessmentId of [
        await assessmentOf(other.refugeeId),
        await assessmentOf(foreign.id, south.jobConsultant),
        randomUUID(),
      ])
        expect(await end(id, one.id, 'met', assessmentId)).toMatchObject({
          status: 404,
          body: { code: 'competences.no_such_assessment' },
        });
      expect((await end(id, one.id, 'met', own)).status).toBe(200);
      expect(await end(id, one.id, 'met', null)).toMatchObject({ status: 200, body: { assessmentId: null } });
    });

    it('are a hundred at most', async () => {
      const id = await plan();
      await app.database.asOwner(
        `with people as (
           insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
           select uuidv7(), $2, 'A', 'B', '1990-01-01', 'female', 'ER' from generate_series(1, 100) returning id
         )
         insert into visit_participants (id, visit_id, refugee_id) select uuidv7(), $1, id from people`,
        [id, north.id],
      );
      const { id: refugeeId } = await register(app, north.jobConsultant);
      expect(await consultant().post(`/visits/${id}/participants`, { refugeeId })).toMatchObject({
        status: 409,
        body: { code: 'visits.full', max: 100 },
      });
      expect((await app.as(north.leader).get(`/visits/${id}`)).body.participants).toHaveLength(100);
    });
  });

  describe('a closed visit', () => {
    it('is closed once, also when two close it at once', async () => {
      const id = await plan();
      const replies = await Promise.all([1, 2].map(() => close(id)));
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect((await factsOf(id)).filter(({ fact }) => fact === 'visit.closed')).toHaveLength(1);
    });

    it('is not closed before its day', async () => {
      const id = await plan({ onDay: '2026-11-24' });
      expect(await close(id)).toMatchObject({
        status: 422,
        body: { code: 'visits.not_yet', onDay: '2026-11-24' },
      });
    });

    it('refuses every change', async () => {
      const id = await plan();
      const one = await participant(id);
      await end(id, one.id, 'absent');
      await close(id);
      const { id: refugeeId } = await register(app, north.jobConsultant);
      const replies = [
        await consultant().post(`/visits/${id}/participants`, { refugeeId }),
        await consultant().delete(`/visits/${id}/participants/${one.id}`),
        await end(id, one.id, 'met'),
        await close(id),
      ];
      for (const reply of replies)
        expect(reply).toMatchObject({ status: 409, body: { code: 'visits.closed' } });
    });

    it('never holds a participant without an outcome, whichever of closing and adding comes first', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await plan();
        const { id: refugeeId } = await register(app, north.jobConsultant);
        const [closing, adding] = await Promise.all([
          close(id),
          consultant().post(`/visits/${id}/participants`, { refugeeId }),
        ]);
        expect([`${closing.status} ${adding.status}`]).toEqual([
          expect.stringMatching(/^(201 409|422 201)$/),
        ]);
      }
    });
  });

  describe('are closed', () => {
    const everyRoute = (
      id: string,
      participantId: string,
      refugeeId: string,
    ): [string, string, unknown?][] => [
      ['GET', `/visits/${id}`],
      ['POST', `/visits/${id}/participants`, { refugeeId }],
      ['PUT', `/visits/${id}/participants/${participantId}/outcome`, { outcome: 'met' }],
      ['DELETE', `/visits/${id}/participants/${participantId}`],
      ['POST', `/visits/${id}/closings`],
    ];

    it('to another unit, which cannot even tell that there is something', async () => {
      const id = await plan();
      const one = await participant(id);
      const own = await register(app, south.jobConsultant);
      for (const account of [
        south.jobConsultant,
        south.leader,
        await makeAccount(app.database, north.id, 'team_leader'),
      ]) {
        const absent = everyRoute(randomUUID(), randomUUID(), own.id);
        for (const [i, [method, path, body]] of everyRoute(id, one.id, own.id).entries()) {
          const reply = await app.as(account).send(method, path, body);
          const nothing = await app.as(account).send(method, absent[i][1], body);
          expect([method, path, reply.status]).toEqual([method, path, 404]);
          expect({ ...reply.body, requestId: '' }).toEqual({ ...nothing.body, requestId: '' });
        }
        expect(
          (await app.as(account).get('/visits?limit=100')).body.items.map(
            (visit: { id: string }) => visit.id,
          ),
        ).not.toContain(id);
      }
    });

    it('to other roles', async () => {
      const id = await plan();
      for (const account of [north.coordinator, north.caseworker])
        for (const [method, path, body] of [
          ...everyRoute(id, id, id),
          ['POST', '/visits', planned()],
          ['GET', '/visits'],
        ] as [string, string, unknown?][])
          expect((await app.as(account).send(method, path, body)).status).toBe(403);
      expect((await app.as(north.leader).post('/visits', planned())).status).toBe(403);
    });

    it('participant by participant: a case one does not see is not there', async () => {
      const colleague = await makeAccount(app.database, south.id, 'job_consultant');
      const id = await plan({ consultantIds: [colleague.id] });
      const [mine, theirs] = [await participant(id), await participant(id, colleague)];
      const seenBy = async (account: TestAccount) =>
        (await app.as(account).get(`/visits/${id}`)).body.participants.map((one: { id: string }) => one.id);
      expect(await seenBy(north.jobConsultant)).toEqual([mine.id]);
      expect(await seenBy(colleague)).toEqual([theirs.id]);
      expect(
        await consultant().post(`/visits/${id}/participants`, { refugeeId: theirs.refugeeId }),
      ).toMatchObject({ status: 404 });
      expect(await end(id, theirs.id, 'met')).toMatchObject({
        status: 404,
        body: { code: 'visits.no_such_participant' },
      });
      expect((await consultant().delete(`/visits/${id}/participants/${theirs.id}`)).status).toBe(404);
      const other = await plan();
      expect((await end(other, mine.id, 'met')).status).toBe(404);
    });

    it('in every total: only who one sees is counted, and who one does not see still keeps the visit open', async () => {
      const colleague = await makeAccount(app.database, south.id, 'job_consultant');
      const id = await plan({ consultantIds: [colleague.id] });
      const mine = [await participant(id), await participant(id), await participant(id)];
      const theirs = await participant(id, colleague);
      const countedBy = async (account: TestAccount) => {
        const [read, list] = [
          (await app.as(account).get(`/visits/${id}`)).body,
          (await app.as(account).get('/visits?limit=100')).body.items,
        ];
        const listed = list.find((visit: { id: string }) => visit.id === id);
        return [read, listed].map(({ participantCount, withoutOutcome }) => [
          participantCount,
          withoutOutcome,
        ]);
      };
      await end(id, mine[0].id, 'met');
      for (const account of [north.jobConsultant, north.leader])
        expect(await countedBy(account)).toEqual([
          [3, 2],
          [3, 2],
        ]);
      expect(await countedBy(colleague)).toEqual([
        [1, 1],
        [1, 1],
      ]);
      expect(await close(id)).toMatchObject({
        status: 422,
        body: { code: 'visits.participants_open', open: 2 },
      });
      for (const { id: one } of mine.slice(1)) await end(id, one, 'absent');
      const refused = await close(id);
      expect(refused).toMatchObject({ status: 422, body: { code: 'visits.hidden_participants_open' } });
      expect(refused.body.open).toBeUndefined();
      await app.as(colleague).put(`/visits/${id}/participants/${theirs.id}/outcome`, { outcome: 'moved' });
      expect(await close(id)).toMatchObject({
        status: 201,
        body: { participantCount: 3, withoutOutcome: 0 },
      });
    });

    it('to a change by who sees the case by a grant only', async () => {
      const id = await plan({}, south.jobConsultant);
      const { id: refugeeId } = await register(app, north.jobConsultant);
      await app
        .as(north.leader)
        .post(`/refugees/${refugeeId}/access-grants`, { staffId: south.jobConsultant.id, days: 1 });
      expect(
        (await app.as(south.jobConsultant).post(`/visits/${id}/participants`, { refugeeId })).status,
      ).toBe(403);
    });

    it('and every read of a participant leaves a row with the person in it', async () => {
      const id = await plan();
      const one = await participant(id);
      await consultant().get(`/visits/${id}`);
      const rows = await app.database.asOwner<{ what: string; purpose: string }>(
        `select what, purpose from read_log where person_ids = array[$1::uuid] order by id`,
        [one.refugeeId],
      );
      expect(rows.slice(-2)).toEqual([
        { what: 'visits.participant', purpose: 'case_work' },
        { what: 'visits.read', purpose: 'case_work' },
      ]);
    });
  });

  describe('a bad shape', () => {
    it.each<[string, Record<string, unknown>, string]>([
      ['no centre', { centreId: undefined }, 'centreId'],
      ['a day that is none', { onDay: '2026-02-30' }, 'onDay'],
      ['consultants that are none', { consultantIds: 'me' }, 'consultantIds'],
      ['a consultant that is none', { consultantIds: ['me'] }, 'consultantIds'],
      ['null for the consultants', { consultantIds: null }, 'consultantIds'],
      ['a unit, which the visit takes from you', { unitId: randomUUID() }, 'unitId'],
    ])('%s is refused by name', async (_, over, field) => {
      const reply = await consultant().post('/visits', planned(over));
      expect(reply).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    });

    it('an outcome that is none is refused by name', async () => {
      const id = await plan();
      const one = await participant(id);
      expect(await end(id, one.id, 'late')).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'outcome', rule: 'one_of' }] },
      });
      expect((await end(id, 'nobody', 'met')).status).toBe(400);
    });

    it.each<[string, () => Record<string, unknown>, object]>([
      ['a centre nobody knows', () => ({ centreId: randomUUID() }), { errors: [{ field: 'centreId' }] }],
      [
        'a language nobody knows',
        () => ({ interpreterLanguage: 'xyz' }),
        { errors: [{ field: 'interpreterLanguage' }] },
      ],
      [
        'a consultant who is a caseworker',
        () => ({ consultantIds: [north.caseworker.id] }),
        { code: 'visits.not_a_job_consultant' },
      ],
      [
        'a consultant nobody knows',
        () => ({ consultantIds: [randomUUID()] }),
        { code: 'visits.not_a_job_consultant' },
      ],
    ])('%s is refused by rule', async (_, over, problem) => {
      expect(await consultant().post('/visits', planned(over()))).toMatchObject({
        status: 422,
        body: problem,
      });
    });
  });
});
