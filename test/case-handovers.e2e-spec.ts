import { randomUUID } from 'node:crypto';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

const TODAY = '2026-11-23';

describe('a case that is handed over', () => {
  let app: TestApp;
  let office: Office;
  let other: Office;
  let id: string;

  beforeAll(async () => {
    app = await startApp();
    [office, other] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.moveClock(`${TODAY}T09:00:00Z`);
    ({ id } = await office.person());
  });

  const consultant = () => office.as('job_consultant');
  const offer = (over: object = {}) =>
    consultant().post(`/refugees/${id}/case-handovers`, { toRole: 'coordinator', ...over });
  const offered = async (over: object = {}) => (await offer(over)).body.id as string;
  const returned = async (questions: object[]) => {
    const handover = await offered();
    const { status, body } = await office
      .as('coordinator')
      .post(`/case-handovers/${handover}/returns`, { questions });
    expect(status).toBe(201);
    return body;
  };
  const draft = async (answers: object) =>
    (await consultant().post(`/refugees/${id}/assessments`, { answers })).body;
  const save = (assessment: { id: string; version: number }, answers: object) =>
    consultant().patch(
      `/assessments/${assessment.id}`,
      { answers },
      { 'if-match': `"${assessment.version}"` },
    );
  const known = async () => (await office.as('coordinator').get(`/refugees/${id}/completeness`)).body;
  const itemOf = (body: { items: { field: string }[] }, field: string) =>
    body.items.find((item) => item.field === field);
  const followUps = async () =>
    (await office.as('team_leader').get(`/refugees/${id}/follow-ups?limit=100`)).body.items.filter(
      ({ key }: { key: string }) => key.startsWith('handover.'),
    );

  describe('what is known', () => {
    it('says of each required field whether it is known, asked or not asked, since when, and never the answer', async () => {
      const { id: assessmentId } = await draft({
        school_years: 9,
        wishes: { unknown: true },
        hours_per_week: 30,
        drives: true,
      });
      const body = await known();
      expect(body).toMatchObject({
        refugeeId: id,
        formVersion: 1,
        completeness: { answered: 3, required: 15, percent: 20 },
      });
      expect(body.items).toHaveLength(15);
      expect(itemOf(body, 'school_years')).toEqual({
        field: 'school_years',
        meaning: 'school_years',
        label: { da: 'Års skolegang i alt', en: 'Years of school in all' },
        requiredFor: 'handover',
        state: 'known',
        source: 'talk',
        on: TODAY,
        assessmentId,
      });
      expect(itemOf(body, 'wishes')).toMatchObject({ state: 'asked_unknown', assessmentId });
      expect(itemOf(body, 'languages')).toMatchObject({
        requiredFor: 'signature',
        state: 'not_asked',
        source: null,
        on: null,
        assessmentId: null,
      });
      expect(body.missing).toHaveLength(12);
      expect(body.missing).toContainEqual({ da: 'Sprog', en: 'Languages' });
    });

    it('looks behind the open draft at what is signed, and at the newest that knows, not behind what is taken back', async () => {
      const signed = await office.signedAssessment(id);
      await app.moveClock('2026-11-30T09:00:00Z');
      const open = await draft({});
      await save(open, { hours_per_week: { unknown: true }, weekdays: null, school_years: 8 });
      const body = await known();
      expect(itemOf(body, 'hours_per_week')).toMatchObject({
        state: 'known',
        assessmentId: signed,
        on: TODAY,
      });
      expect(itemOf(body, 'weekdays')).toMatchObject({ state: 'not_asked', assessmentId: null });
      expect(itemOf(body, 'school_years')).toMatchObject({ state: 'known', on: '2026-11-30' });
      expect(itemOf(body, 'wishes')).toMatchObject({ source: 'earlier', assessmentId: open.id, on: TODAY });
    });

    it('is nobody’s of another unit, and is in the read log', async () => {
      const before = await app.database.asOwner(`select from read_log where what = 'completeness.read'`);
      expect((await other.as('coordinator').get(`/refugees/${id}/completeness`)).status).toBe(404);
      await known();
      const after = await app.database.asOwner(`select from read_log where what = 'completeness.read'`);
      expect(after.length - before.length).toBe(1);
    });
  });

  describe('an offer', () => {
    it('goes to who holds the role, as complete as the case is then, and asks for a reply', async () => {
      const assessment = await draft({ school_years: 9 });
      const { status, body } = await offer({ note: 'Would rather work mornings.' });
      expect({ status, body }).toMatchObject({
        status: 201,
        body: {
          refugeeId: id,
          toRole: 'coordinator',
          state: 'offered',
          note: 'Would rather work mornings.',
          receiver: { id: office.account('coordinator').id },
          completeness: { answered: 1, required: 15, percent: 6 },
          decidedBy: null,
          questions: [],
        },
      });
      expect(body.missing).toHaveLength(14);
      expect(await followUps()).toMatchObject([
        {
          key: 'handover.receive',
          state: 'open',
          earliestOn: TODAY,
          latestOn: '2026-11-30',
          ownerId: office.account('coordinator').id,
          act: { method: 'POST', href: `/api/v1/case-handovers/${body.id}/acceptances` },
        },
      ]);
      await save(assessment, { hours_per_week: 30 });
      expect((await known()).completeness.answered).toBe(2);
      const { body: later } = await office.as('caseworker').get(`/case-handovers/${body.id}`);
      expect(later.completeness.answered).toBe(1);
    });

    it('goes to the unit’s leader where nobody holds the role', async () => {
      await office.as('team_leader').delete(`/refugees/${id}/team/coordinator`);
      expect((await offer()).body.receiver.id).toBe(office.account('team_leader').id);
    });

    it('is refused where there is nobody at all', async () => {
      await office.as('team_leader').delete(`/refugees/${id}/team/coordinator`);
      await app.database.asOwner('update units set leader_id = null where id = $1', [office.unit.id]);
      expect(await offer()).toMatchObject({
        status: 422,
        body: { code: 'case_handovers.nobody_to_receive' },
      });
      await app.database.asOwner('update units set leader_id = $2 where id = $1', [
        office.unit.id,
        office.account('team_leader').id,
      ]);
    });

    it('is one a role at a time, also when ten come at once', async () => {
      const replies = await Promise.all(Array.from({ length: 10 }, () => offer()));
      expect(replies.map(({ status }) => status).toSorted()).toEqual([
        201,
        ...Array.from({ length: 9 }, () => 409),
      ]);
      expect(replies.find(({ status }) => status === 409)!.body.code).toBe('case_handovers.open');
      expect((await offer({ toRole: 'caseworker' })).status).toBe(201);
      const { body } = await consultant().get(`/refugees/${id}/case-handovers`);
      expect(body.items.map(({ toRole }: { toRole: string }) => toRole)).toEqual([
        'caseworker',
        'coordinator',
      ]);
    });

    it.each([
      [{}, 'toRole', 'one_of'],
      [{ toRole: 'job_consultant' }, 'toRole', 'one_of'],
      [{ toRole: 'coordinator', note: '' }, 'note', 'text'],
      [{ toRole: 'coordinator', receiverId: randomUUID() }, 'receiverId', 'unknown'],
    ])('of the shape %j is refused', async (body, field, rule) => {
      expect(await consultant().post(`/refugees/${id}/case-handovers`, body)).toMatchObject({
        status: 400,
        body: { errors: [{ field, rule }] },
      });
    });

    it('is for the job consultant, not for who receives, nor for other units', async () => {
      const path = `/refugees/${id}/case-handovers`;
      const body = { toRole: 'caseworker' };
      expect((await office.as('coordinator').post(path, body)).status).toBe(403);
      expect((await other.as('job_consultant').post(path, body)).status).toBe(404);
      expect((await office.as('team_leader').post(path, body)).status).toBe(201);
    });
  });

  describe('a reply', () => {
    it('is an acceptance, once, by who holds the role, or the unit’s leader', async () => {
      const handover = await offered();
      const accept = (who: Parameters<Office['as']>[0], whose = office) =>
        whose.as(who).post(`/case-handovers/${handover}/acceptances`);
      expect((await accept('caseworker')).status).toBe(403);
      expect((await accept('coordinator', other)).status).toBe(404);
      const replies = await Promise.all([accept('coordinator'), accept('team_leader')]);
      expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(replies.find(({ status }) => status === 201)!.body).toMatchObject({
        state: 'accepted',
        decidedAt: expect.stringMatching(/^2026-11-23T09:/),
      });
      expect(replies.find(({ status }) => status === 409)!.body.code).toBe('case_handovers.decided');
      expect(await followUps()).toMatchObject([{ key: 'handover.receive', state: 'done' }]);
    });

    it('is a return with questions, which become follow-ups of the job consultant', async () => {
      const body = await returned([
        { field: 'licences', text: 'Has he a driving licence?' },
        { text: 'Who looks after the children?' },
      ]);
      expect(body).toMatchObject({
        state: 'returned',
        decidedBy: { id: office.account('coordinator').id },
        questions: [
          {
            field: 'licences',
            label: { en: 'Driving licences and certificates' },
            text: 'Has he a driving licence?',
            state: 'open',
          },
          { field: null, label: null, state: 'open', answer: null, answeredBy: null, answeredAt: null },
        ],
      });
      const [first, second] = body.questions;
      expect(await followUps()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ key: 'handover.receive', state: 'done' }),
          ...[first, second].map((question) =>
            expect.objectContaining({
              key: 'handover.answer_question',
              state: 'open',
              latestOn: '2026-11-30',
              ownerId: office.account('job_consultant').id,
              act: {
                method: 'POST',
                href: `/api/v1/case-handovers/${body.id}/questions/${question.id}/answers`,
              },
            }),
          ),
        ]),
      );
    });

    it.each([
      [{ questions: [] }, 'questions', 'list'],
      [{ questions: Array.from({ length: 21 }, () => ({ text: 'Why?' })) }, 'questions', 'list'],
      [{ questions: [{ text: '' }] }, 'questions[0].text', 'text'],
      [
        { questions: [{ text: 'Why?' }, { field: 'no_field', text: 'Why?' }] },
        'questions[1].field',
        'unknown',
      ],
    ])('of the shape %j is refused', async (body, field, rule) => {
      const handover = await offered();
      expect(await office.as('coordinator').post(`/case-handovers/${handover}/returns`, body)).toMatchObject({
        status: 400,
        body: { errors: [{ field, rule }] },
      });
      expect((await office.as('coordinator').get(`/case-handovers/${handover}`)).body.state).toBe('offered');
    });
  });

  describe('a question', () => {
    const answer = (handover: { id: string }, question: { id: string }, office_ = office) =>
      office_
        .as('job_consultant')
        .post(`/case-handovers/${handover.id}/questions/${question.id}/answers`, { text: 'His sister.' });

    it('is answered in words, once', async () => {
      const handover = await returned([{ text: 'Who looks after the children?' }]);
      const [question] = handover.questions;
      expect((await answer(handover, question, other)).status).toBe(404);
      expect((await answer(handover, { id: randomUUID() })).body.code).toBe(
        'case_handovers.no_such_question',
      );
      const replies = await Promise.all([answer(handover, question), answer(handover, question)]);
      expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect(replies.find(({ status }) => status === 201)!.body.questions).toMatchObject([
        {
          state: 'answered',
          answer: 'His sister.',
          answeredBy: { id: office.account('job_consultant').id },
        },
      ]);
      expect(replies.find(({ status }) => status === 409)!.body.code).toBe('case_handovers.answered');
      expect((await followUps()).map(({ state }: { state: string }) => state)).toEqual(['done', 'done']);
    });

    it.each([
      ['known', 9],
      ['asked and not known', { unknown: true }],
    ])('about a field ends by itself when the field is %s', async (_, value) => {
      await draft({ wishes: { danish: 'Ude' } });
      const handover = await returned([{ field: 'school_years', text: 'How many?' }, { text: 'Why?' }]);
      const { body: open } = await consultant().get(`/refugees/${id}/assessments`);
      await save(open.items[0], { hours_per_week: 30 });
      const stateNow = async () =>
        (await consultant().get(`/case-handovers/${handover.id}`)).body.questions.map(
          ({ state }: { state: string }) => state,
        );
      expect(await stateNow()).toEqual(['open', 'open']);
      await save({ ...open.items[0], version: open.items[0].version + 1 }, { school_years: value });
      expect(await stateNow()).toEqual(['field_answered', 'open']);
      const done = (await followUps()).filter(
        ({ key }: { key: string }) => key === 'handover.answer_question',
      );
      expect(done.map(({ state }: { state: string }) => state).toSorted()).toEqual(['done', 'open']);
      expect((await answer(handover, handover.questions[0])).status).toBe(409);
    });

    it('keeps the case from being offered again until all are answered', async () => {
      const handover = await returned([{ text: 'Why?' }, { text: 'When?' }]);
      await answer(handover, handover.questions[0]);
      expect(await offer()).toMatchObject({ status: 409, body: { code: 'case_handovers.questions_open' } });
      await answer(handover, handover.questions[1]);
      expect((await offer()).status).toBe(201);
      const receives = (await followUps()).filter(({ key }: { key: string }) => key === 'handover.receive');
      expect(receives.map(({ state }: { state: string }) => state).toSorted()).toEqual(['done', 'open']);
    });
  });
});
