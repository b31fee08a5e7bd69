import { DeliveryService } from '../src/reminders/delivery.service.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { UndeliveredDutySource } from '../src/reminders/undelivered.duty-source.js';
import { aContract } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { startMailServer, type MailServer, type Mood } from './support/mail-server.js';

interface Mailed {
  refugeeId: string;
  reminderId: string;
}

describe('a reminder whose mail does not arrive', () => {
  let app: TestApp;
  let server: MailServer;
  let north: TestUnit;
  let south: TestUnit;
  const { MAIL_URL } = process.env;

  beforeAll(async () => {
    server = await startMailServer();
    process.env.MAIL_URL = server.url;
    app = await startApp();
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
    await app.moveClock('2027-02-15T09:00:00Z');
  });
  afterAll(async () => {
    await app.close();
    server.close();
    process.env.MAIL_URL = MAIL_URL;
  });

  const of = (unit: TestUnit) => ({
    /** A case whose caseworker is due to be reminded, and the mail of it given to the mail server. */
    mailed: async (mood: Mood, again = 1): Promise<Mailed> => {
      const refugee = await register(app, unit.jobConsultant, {
        permit: { basis: 'aliens_act_7_1' },
        allocation: { decidedOn: '2026-12-01' },
      });
      const team = `/refugees/${refugee.id}/team/caseworker`;
      await app.as(unit.leader).put(team, { staffId: unit.caseworker.id });
      const [{ id }] = await app.database.asOwner<{ id: string }>(
        `select r.id from reminders r join follow_ups f on f.id = r.follow_up_id
         where f.refugee_id = $1 and f.key = 'contract' and r.recipient_id = $2 and r.channel = 'email' and r.due_at <= clock_now()`,
        [refugee.id, unit.caseworker.id],
      );
      server.mood = mood;
      for (let time = 0; time < again; time++) await send(id);
      return { refugeeId: refugee.id, reminderId: id };
    },
  });
  const send = async (id: string) => {
    await app.database.asOwner('update reminders set retry_at = null where id = $1', [id]);
    return app.app.get(DeliveryService).mail(id);
  };
  const rowOf = async (id: string) =>
    (
      await app.database.asOwner(
        'select state, not_sent_because as because, attempts from reminders where id = $1',
        [id],
      )
    )[0];
  const tasksOf = async (leader: TestAccount, refugeeId: string) =>
    (await app.as(leader).get('/my-day?limit=100')).body.items.filter(
      (one: { key: string; refugee: { id: string } }) =>
        one.key === 'undelivered' && one.refugee.id === refugeeId,
    );
  const undelivered = async (account: TestAccount, refugeeId: string) =>
    (await app.as(account).get(`/reminders/undelivered?refugeeId=${refugeeId}`)).body.items;
  const decide = (account: TestAccount, reminderIds: string[], outcome: string) =>
    app.as(account).post('/reminders/decisions', { reminderIds, outcome });
  const mailsAbout = (id: string) => server.mails.filter((mail) => mail.includes(id)).length;

  test.each<[Mood, string, string]>([
    ['refuses mailboxes', 'failed', 'refused'],
    ['leaves when it has the mail', 'unsure', 'no_answer'],
  ])('because the server %s becomes a task for the leader at once', async (mood, state, because) => {
    const { refugeeId, reminderId } = await of(north).mailed(mood);
    expect(await rowOf(reminderId)).toMatchObject({ state, because, attempts: 1 });
    expect(await tasksOf(north.leader, refugeeId)).toMatchObject([
      { state: 'open', act: { method: 'POST', href: '/api/v1/reminders/decisions' } },
    ]);
    for (const account of [north.leader, north.caseworker])
      expect(await undelivered(account, refugeeId)).toMatchObject([
        { id: reminderId, state, because, recipientId: north.caseworker.id, refugee: { id: refugeeId } },
      ]);
    for (const account of [north.jobConsultant, south.leader])
      expect(await undelivered(account, refugeeId)).toEqual([]);
    server.mood = 'takes';
    expect(await send(reminderId)).toBeUndefined();
    expect(mailsAbout(reminderId)).toBe(state === 'unsure' ? 1 : 0);
  });

  it('because the server is full is tried again, and given up after a day', async () => {
    const { refugeeId, reminderId } = await of(north).mailed('is full', 29);
    expect(await rowOf(reminderId)).toMatchObject({ state: 'planned', because: null });
    expect(await send(reminderId)).toBe('failed');
    expect(await rowOf(reminderId)).toMatchObject({ state: 'failed', because: 'given_up', attempts: 30 });
    expect(await tasksOf(north.leader, refugeeId)).toHaveLength(1);
  });

  it('because its sender died with it is not sent a second time', async () => {
    const { refugeeId, reminderId } = await of(north).mailed('takes', 0);
    await app.database.asOwner(
      `update reminders set state = 'sending', attempts = 1, claimed_at = now() - interval '121 seconds' where id = $1`,
      [reminderId],
    );
    expect(await send(reminderId)).toBe('unsure');
    expect(mailsAbout(reminderId)).toBe(0);
    expect(await tasksOf(north.leader, refugeeId)).toHaveLength(1);
  });

  test.each([
    ['sent', 'sent', 0],
    ['dropped', 'cancelled', 0],
    ['send_again', 'sent', 1],
  ])('is decided on: %s', async (outcome, state, mails) => {
    const { refugeeId, reminderId } = await of(north).mailed('refuses mailboxes');
    server.mood = 'takes';
    expect((await decide(north.leader, [reminderId], outcome)).status).toBe(204);
    expect(await tasksOf(north.leader, refugeeId)).toEqual([]);
    await send(reminderId);
    expect(await rowOf(reminderId)).toMatchObject({ state });
    expect(mailsAbout(reminderId)).toBe(mails);
    expect(await undelivered(north.leader, refugeeId)).toEqual([]);
    expect(await decide(north.leader, [reminderId], outcome)).toMatchObject({
      status: 409,
      body: { code: 'delivery.nothing_to_decide' },
    });
    const history = (await app.as(north.leader).get(`/refugees/${refugeeId}/follow-ups`)).body.items;
    expect(history.find((one: { key: string }) => one.key === 'undelivered')).toMatchObject({
      state: 'done',
      endedBecause: 'reminder.decided',
    });
  });

  it('is decided on, not dismissed: the next that does not arrive would be nobody’s', async () => {
    await of(north).mailed('refuses mailboxes');
    const { body } = await app.as(north.leader).get('/my-day?limit=100');
    const task = body.items.find(({ key }: { key: string }) => key === 'undelivered');
    const dismissal = { followUpIds: [task.id], reason: 'Not now' };
    expect(await app.as(north.leader).post('/follow-ups/dismissals', dismissal)).toMatchObject({
      status: 422,
      body: { code: 'reminders.to_be_decided' },
    });
  });

  it('is decided on by its recipient too, all of a set or none', async () => {
    const mine = [await of(north).mailed('refuses mailboxes'), await of(north).mailed('refuses mailboxes')];
    const [one, two] = mine.map(({ reminderId }) => reminderId);
    const { reminderId: theirs } = await of(south).mailed('refuses mailboxes');
    const nobodys = '0190f9a0-0000-7000-8000-000000000000';
    for (const set of [
      [one, theirs],
      [one, nobodys],
    ])
      expect(await decide(north.caseworker, set, 'dropped')).toMatchObject({
        status: 404,
        body: { code: 'delivery.no_such_reminder' },
      });
    expect((await decide(north.jobConsultant, [one], 'dropped')).status).toBe(403);
    expect((await decide(north.caseworker, [one], 'forgotten')).status).toBe(400);
    expect((await decide(north.caseworker, [], 'dropped')).status).toBe(400);
    expect(await rowOf(one)).toMatchObject({ state: 'failed' });
    expect((await decide(north.caseworker, [one, two], 'dropped')).status).toBe(204);
    for (const { refugeeId } of mine) expect(await tasksOf(north.leader, refugeeId)).toEqual([]);
  });

  it('is nobody’s task any more when what it reminds of has ended', async () => {
    const { refugeeId } = await of(north).mailed('refuses mailboxes');
    const drafted = await app.as(north.caseworker).post(`/refugees/${refugeeId}/contracts`, aContract());
    const signed = await app
      .as(north.caseworker)
      .post(`/contracts/${drafted.body.id}/signatures`, { by: 'both' });
    expect(signed.status).toBe(201);
    expect(await app.app.get(UndeliveredDutySource).sweep()).toBe(1);
    await app.app.get(StalePlansService).sweep();
    expect(await tasksOf(north.leader, refugeeId)).toEqual([]);
    expect(await app.app.get(UndeliveredDutySource).sweep()).toBe(0);
  });

  it('makes no second task when the mail of the task does not arrive either', async () => {
    const { refugeeId } = await of(north).mailed('refuses mailboxes');
    const ofTheTask = () =>
      app.database.asOwner<{ id: string; state: string }>(
        `select r.id, r.state from reminders r join follow_ups f on f.id = r.follow_up_id
         where f.refugee_id = $1 and f.key = 'undelivered' and r.channel = 'email' and r.due_at <= clock_now()`,
        [refugeeId],
      );
    for (const { id } of await ofTheTask()) await send(id);
    expect((await ofTheTask()).map(({ state }) => state)).toEqual(['failed']);
    expect(await tasksOf(north.leader, refugeeId)).toHaveLength(1);
    expect(await undelivered(north.leader, refugeeId)).toHaveLength(1);
  });
});
