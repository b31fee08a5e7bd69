import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('my own account', () => {
  let app: TestApp;
  let unit: TestUnit;
  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
  });
  afterAll(() => app.close());

  const change = (by: TestAccount, body: object, version = 1) =>
    app.as(by).patch('/staff/me', body, { 'if-match': `"${version}"` });

  it('is mine to change: language, mails and deputy, and nothing else', async () => {
    const [me, colleague] = [unit.caseworker, await makeAccount(app.database, unit.id, 'caseworker')];
    const read = await app.as(me).get('/staff/me');
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.body).toMatchObject({ version: 1, language: 'da', reminderMails: 'each', deputyId: null });
    const mine = { language: 'en', reminderMails: 'daily_digest', deputyId: colleague.id };
    expect(await change(me, mine)).toMatchObject({ status: 200, body: { ...mine, version: 2 } });
    expect((await change(me, { language: 'da' })).status).toBe(412);
    expect((await app.as(me).patch('/staff/me', { language: 'da' })).status).toBe(428);
    for (const body of [
      { role: 'administrator' },
      { name: 'X' },
      { reminderMails: 'weekly' },
      { language: null },
    ])
      expect((await change(me, body, 2)).status).toBe(400);
    const refused = { status: 422, body: { code: 'staff.no_such_deputy' } };
    for (const deputyId of [me.id, unit.coordinator.id, unit.id])
      expect(await change(me, { deputyId }, 2)).toMatchObject(refused);
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [colleague.id]);
    expect(await change(unit.coordinator, { deputyId: colleague.id })).toMatchObject(refused);
    expect(await change(me, { deputyId: null }, 2)).toMatchObject({ status: 200, body: { deputyId: null } });
  });

  it('has no deputy of another role, whoever of the two gets one', async () => {
    const administrator = await makeAccount(app.database, unit.id, 'administrator');
    const [one, two] = [
      await makeAccount(app.database, unit.id, 'coordinator'),
      await makeAccount(app.database, unit.id, 'coordinator'),
    ];
    const asAdministrator = (id: string, body: object, version: number) =>
      app.as(administrator).patch(`/staff/accounts/${id}`, body, { 'if-match': `"${version}"` });
    expect((await change(one, { deputyId: two.id })).status).toBe(200);
    expect((await asAdministrator(two.id, { deputyId: one.id }, 1)).body.deputyId).toBe(one.id);
    const turned = await asAdministrator(two.id, { role: 'caseworker' }, 2);
    expect(turned.body).toMatchObject({ role: 'caseworker', deputyId: null });
    expect((await app.as(one).get('/staff/me')).body).toMatchObject({ deputyId: null, version: 3 });
    const lead = { role: 'team_leader', deputyId: two.id };
    expect(await asAdministrator(one.id, lead, 3)).toMatchObject({ status: 422 });
    expect((await asAdministrator(one.id, { ...lead, deputyId: unit.leader.id }, 3)).status).toBe(200);
  });
});
