import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { DeliveryService } from '../src/reminders/delivery.service.js';
import { ReminderQueue } from '../src/reminders/reminder-queue.js';
import type { Channel } from '../src/reminders/reminders.contract.js';
import { register } from './factories/refugees.js';
import { addReminder, makeReminder, type AReminder } from './factories/reminders.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { until } from './support/worker-process.js';

describe('a due reminder', () => {
  let app: TestApp;
  let other: TestApp;
  let north: TestUnit;
  let refugeeId: string;
  let delivery: DeliveryService;

  beforeAll(async () => {
    app = await startApp();
    delivery = app.app.get(DeliveryService);
    north = await makeUnit(app.database);
    await app.moveClock('2027-02-15T09:00:00Z');
    other = await startApp(app.database);
    refugeeId = (await register(app, north.jobConsultant)).id;
    await app
      .as(north.leader)
      .put(`/refugees/${refugeeId}/team/caseworker`, { staffId: north.caseworker.id });
  });
  afterAll(async () => {
    await other.stop();
    await app.close();
  });
  afterEach(() => app.database.asOwner(`update plans set stale = false`));

  const make = (is: Partial<AReminder> = {}) =>
    makeReminder(app.database, { refugeeId, recipientId: north.caseworker.id, ...is });
  const rowOf = async (id: string) =>
    (
      await app.database.asOwner<{ state: string; because: string | null; told: boolean }>(
        `select state, not_sent_because as because, sent_at is not null as told from reminders where id = $1`,
        [id],
      )
    )[0];
  const planIsStale = async () =>
    (await app.database.asOwner('select from plans where stale and subject_id = $1', [refugeeId])).length ===
    1;
  const mailOf = async (id: string): Promise<string[]> => {
    const folder = process.env.MAIL_URL!.slice('file:'.length);
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.includes(id));
    return Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  };
  const send = async (channel: Channel, id: string): Promise<void> => {
    await (channel === 'in_app' ? delivery.deliver([id]) : delivery.mail(id));
  };

  const stranger = (): Promise<TestAccount> => makeAccount(app.database, north.id, 'caseworker');
  const whoLeft = async (): Promise<TestAccount> => {
    const account = await stranger();
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [account.id]);
    return account;
  };
  const whoWantsADigest = async (): Promise<TestAccount> => {
    const account = await makeAccount(app.database, north.id, 'coordinator');
    await app.as(north.leader).put(`/refugees/${refugeeId}/team/coordinator`, { staffId: account.id });
    await app.database.asOwner(`update staff_accounts set reminder_mails = 'daily_digest' where id = $1`, [
      account.id,
    ]);
    return account;
  };
  const ended = { state: 'done', ended_at: '2027-02-14T12:00:00Z' };

  describe.each<Channel>(['in_app', 'email'])('%s', (channel) => {
    test.each<[string, Partial<AReminder> & { to?: () => Promise<TestAccount> }, string, string | null]>([
      ['goes out', {}, 'sent', null],
      ['waits for its time', { dueAt: '2027-02-15T09:30:00Z' }, 'planned', null],
      ['is not sent of what is done', { followUp: ended }, 'cancelled', 'ended'],
      ['is not sent while the law suspends it', { followUp: { suspended: true } }, 'cancelled', 'suspended'],
      ['is sent of what was given', { step: 'given', followUp: { suspended: true } }, 'sent', null],
      [
        'is not sent of what was put off',
        { followUp: { snoozed_until: '2027-02-16' } },
        'cancelled',
        'snoozed',
      ],
      [
        'is sent for the last time, if the house is closed on the day it was put off to',
        { step: 'last', followUp: { snoozed_until: '2027-02-16' } },
        'sent',
        null,
      ],
      ['is sent on the day it was put off to', { followUp: { snoozed_until: '2027-02-15' } }, 'sent', null],
      [
        'is sent of what was put off and then given',
        { step: 'given', followUp: { snoozed_until: '2027-02-16' } },
        'sent',
        null,
      ],
      ['goes to nobody who cannot see the case', { to: stranger }, 'cancelled', 'no_longer_theirs'],
      ['goes to nobody who left', { to: whoLeft }, 'cancelled', 'no_longer_theirs'],
    ])('%s', async (_, { to, ...is }, state, because) => {
      const recipient = to ? await to() : north.caseworker;
      const { id } = await make({ channel, recipientId: recipient.id, ...is });
      await send(channel, id);
      const first = await rowOf(id);
      expect(first).toEqual({ state, because, told: state === 'sent' });
      expect(await mailOf(id)).toHaveLength(channel === 'email' && state === 'sent' ? 1 : 0);
      expect(await planIsStale()).toBe(because === 'no_longer_theirs');
      await send(channel, id);
      expect(await rowOf(id)).toEqual(first);
    });

    it('is left out when a later step of the same is due as well', async () => {
      const { id, followUpId } = await make({ channel, dueAt: '2027-02-10T07:00:00Z' });
      const last = await addReminder(app.database, followUpId, north.caseworker.id, {
        channel,
        step: 'last',
      });
      for (const one of [id, last]) await send(channel, one);
      expect(await rowOf(id)).toMatchObject({ state: 'cancelled', because: 'later_step_due' });
      expect(await rowOf(last)).toMatchObject({ state: 'sent' });
    });

    it('comes once, by whichever of two workers', async () => {
      const made = await Promise.all(Array.from({ length: 50 }, () => make({ channel })));
      const ids = made.map(({ id }) => id);
      const both = [app, other].map(({ app: one }) => one.get(DeliveryService));
      if (channel === 'in_app') {
        const told = (await Promise.all(both.map((one) => one.deliver(ids)))).flat();
        expect(told.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(50);
      } else {
        const ends = (
          await Promise.all(both.map((one) => Promise.all(ids.map((id) => one.mail(id)))))
        ).flat();
        expect(ends.filter((end) => end === 'sent')).toHaveLength(50);
        expect(ends.filter((end) => end === undefined)).toHaveLength(50);
      }
      for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: 'sent' });
    });
  });

  it('tells whoever listens whose inbox has something new, once for all of it', async () => {
    const listener = new pg.Client({ connectionString: app.database.url });
    await listener.connect();
    const heard: string[] = [];
    listener.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`));
    await listener.query('listen inbox');
    const made = await Promise.all([make(), make(), make({ followUp: ended })]);
    expect(await delivery.deliver(made.map(({ id }) => id))).toMatchObject([
      { recipientId: north.caseworker.id, reminders: 2 },
    ]);
    await until(() => heard.length > 0);
    await listener.end();
    expect(heard).toEqual([`inbox ${north.caseworker.id}`]);
  });

  it('goes by mail to nobody who wants one mail a day, and into the inbox as ever', async () => {
    const { id: recipientId } = await whoWantsADigest();
    const [mail, inbox] = [
      await make({ channel: 'email', recipientId }),
      await make({ channel: 'in_app', recipientId }),
    ];
    await send('email', mail.id);
    await send('in_app', inbox.id);
    expect(await rowOf(mail.id)).toMatchObject({ state: 'cancelled', because: 'digest' });
    expect(await rowOf(inbox.id)).toMatchObject({ state: 'sent' });
  });

  test.each([
    [1, 'sent', 1],
    [3, 'sent', 1],
    [4, 'failed', 0],
  ])(
    'whose sender died %i times is sent again to a folder, but not for ever',
    async (deaths, state, mails) => {
      const { id } = await make({
        channel: 'email',
        reminder: {
          state: 'sending',
          attempts: deaths,
          lost: deaths - 1,
          claimed_at: new Date(Date.now() - 121_000),
        },
      });
      await delivery.mail(id);
      expect(await rowOf(id)).toMatchObject({ state, because: state === 'sent' ? null : 'claim_lost' });
      expect(await mailOf(id)).toHaveLength(mails);
    },
  );

  it('in somebody’s hands is left there', async () => {
    const { id } = await make({ channel: 'email', reminder: { state: 'sending', claimed_at: new Date() } });
    expect(await delivery.mail(id)).toBeUndefined();
    expect(await rowOf(id)).toMatchObject({ state: 'sending' });
  });

  it('is woken for oldest first, inboxes before mails, however many there are', async () => {
    const [{ followUpId }] = [await make({ dueAt: '2028-01-01T07:00:00Z' })];
    await app.database.asOwner(
      `insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at)
       select $1, 'last', $2, channel, date '2027-01-01' - n, timestamptz '2027-01-01 07:00:00.123456Z' - n / 600 * interval '1 day'
       from generate_series(1, 700) n, unnest(array['email', 'in_app']) channel`,
      [followUpId, north.caseworker.id],
    );
    const woken: { id: string; channel: Channel }[] = [];
    const wake = jest
      .spyOn(app.app.get(ReminderQueue), 'wake')
      .mockImplementation(async (some) => void woken.push(...some));
    expect(await delivery.sweep()).toBe(woken.length);
    wake.mockRestore();
    const rows = await app.database.asOwner<{ id: string; channel: Channel }>(
      `select id, channel from reminders where state = 'planned' and due_at <= clock_now()
       order by channel = 'email', due_at, id`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(1400);
    expect(woken).toEqual(rows);
  });
});
