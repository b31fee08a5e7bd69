import { randomUUID } from 'node:crypto';
import { VisitOf } from './factories/visits.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('invitations to a visit', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
    await app.moveClock('2026-11-23T09:00:00Z');
  });
  afterAll(() => app.close());

  const plan = (over: Record<string, unknown> = {}) => VisitOf.plan(app, north.jobConsultant, over);
  const invite = (
    { id }: VisitOf,
    participantIds: string[],
    over: object = {},
    by: TestAccount = north.jobConsultant,
  ) => app.as(by).post(`/visits/${id}/invitations`, { participantIds, how: 'letter', ...over });
  const takeBack = ({ id }: VisitOf, participantId: string, by: TestAccount = north.jobConsultant) =>
    app.as(by).delete(`/visits/${id}/participants/${participantId}/invitation`);

  it('are recorded for several at once, today or on an earlier day, and can be said anew', async () => {
    const visit = await plan();
    const [one, other] = [await visit.meet(), await visit.meet()];
    const reply = await invite(visit, [one.id, other.id]);
    expect(reply.status).toBe(201);
    expect(reply.body.items).toHaveLength(2);
    for (const item of reply.body.items)
      expect(item).toMatchObject({ invitedOn: '2026-11-23', invitedHow: 'letter' });
    await invite(visit, [other.id], { how: 'phone', invitedOn: '2026-11-20' });
    const { participants, version } = await visit.read();
    const of = (id: string) => participants.find((each: { id: string }) => each.id === id);
    expect(of(one.id)).toMatchObject({ invitedOn: '2026-11-23', invitedHow: 'letter' });
    expect(of(other.id)).toMatchObject({ invitedOn: '2026-11-20', invitedHow: 'phone' });
    expect(version).toBe(5);
    expect((await visit.facts()).slice(-2)).toEqual([
      {
        fact: 'participants.invited',
        case_ids: expect.arrayContaining([one.refugeeId, other.refugeeId]),
        details: {
          participantIds: expect.arrayContaining([one.id, other.id]),
          how: 'letter',
          invitedOn: '2026-11-23',
        },
      },
      {
        fact: 'participants.invited',
        case_ids: [other.refugeeId],
        details: { participantIds: [other.id], how: 'phone', invitedOn: '2026-11-20' },
      },
    ]);
  });

  it('are taken back one by one, once', async () => {
    const visit = await plan();
    const one = await visit.meet();
    await invite(visit, [one.id]);
    expect((await takeBack(visit, one.id)).status).toBe(204);
    expect((await visit.read()).participants).toMatchObject([{ invitedOn: null, invitedHow: null }]);
    expect(await takeBack(visit, one.id)).toMatchObject({
      status: 404,
      body: { code: 'visits.not_invited' },
    });
    expect((await visit.facts()).at(-1)).toEqual({
      fact: 'participants.invitation_taken_back',
      case_ids: [one.refugeeId],
      details: { participantIds: [one.id] },
    });
  });

  it('are for all of them or for nobody', async () => {
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const visit = await plan({ consultantIds: [colleague.id] });
    const other = await plan();
    const mine = await visit.meet();
    const theirs = await app.as(colleague).post(`/visits/${visit.id}/participants`, {
      refugeeId: (await app.as(colleague).post('/refugees', aPersonOf())).body.id,
    });
    for (const foreign of [theirs.body.id, (await other.meet()).id, randomUUID()])
      expect(await invite(visit, [mine.id, foreign])).toMatchObject({
        status: 404,
        body: { code: 'visits.no_such_participant' },
      });
    const declined = await visit.meet();
    await visit.end(declined.id, 'declined');
    expect(await invite(visit, [mine.id, declined.id])).toMatchObject({
      status: 409,
      body: { code: 'visits.outcome_recorded' },
    });
    expect((await visit.read()).participants.map((one: { invitedOn: string }) => one.invitedOn)).toEqual([
      null,
      null,
    ]);
    expect((await takeBack(visit, theirs.body.id)).status).toBe(404);
  });

  it('are recorded side by side without a deadlock, whatever the order of the names', async () => {
    const visits = await Promise.all([plan(), plan(), plan()]);
    const people = (await Promise.all([0, 1, 2, 3].map(() => visits[0].meet()))).map((one) => one.refugeeId);
    const sets = await Promise.all(
      visits.map(async (visit, i) => {
        const there =
          i === 0 ? (await visit.read()).participants : await Promise.all(people.map((id) => visit.meet(id)));
        const ids = there.map((one: { id: string }) => one.id);
        return i === 1 ? ids.toReversed() : ids;
      }),
    );
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) => invite(visits[i % 3], sets[i % 3])),
    );
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
  });

  it.each<[string, object, number, string]>([
    ['a day to come', { invitedOn: '2026-11-24' }, 422, 'visits.invited_to_come'],
    ['a way there is not', { how: 'pigeon' }, 400, 'request.invalid'],
    ['nobody', { participantIds: [] }, 400, 'request.invalid'],
  ])('refuse %s', async (_, over, status, code) => {
    const visit = await plan();
    const one = await visit.meet();
    expect(await invite(visit, [one.id], over)).toMatchObject({ status, body: { code } });
  });

  it('are nobody’s else to record, nor of who sees the case by a grant', async () => {
    const visit = await plan();
    const one = await visit.meet();
    for (const by of [south.jobConsultant, south.leader])
      expect((await invite(visit, [one.id], {}, by)).status).toBe(404);
    expect((await invite(visit, [one.id], {}, north.caseworker)).status).toBe(403);
    const colleague = await makeAccount(app.database, south.id, 'job_consultant');
    const shared = await plan({ consultantIds: [colleague.id] });
    const { id, refugeeId } = await shared.meet();
    await app
      .as(north.leader)
      .post(`/refugees/${refugeeId}/access-grants`, { staffId: colleague.id, days: 1 });
    expect((await invite(shared, [id], {}, colleague)).status).toBe(403);
  });
});

const aPersonOf = () => ({
  givenNames: 'Amina',
  familyName: 'Yusuf',
  bornOn: '1990-01-01',
  sex: 'female',
  nationality: 'SO',
});
