import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import { register } from './factories/refugees.js';
import { startApp, type TestApp } from './support/app.js';
import { mailedToken, makeAccountThatEnters, PASSWORD } from './support/passwords.js';

describe('accounts', () => {
  let app: TestApp;
  let unit: TestUnit;
  let administrator: TestAccount;

  beforeAll(async () => {
    app = await startApp();
    unit = await makeUnit(app.database);
    administrator = await makeAccount(app.database, unit.id, 'administrator');
  });
  afterAll(() => app.close());

  const signIn = ({ email }: TestAccount) =>
    app.anonymous.post('/auth/sign-in', { email, password: PASSWORD });
  const refresh = async (refreshToken: string) => app.anonymous.post('/auth/refresh', { refreshToken });
  const change = (id: string, body: object, version = 1, by = administrator) =>
    app.as(by).patch(`/staff/accounts/${id}`, body, { 'if-match': `"${version}"` });
  const versionOf = async ({ id }: TestAccount) =>
    (await app.as(administrator).get(`/staff/accounts/${id}`)).body.version as number;
  const factsOf = ({ id }: TestAccount) =>
    app.database.asOwner<{ fact: string; details: object; actor_id: string }>(
      'select fact, details, actor_id from timeline where subject_id = $1 order by id',
      [id],
    );

  it('are read and changed by an administrator, who says which version was read', async () => {
    const account = await makeAccountThatEnters(app, unit.id);
    const read = await app.as(administrator).get(`/staff/accounts/${account.id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.body).toEqual({
      id: account.id,
      name: account.name,
      email: account.email,
      role: 'caseworker',
      unitId: unit.id,
      unit: expect.any(String),
      language: 'da',
      reminderMails: 'each',
      deputyId: null,
      version: 1,
      disabled: false,
    });
    const other = await makeUnit(app.database);
    const changed = await change(account.id, { name: 'Karen Holm', language: 'en', unitId: other.id });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Karen Holm', language: 'en', unitId: other.id, version: 2 },
    });
    expect((await change(account.id, { name: 'Karen' })).status).toBe(412);
    const without = await app.as(administrator).patch(`/staff/accounts/${account.id}`, { name: 'Karen' });
    expect(without.status).toBe(428);
    expect(await change(account.id, { unitId: account.id }, 2)).toMatchObject({
      status: 422,
      body: { code: 'staff.unknown_unit' },
    });
    expect((await change(unit.id, {})).status).toBe(404);
    for (const body of [{ role: 'king' }, { disabled: 'yes' }, { email: 'x@example.dk' }, { version: 7 }])
      expect((await change(account.id, body, 2)).status).toBe(400);
    expect(await factsOf(account)).toMatchObject([
      { fact: 'account.unit_changed', details: { unitId: other.id }, actor_id: administrator.id },
      { fact: 'account.changed', details: { fields: ['name', 'language'] } },
    ]);
  });

  it('that are closed are signed out at once, lose their links, and can be opened again', async () => {
    const account = await makeAccountThatEnters(app, unit.id);
    const { body } = await signIn(account);
    await app.anonymous.post('/auth/password-resets', { email: account.email });
    const token = await mailedToken(app, account.email);
    expect((await change(account.id, { disabled: true })).body).toMatchObject({ disabled: true, version: 2 });
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect((await signIn(account)).status).toBe(401);
    expect(
      (await app.anonymous.post('/auth/passwords', { token, password: 'En hel anden kanariefugl' })).status,
    ).toBe(401);
    const ids = async (query: string) =>
      (await app.as(account).get(`/staff/accounts?unitId=${unit.id}&limit=100${query}`)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids('')).not.toContain(account.id);
    expect(await ids('&disabled=true')).toEqual([account.id]);
    expect((await change(account.id, { disabled: false }, 2)).status).toBe(200);
    expect((await signIn(account)).status).toBe(200);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect((await factsOf(account)).map(({ fact }) => fact)).toEqual(['account.disabled', 'account.enabled']);
  });

  it('that get another role are signed out, and enter with it', async () => {
    const account = await makeAccountThatEnters(app, unit.id);
    const { body } = await signIn(account);
    expect((await change(account.id, { role: 'analyst' })).status).toBe(200);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    const fresh = (await signIn(account)).body;
    const authorization = `Bearer ${fresh.accessToken}`;
    expect((await app.anonymous.get('/staff/me', { authorization })).body.role).toBe('analyst');
    expect((await app.anonymous.get('/my-day', { authorization })).status).toBe(403);
    expect(await factsOf(account)).toMatchObject([
      { fact: 'account.role_changed', details: { role: 'analyst' } },
    ]);
  });

  it('that only get another language leave all plans alone', async () => {
    const refugee = await register(app, unit.jobConsultant, {});
    const marked = () =>
      app.database.asOwner('select from plans where subject_id = $1 and stale', [refugee.id]);
    await change(unit.jobConsultant.id, { language: 'en' });
    expect(await marked()).toHaveLength(0);
    await change(unit.jobConsultant.id, { disabled: true }, 2);
    expect(await marked()).toHaveLength(1);
    await change(unit.jobConsultant.id, { disabled: false }, 3);
  });

  it('that are closed pass their follow-ups on, and take them back when they are opened', async () => {
    const refugee = await register(app, unit.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-09-15' },
    });
    const holder = await makeAccount(app.database, unit.id, 'caseworker');
    const team = `/refugees/${refugee.id}/team/caseworker`;
    await app.as(unit.leader).put(team, { staffId: holder.id });
    const has = async (account: TestAccount) => {
      await app.app.get(StalePlansService).sweep();
      return JSON.stringify((await app.as(account).get('/my-day?limit=100')).body).includes(refugee.id);
    };
    expect([await has(holder), await has(unit.leader)]).toEqual([true, false]);
    await change(holder.id, { disabled: true });
    expect([await has(holder), await has(unit.leader)]).toEqual([false, true]);
    await change(holder.id, { disabled: false }, 2);
    expect([await has(holder), await has(unit.leader)]).toEqual([true, false]);
    await change(holder.id, { role: 'coordinator' }, 3);
    expect([await has(holder), await has(unit.leader)]).toEqual([false, true]);
    await change(unit.leader.id, { disabled: true });
    await change(holder.id, { role: 'caseworker' }, 4);
    await change(holder.id, { disabled: true }, 5);
    expect([await has(holder), await has(unit.leader)]).toEqual([false, false]);
    await change(unit.leader.id, { disabled: false }, 2);
    expect(await has(unit.leader)).toBe(true);
  });

  it('always leave one administrator, though two give it up at once', async () => {
    const last = { status: 409, body: { code: 'staff.last_administrator' } };
    expect(await change(administrator.id, { role: 'analyst' })).toMatchObject(last);
    expect(await change(administrator.id, { disabled: true })).toMatchObject(last);
    for (let repeat = 0; repeat < 5; repeat++) {
      const other = await makeAccount(app.database, unit.id, 'administrator');
      const versions = await Promise.all([administrator, other].map(versionOf));
      const replies = await Promise.all([
        change(administrator.id, { role: 'analyst' }, versions[0], other),
        change(other.id, { disabled: true }, versions[1]),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      if (replies[0].status === 200) administrator = other;
    }
    expect(
      (await change(administrator.id, { name: 'Inge Damgaard' }, await versionOf(administrator))).status,
    ).toBe(200);
  });

  it('are granted sight of a case only when they are open and their role works on cases', async () => {
    const { id } = await register(app, unit.jobConsultant);
    const grant = (staffId: string) =>
      app.as(unit.leader).post(`/refugees/${id}/access-grants`, { staffId, days: 7 });
    const closed = await makeAccount(app.database, unit.id, 'coordinator');
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [closed.id]);
    const refused = { status: 422, body: { code: 'refugees.reads_no_cases' } };
    for (const role of ['analyst', 'administrator', 'welcome_house_coordinator'] as const)
      expect(await grant((await makeAccount(app.database, unit.id, role)).id)).toMatchObject(refused);
    expect(await grant(closed.id)).toMatchObject(refused);
    expect(await grant(unit.id)).toMatchObject(refused);
    for (const role of ['job_consultant', 'coordinator', 'caseworker', 'team_leader'] as const)
      expect((await grant((await makeAccount(app.database, unit.id, role)).id)).status).toBe(201);
  });
});
