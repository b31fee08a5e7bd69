import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** Taken over on Monday 1 February 2027. */
const allocated = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };

describe('what people do with follow-ups', () => {
  let app: TestApp;
  let north: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
  });
  beforeEach(() => app.moveClock('2027-02-01T09:00:00Z'));
  afterAll(() => app.close());

  async function aCase(unit = north): Promise<string> {
    const { id } = await register(app, unit.jobConsultant, allocated);
    await app.as(unit.leader).put(`/refugees/${id}/team/caseworker`, { staffId: unit.caseworker.id });
    return id;
  }
  const myDay = async (account: TestAccount, query = '') =>
    (await app.as(account).get(`/my-day?limit=100${query}`)).body.items as {
      id: string;
      key: string;
      snoozedUntil: string | null;
      refugee: { id: string };
    }[];
  async function contractOf(refugeeId: string, owner = north.caseworker): Promise<string> {
    const mine = await myDay(owner);
    return mine.find(({ key, refugee }) => key === 'contract' && refugee.id === refugeeId)!.id;
  }
  const has = async (account: TestAccount, id: string, query = '') =>
    (await myDay(account, query)).some((one) => one.id === id);
  const remindersOf = (followUpId: string) =>
    app.database.asOwner<{
      step: string;
      due_on: string;
      state: string;
      recipient_id: string;
      channel: string;
    }>(
      `select step, due_on, state, recipient_id, channel from reminders where follow_up_id = $1 and channel = 'in_app'
       order by due_on, step, state`,
      [followUpId],
    );
  const planned = async (followUpId: string) =>
    (await remindersOf(followUpId))
      .filter(({ state }) => state === 'planned')
      .map(({ step, due_on }) => `${step} ${due_on}`);
  const notesOf = (followUpId: string) =>
    app.database.asOwner<{ kind: string; text: string }>(
      'select kind, text from follow_up_notes where follow_up_id = $1 order by at, id',
      [followUpId],
    );

  it('putting off: it leaves my day, its reminder waits, and it comes back on the day', async () => {
    const id = await contractOf(await aCase());
    expect(await planned(id)).toEqual(['target 2027-02-15', 'last 2027-03-01']);
    const reply = await app
      .as(north.caseworker)
      .post('/follow-ups/snoozes', { followUpIds: [id], until: '2027-02-22', reason: 'No interpreter' });
    expect(reply).toMatchObject({ status: 201, body: { items: [{ id, snoozedUntil: '2027-02-22' }] } });
    expect(await has(north.caseworker, id)).toBe(false);
    expect(await has(north.caseworker, id, '&snoozed=true')).toBe(true);
    expect(await planned(id)).toEqual(['target 2027-02-22', 'last 2027-03-01']);
    await app.moveClock('2027-02-21T23:30:00Z');
    expect(await has(north.caseworker, id)).toBe(true);
    expect(await notesOf(id)).toEqual([{ kind: 'snooze', text: 'No interpreter' }]);
  });

  it('what was put off can be taken back at once', async () => {
    const id = await contractOf(await aCase());
    const karen = app.as(north.caseworker);
    await karen.post('/follow-ups/snoozes', { followUpIds: [id], until: '2027-03-01', reason: 'Later' });
    expect(await planned(id)).toEqual(['last 2027-03-01']);
    expect((await karen.delete(`/follow-ups/${id}/snooze`)).status).toBe(200);
    expect(await has(north.caseworker, id)).toBe(true);
    expect(await planned(id)).toEqual(['target 2027-02-15', 'last 2027-03-01']);
  });

  it('bringing back what was not put off tells nobody a second time', async () => {
    const id = await contractOf(await aCase());
    await app.moveClock('2027-02-16T09:00:00Z');
    await app.database.asOwner(
      `update reminders set state = 'sent', sent_at = clock_now() where follow_up_id = $1`,
      [id],
    );
    expect((await app.as(north.caseworker).delete(`/follow-ups/${id}/snooze`)).status).toBe(200);
    expect(await planned(id)).toEqual([]);
    const facts = await app.database.asOwner('select fact from timeline where subject_id = $1', [id]);
    expect(facts).toEqual([]);
  });

  it('given, taken back and given again within a day: the inbox says each time where it is now', async () => {
    const id = await contractOf(await aCase());
    const give = async (by: TestAccount, to: TestAccount) => {
      const reply = await app
        .as(by)
        .post('/follow-ups/reassignments', { followUpIds: [id], toId: to.id, reason: 'To and fro' });
      expect(reply.status).toBe(201);
    };
    const inAppOf = async (account: TestAccount, step: string) =>
      (await remindersOf(id)).filter((one) => one.step === step && one.recipient_id === account.id);
    const [karen, lone] = [north.caseworker, north.jobConsultant];
    await give(karen, lone);
    await give(lone, karen);
    await app.database.asOwner(
      `update reminders set state = 'sent', sent_at = clock_now(), read_at = clock_now() where follow_up_id = $1`,
      [id],
    );
    await give(karen, lone);
    expect(await inAppOf(lone, 'given')).toMatchObject([{ state: 'planned' }]);
    expect(await inAppOf(karen, 'taken')).toMatchObject([{ state: 'planned' }]);
    const mails = await app.database.asOwner(
      `select state from reminders where follow_up_id = $1 and channel = 'email' and step in ('given', 'taken') and state <> 'sent'`,
      [id],
    );
    expect(mails).toEqual([]);
  });

  it.each([
    ['today', '2027-02-01', 'reminders.snoozed_into_the_past'],
    ['the day after the last day to act', '2027-03-02', 'reminders.snoozed_too_long'],
  ])('cannot be put off to %s', async (_, until, code) => {
    const id = await contractOf(await aCase());
    const reply = await app
      .as(north.caseworker)
      .post('/follow-ups/snoozes', { followUpIds: [id], until, reason: 'Later' });
    expect(reply).toMatchObject({ status: 422, body: { code } });
  });

  it('giving away: the colleague has it, both are told, and the case keeps its caseworker', async () => {
    const refugeeId = await aCase();
    const id = await contractOf(refugeeId);
    const reply = await app.as(north.caseworker).post('/follow-ups/reassignments', {
      followUpIds: [id],
      toId: north.jobConsultant.id,
      reason: 'Knows her',
    });
    expect(reply.status).toBe(201);
    expect([await has(north.caseworker, id), await has(north.jobConsultant, id)]).toEqual([false, true]);
    const told = (await remindersOf(id)).filter(({ step }) => step === 'given' || step === 'taken');
    expect(told.map(({ step, recipient_id }) => [step, recipient_id])).toEqual([
      ['given', north.jobConsultant.id],
      ['taken', north.caseworker.id],
    ]);
    // Planning anew, for whatever reason, leaves it where it was given to; a colleague who leaves the case gives it back.
    const successor = await makeAccount(app.database, north.id, 'caseworker');
    await app.as(north.leader).put(`/refugees/${refugeeId}/team/caseworker`, { staffId: successor.id });
    expect(await has(north.jobConsultant, id)).toBe(true);
    await app.as(north.leader).delete(`/refugees/${refugeeId}/team/job_consultant`);
    expect([await has(north.jobConsultant, id), await has(successor, id)]).toEqual([false, true]);
  });

  it('cannot be given to who does not work on the case', async () => {
    const id = await contractOf(await aCase());
    const stranger = await makeAccount(app.database, north.id, 'caseworker');
    const give = { followUpIds: [id], toId: stranger.id, reason: 'Knows her' };
    expect(await app.as(north.caseworker).post('/follow-ups/reassignments', give)).toMatchObject({
      status: 422,
      body: { code: 'reminders.does_not_work_on_the_case' },
    });
  });

  it('dropping: it stays dropped while its days stand, and comes back when they move', async () => {
    const { id: refugeeId, version } = await register(app, north.jobConsultant, allocated);
    await app
      .as(north.leader)
      .put(`/refugees/${refugeeId}/team/caseworker`, { staffId: north.caseworker.id });
    const id = await contractOf(refugeeId);
    const karen = app.as(north.caseworker);
    expect(
      (await karen.post('/follow-ups/dismissals', { followUpIds: [id], reason: 'Moved away' })).status,
    ).toBe(201);
    expect(await has(north.caseworker, id)).toBe(false);
    expect(await planned(id)).toEqual([]);
    const consultant = app.as(north.jobConsultant);
    const changed = await consultant.patch(
      `/refugees/${refugeeId}`,
      { motherTongue: 'ara' },
      { 'if-match': `"${version}"` },
    );
    expect(
      (await myDay(north.caseworker)).filter(
        ({ key, refugee }) => key === 'contract' && refugee.id === refugeeId,
      ),
    ).toEqual([]);
    const allocation = { allocation: { decidedOn: '2027-01-05' } };
    await consultant.patch(`/refugees/${refugeeId}`, allocation, { 'if-match': `"${changed.body.version}"` });
    expect(await contractOf(refugeeId)).not.toBe(id);
  });

  it('a dismissal can be taken back', async () => {
    const refugeeId = await aCase();
    const id = await contractOf(refugeeId);
    const karen = app.as(north.caseworker);
    await karen.post('/follow-ups/dismissals', { followUpIds: [id], reason: 'By mistake' });
    expect((await karen.delete(`/follow-ups/${id}/dismissal`)).status).toBe(204);
    expect(await contractOf(refugeeId)).not.toBe(id);
    expect(await karen.delete(`/follow-ups/${id}/dismissal`)).toMatchObject({
      status: 409,
      body: { code: 'reminders.not_dismissed' },
    });
  });

  it('takes a set: all of it, or nothing when one is not seen', async () => {
    const south = await makeUnit(app.database);
    const mine = [await contractOf(await aCase()), await contractOf(await aCase())];
    const theirs = await contractOf(await aCase(south), south.caseworker);
    const karen = app.as(north.caseworker);
    const note = { followUpIds: [...mine, theirs], text: 'Called' };
    expect(await karen.post('/follow-ups/notes', note)).toMatchObject({
      status: 404,
      body: { code: 'reminders.no_such_follow_up' },
    });
    expect(await notesOf(mine[0])).toEqual([]);
    expect((await karen.post('/follow-ups/notes', { ...note, followUpIds: mine })).status).toBe(201);
    expect(await notesOf(mine[1])).toEqual([{ kind: 'note', text: 'Called' }]);
    expect((await karen.post('/follow-ups/notes', { ...note, followUpIds: [] })).status).toBe(400);
  });

  it('is the owner’s or the leader’s to put off; who works on the case may write on it', async () => {
    const refugeeId = await aCase();
    const id = await contractOf(refugeeId);
    const consultant = app.as(north.jobConsultant);
    const later = { followUpIds: [id], until: '2027-02-22', reason: 'Later' };
    expect((await consultant.post('/follow-ups/snoozes', later)).status).toBe(403);
    expect((await consultant.post('/follow-ups/notes', { followUpIds: [id], text: 'Seen' })).status).toBe(
      201,
    );
    expect((await app.as(north.leader).post('/follow-ups/snoozes', later)).status).toBe(201);
  });

  it('ten colleagues drop one at once: one does, the others hear that it is no longer open', async () => {
    const id = await contractOf(await aCase());
    const drop = { followUpIds: [id], reason: 'Moved away' };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => app.as(north.caseworker).post('/follow-ups/dismissals', drop)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 9 }, () => 409),
    ]);
    expect(await notesOf(id)).toHaveLength(1);
  });

  it('putting off and signing at once: whichever comes first, it ends done and unreminded', async () => {
    const refugeeId = await aCase();
    const id = await contractOf(refugeeId);
    const karen = app.as(north.caseworker);
    const drafts = await karen.get(`/refugees/${refugeeId}/contracts`);
    expect(drafts.status).toBe(200);
    const later = { followUpIds: [id], until: '2027-02-22', reason: 'Later' };
    await Promise.all([
      karen.post('/follow-ups/snoozes', later),
      karen.post(`/refugees/${refugeeId}/talks`, { heldOn: '2027-02-01', form: 'phone' }),
      karen.post('/follow-ups/notes', { followUpIds: [id], text: 'Both at once' }),
    ]);
    expect(await planned(id)).toEqual(['target 2027-02-22', 'last 2027-03-01']);
  });
});
