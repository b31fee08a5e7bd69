import { readdir, readFile } from 'node:fs/promises';
import { DigestsService } from '../src/reminders/digests.service.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

const SEVEN = '2027-02-15T06:59:00Z';
const EIGHT = '2027-02-15T07:00:01Z';

describe('one mail a day', () => {
  let app: TestApp;
  let unit: TestUnit;
  let digests: DigestsService;

  beforeAll(async () => {
    app = await startApp();
    digests = app.app.get(DigestsService);
  });
  beforeEach(async () => {
    await app.database.asOwner('truncate digests');
    await app.database.asOwner(`update staff_accounts set reminder_mails = 'each'`);
    await app.moveClock('2027-02-10T09:00:00Z');
    unit = await makeUnit(app.database);
  });
  afterAll(() => app.close());

  const wants = (account: TestAccount, how = 'daily_digest') =>
    app.database.asOwner('update staff_accounts set reminder_mails = $2 where id = $1', [account.id, how]);
  /** A case taken over on the first of the month, whose contract is the caseworker's to make. */
  const hasSomethingToDo = async (): Promise<string> => {
    const { id } = await register(app, unit.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-12-01' },
    });
    await app.as(unit.leader).put(`/refugees/${id}/team/caseworker`, { staffId: unit.caseworker.id });
    return id;
  };
  const rows = () =>
    app.database.asOwner<{ id: string; account_id: string; state: string; because: string | null }>(
      'select id, account_id, state, not_sent_because as because from digests order by on_day',
    );
  const mailsOf = async (id: string): Promise<string[]> => {
    const folder = process.env.MAIL_URL!.slice('file:'.length);
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.includes(id));
    return Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  };
  const sweepAt = async (instant: string) => {
    await app.moveClock(instant);
    await digests.sweep();
    return rows();
  };

  it('names what there is to do by case number, never by name, and comes once', async () => {
    await wants(unit.caseworker);
    await hasSomethingToDo();
    const late = await hasSomethingToDo();
    await app.database.asOwner(`update follow_ups set act_by = '2027-02-12' where refugee_id = $1`, [late]);
    const [{ id }, ...others] = await sweepAt(EIGHT);
    expect(others).toEqual([]);
    await Promise.all(Array.from({ length: 10 }, () => digests.mail(id)));
    await digests.sweep();
    await digests.mail(id);
    const [mail, ...more] = await mailsOf(id);
    expect(more).toEqual([]);
    expect(mail).toContain(`Message-ID: <digest-${id}@ankomst>`);
    expect(mail).toContain('Din_dag=3A_4_opf');
    expect(mail).not.toMatch(/Selam|Tesfay/);
    const numbers = await app.database.asOwner<{ case_number: string }>(
      `select r.case_number from refugees r join follow_ups f on f.refugee_id = r.id
       where f.owner_id = $1 and f.key = 'contract' order by f.act_by`,
      [unit.caseworker.id],
    );
    const text = mail.replaceAll(/=\r?\n/g, '');
    const lines = numbers.map(({ case_number }) => text.indexOf(`sag ${case_number}`));
    expect(lines[0]).toBeGreaterThan(0);
    expect(lines[1]).toBeGreaterThan(lines[0]);
    // of each case the contract and the first talk
    expect(text.match(/overskredet/g)).toHaveLength(2);
    expect(await rows()).toMatchObject([{ state: 'sent' }]);
  });

  test.each<[string, () => Promise<unknown>, string, number]>([
    ['comes at eight', async () => 0, EIGHT, 1],
    ['does not come before', async () => 0, SEVEN, 0],
    ['does not come on a Sunday', async () => 0, '2027-02-14T09:00:00Z', 0],
    ['does not come on a closing day', async () => 0, '2027-12-24T09:00:00Z', 0],
    ['comes to nobody who wants each reminder', () => wants(unit.caseworker, 'each'), EIGHT, 0],
    [
      'does not come of what is put off',
      () =>
        app.database.asOwner(`update follow_ups set snoozed_until = '2027-02-16' where owner_id = $1`, [
          unit.caseworker.id,
        ]),
      EIGHT,
      0,
    ],
    [
      'does not come of what the law suspends',
      () =>
        app.database.asOwner('update follow_ups set suspended = true where owner_id = $1', [
          unit.caseworker.id,
        ]),
      EIGHT,
      0,
    ],
    [
      'does not come to who left',
      () =>
        app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [
          unit.caseworker.id,
        ]),
      EIGHT,
      0,
    ],
  ])('%s', async (_, given, at, howMany) => {
    await wants(unit.caseworker);
    await hasSomethingToDo();
    await given();
    expect(await sweepAt(at)).toHaveLength(howMany);
    expect(await sweepAt(at)).toHaveLength(howMany);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['everything was done meanwhile', () => hasNothing(), 'nothing_to_do'],
    ['each reminder is wanted again', () => wants(unit.caseworker, 'each'), 'not_wanted'],
  ])('is not sent when %s', async (_, given, because) => {
    await wants(unit.caseworker);
    await hasSomethingToDo();
    const [{ id }] = await sweepAt(EIGHT);
    await given();
    expect(await digests.mail(id)).toBe('cancelled');
    expect(await rows()).toMatchObject([{ state: 'cancelled', because }]);
    expect(await mailsOf(id)).toEqual([]);
  });
  const hasNothing = () =>
    app.database.asOwner(`update follow_ups set state = 'done', ended_at = now() where owner_id = $1`, [
      unit.caseworker.id,
    ]);

  it('of a day that is over is not sent, and the new day’s is', async () => {
    await wants(unit.caseworker);
    await hasSomethingToDo();
    const [{ id }] = await sweepAt(EIGHT);
    const [yesterday, today, ...others] = await sweepAt('2027-02-16T07:00:01Z');
    expect([yesterday, others]).toMatchObject([{ id, state: 'cancelled', because: 'day_over' }, []]);
    expect(await digests.mail(id)).toBeUndefined();
    expect(await digests.mail(today.id)).toBe('sent');
  });

  it('goes to each account its own', async () => {
    const other = await makeAccount(app.database, unit.id, 'caseworker');
    await Promise.all([wants(unit.caseworker), wants(other), wants(unit.leader)]);
    await hasSomethingToDo();
    expect((await sweepAt(EIGHT)).map(({ account_id }) => account_id)).toEqual([unit.caseworker.id]);
  });
});
