import { readdir, readFile } from 'node:fs/promises';
import { Mailer } from '../src/platform/mail/mailer.js';
import { DeliveryService } from '../src/reminders/delivery.service.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { aContract } from './factories/papers.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

interface ReminderRow {
  id: string;
  step: string;
  due_on: string;
  due_at: Date;
  state: string;
  recipient_id: string;
}

describe('the duty to make a contract', () => {
  let app: TestApp;
  let north: TestUnit;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    await app.moveClock('2026-12-01T09:00:00Z');
  });
  afterAll(() => app.close());

  /** Taken over on Monday 1 February 2027. */
  const allocated = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };
  const contracts = (items: { key: string }[]) => items.filter(({ key }) => key === 'contract');
  // oxlint-disable-next-line typescript/no-explicit-any -- of whatever shape
  const myDay = async (account: TestAccount): Promise<any[]> =>
    contracts((await app.as(account).get('/my-day?limit=100')).body.items);
  /** The reminders of a case that are for `recipient`, the caseworker unless said otherwise. */
  const remindersOf = (refugeeId: string, recipient = north.caseworker) =>
    app.database.asOwner<ReminderRow>(
      `select r.* from reminders r join follow_ups f on f.id = r.follow_up_id where f.refugee_id = $1 and r.recipient_id = $2 and f.key = 'contract' and r.channel = 'email' order by r.due_at, r.id`,
      [refugeeId, recipient.id],
    );
  const mails = async () => {
    const folder = process.env.MAIL_URL!.slice('file:'.length);
    return Promise.all(
      (await readdir(folder).catch(() => [])).map((name) => readFile(`${folder}/${name}`, 'utf8')),
    );
  };

  async function caseOfTheCaseworker() {
    const refugee = await register(app, north.jobConsultant, allocated);
    const reply = await app
      .as(north.jobConsultant)
      .put(`/refugees/${refugee.id}/team/caseworker`, { staffId: north.caseworker.id });
    expect(reply.status).toBe(204);
    return refugee;
  }

  it('is the leader’s while nobody is caseworker, then the caseworker’s', async () => {
    const refugee = await register(app, north.jobConsultant, allocated);
    expect(await myDay(north.leader)).toContainEqual(
      expect.objectContaining({ key: 'contract', refugee: { id: refugee.id, name: 'Selam Tesfay' } }),
    );
    await app
      .as(north.leader)
      .put(`/refugees/${refugee.id}/team/caseworker`, { staffId: north.caseworker.id });
    const [followUp] = (await myDay(north.caseworker)).filter(
      (one: { subject: { id: string } }) => one.subject.id === refugee.id,
    );
    expect(followUp).toMatchObject({
      state: 'open',
      earliestOn: '2027-02-01',
      targetOn: '2027-02-15',
      latestOn: '2027-03-01',
      actBy: '2027-03-01',
      act: { method: 'POST', href: `/api/v1/refugees/${refugee.id}/contracts` },
    });
    expect(followUp.rules.map((rule: { key: string }) => rule.key)).toEqual([
      'contract.deadline',
      'practice.contract_target',
    ]);
    expect((await remindersOf(refugee.id)).map((row) => row.state)).toEqual(['planned', 'planned']);
    expect((await remindersOf(refugee.id, north.leader)).map((row) => row.state)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('is reminded of at 08:00 Copenhagen on the target and on the last day to act', async () => {
    const { id } = await caseOfTheCaseworker();
    expect((await remindersOf(id)).map(({ step, due_at }) => [step, due_at.toISOString()])).toEqual([
      ['target', '2027-02-15T07:00:00.000Z'],
      ['last', '2027-03-01T07:00:00.000Z'],
    ]);
  });

  it('moves with the allocation, and says which fact moved it', async () => {
    const { id, version } = await caseOfTheCaseworker();
    const reply = await app
      .as(north.jobConsultant)
      .patch(`/refugees/${id}`, { allocation: { decidedOn: '2027-01-05' } }, { 'if-match': `"${version}"` });
    expect(reply).toMatchObject({ status: 200, body: { takeoverOn: '2027-03-01' } });
    const history = (await app.as(north.caseworker).get(`/refugees/${id}/follow-ups`)).body.items;
    expect(contracts(history)).toMatchObject([
      {
        state: 'open',
        earliestOn: '2027-03-01',
        latestOn: '2027-04-01',
        moves: [
          {
            because: { fact: 'takeover.moved', subject: { type: 'case', id } },
            fromLatestOn: '2027-03-01',
            toLatestOn: '2027-04-01',
          },
        ],
      },
    ]);
    expect((await remindersOf(id)).map((row) => row.state)).toEqual([
      'cancelled',
      'cancelled',
      'planned',
      'planned',
    ]);
  });

  it('ends when the contract is signed, and its reminders with it', async () => {
    const { id } = await caseOfTheCaseworker();
    const drafted = await app.as(north.caseworker).post(`/refugees/${id}/contracts`, aContract());
    expect(drafted.status).toBe(201);
    expect(
      (await myDay(north.caseworker)).find((one: { subject: { id: string } }) => one.subject.id === id).act
        .href,
    ).toBe(`/api/v1/contracts/${drafted.body.id}/signatures`);
    expect(
      await app.as(north.caseworker).post(`/contracts/${drafted.body.id}/signatures`, { by: 'both' }),
    ).toMatchObject({ status: 201, body: { signedOn: '2026-12-01' } });
    expect(
      (await myDay(north.caseworker)).map((one: { subject: { id: string } }) => one.subject.id),
    ).not.toContain(id);
    expect((await remindersOf(id)).map((row) => row.state)).toEqual(['cancelled', 'cancelled']);
  });

  it('sends a due reminder once, however often the job runs', async () => {
    const { id } = await caseOfTheCaseworker();
    const [first] = await remindersOf(id);
    const delivery = app.app.get(DeliveryService);
    await delivery.mail(first.id);
    expect(await mails()).toEqual([]);
    await app.moveClock('2027-02-15T07:00:01Z');
    await Promise.all(Array.from({ length: 20 }, () => delivery.mail(first.id)));
    await delivery.mail(first.id);
    const sent = await mails();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(`Message-ID: <reminder-${first.id}@ankomst>`);
    expect(sent[0]).not.toMatch(/Selam|Tesfay/);
    expect((await remindersOf(id))[0].state).toBe('sent');
    await app.moveClock('2026-12-01T09:00:00Z');
  });

  it('sends nothing to somebody who no longer sees the case', async () => {
    const { id } = await caseOfTheCaseworker();
    const [first] = await remindersOf(id);
    await app.database.asOwner(
      `update case_team set until_on = from_on where refugee_id = $1 and role = 'caseworker'`,
      [id],
    );
    await app.moveClock('2027-02-15T07:00:01Z');
    const before = (await mails()).length;
    await app.app.get(DeliveryService).mail(first.id);
    expect((await mails()).length).toBe(before);
    expect((await remindersOf(id))[0].state).toBe('cancelled');
    await app.moveClock('2026-12-01T09:00:00Z');
  });

  it('passes to the caseworker of a later day on that day, with its reminders', async () => {
    const { id } = await caseOfTheCaseworker();
    const successor = await makeAccount(app.database, north.id, 'caseworker');
    await app
      .as(north.leader)
      .put(`/refugees/${id}/team/caseworker`, { staffId: successor.id, fromOn: '2027-02-10' });
    expect((await myDay(successor)).length).toBe(0);
    await app.moveClock('2027-02-10T08:00:00Z');
    await app.app.get(StalePlansService).sweep();
    expect((await myDay(successor)).map((one: { subject: { id: string } }) => one.subject.id)).toEqual([id]);
    expect((await remindersOf(id)).map((row) => row.state)).toEqual(['cancelled', 'cancelled']);
    expect((await remindersOf(id, successor)).map((row) => row.state)).toEqual(['planned', 'planned']);
    await app.moveClock('2026-12-01T09:00:00Z');
  });

  it('stands when nobody owns it, and goes to whoever comes', async () => {
    const leaderless = await makeUnit(app.database);
    await app.database.asOwner('update units set leader_id = null where id = $1', [leaderless.id]);
    const { id } = await register(app, leaderless.jobConsultant, allocated);
    expect(
      contracts((await app.as(leaderless.jobConsultant).get(`/refugees/${id}/follow-ups`)).body.items),
    ).toMatchObject([{ state: 'open', ownerId: null }]);
    await app
      .as(leaderless.jobConsultant)
      .put(`/refugees/${id}/team/caseworker`, { staffId: leaderless.caseworker.id });
    expect(await remindersOf(id, leaderless.caseworker)).toHaveLength(2);
  });

  it('is tried again, later each time, when the mail cannot be sent', async () => {
    const { id } = await caseOfTheCaseworker();
    const [first] = await remindersOf(id);
    await app.moveClock('2027-02-15T07:00:01Z');
    const send = jest
      .spyOn(app.app.get(Mailer), 'send')
      .mockRejectedValueOnce(new Error('connection refused'));
    const delivery = app.app.get(DeliveryService);
    await delivery.mail(first.id);
    expect((await remindersOf(id))[0].state).toBe('planned');
    await delivery.mail(first.id);
    expect(send).toHaveBeenCalledTimes(1);
    await app.database.asOwner(`update reminders set retry_at = now() where id = $1`, [first.id]);
    await delivery.mail(first.id);
    expect((await remindersOf(id))[0].state).toBe('sent');
    send.mockRestore();
    await app.moveClock('2026-12-01T09:00:00Z');
  });

  it('is planned anew by the sweep when a rule is added', async () => {
    const { id } = await caseOfTheCaseworker();
    const administrator = await makeAccount(app.database, north.id, 'administrator');
    const rule = {
      key: 'contract.deadline',
      value: 2,
      validFrom: '2027-01-01',
      legalBasis: 'Test Act § 1',
      source: 'test',
      confidence: 'L',
    };
    expect((await app.as(administrator).post('/legislation/rules', rule)).status).toBe(201);
    while ((await app.app.get(StalePlansService).sweep()) > 0);
    const [open] = contracts((await app.as(north.caseworker).get(`/refugees/${id}/follow-ups`)).body.items);
    expect(open).toMatchObject({ state: 'open', latestOn: '2027-04-01' });
  });
});
