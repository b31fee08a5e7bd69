import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import ICAL from 'ical.js';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';
import { saying } from './support/attempts.js';
import { tablesWith } from './support/canaries.js';
import { Client, type Reply } from './support/client.js';
import { changed } from './support/database.js';
import { startProgram } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';

const NOW = '2026-12-01T09:00:00Z';

const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));
const tokenIn = (url: string): string => /\/calendar\/([^/]+)\.ics$/.exec(url)![1];

describe('a calendar feed', () => {
  let app: TestApp;
  let office: Office;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock(NOW);
    office = await Office.open(app);
  });
  afterAll(() => app.close());

  const give = async (name?: string): Promise<{ id: string; url: string; path: string }> => {
    const { status, body } = await office.as('caseworker').post('/me/calendar-feeds', { name });
    expect(status).toBe(201);
    return { ...body, path: `/calendar/${tokenIn(body.url)}.ics` };
  };
  const list = async () => (await office.as('caseworker').get('/me/calendar-feeds')).body.items;
  const calendar = (path: string, headers?: Record<string, string>): Promise<Reply> =>
    app.anonymous.get(path, headers);
  const followUpsOf = (refugeeId: string) =>
    app.database.asOwner<{ id: string; act_by: string }>(
      `select id, act_by::text from follow_ups where refugee_id = $1 and state = 'open' and owner_id = $2 order by act_by`,
      [refugeeId, office.account('caseworker').id],
    );
  /** A case with something for the caseworker to do. */
  const aCase = async () => {
    const { id } = await office.person({ familyName: `Kanarie${randomUUID().slice(0, 8)}` });
    const followUps = await followUpsOf(id);
    expect(followUps.length).toBeGreaterThan(0);
    return { id, followUps };
  };
  const uids = async (path: string) => read((await calendar(path)).body).map(({ uid }) => uid);

  it('is given with an address that is shown once, and kept as no more than its hash', async () => {
    const { id, url, path } = await give('Min telefon');
    expect(url).toMatch(/^http:\/\/localhost:3000\/api\/v1\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
    const [feed] = await list();
    expect(feed).toEqual({
      id,
      name: 'Min telefon',
      createdAt: expect.stringMatching(/^2026-12-01T09:0/),
      lastUsedAt: null,
      revokedAt: null,
    });
    const token = tokenIn(url);
    const bytes = Buffer.from(token, 'base64url');
    expect(await tablesWith(app.database, [token, bytes.toString('hex'), bytes.toString('base64')])).toEqual(
      [],
    );
    expect((await calendar(path)).status).toBe(200);
    expect((await give()).url).not.toBe(url);
    expect((await list())[0].name).toBe(null);
  });

  it('is given once to who asks again with the same key, and the second answer is as good', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const ask = () => office.as('caseworker').post('/me/calendar-feeds', { name: 'twice' }, key);
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
    expect((await list()).filter(({ name }: { name: string }) => name === 'twice')).toHaveLength(1);
    expect((await calendar(`/calendar/${tokenIn(second.body.url)}.ics`)).status).toBe(200);
  });

  it('shows each open follow-up as a whole day on its last day to act, in the account’s language', async () => {
    const { path } = await give();
    const { followUps } = await aCase();
    const { status, headers, body } = await calendar(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    const [mine] = followUps;
    const myDay = (await office.as('caseworker').get('/my-day?limit=100')).body.items;
    const event = read(body).find(({ uid }) => uid === `${mine.id}@ankomst`)!;
    expect(event.startDate.toString()).toBe(mine.act_by);
    expect(myDay.find(({ id }: { id: string }) => id === mine.id).actBy).toBe(mine.act_by);
    expect(event.component.getFirstPropertyValue('url')).toBe(
      `http://localhost:3000/api/v1/follow-ups/${mine.id}`,
    );
    expect(event.component.getFirstPropertyValue('dtstamp')!.toString()).toMatch(/^2026-12-01T09:0/);
    const danish = event.summary;
    await app.database.asOwner(`update staff_accounts set language = 'en' where id = $1`, [
      office.account('caseworker').id,
    ]);
    const english = read((await calendar(path)).body).find(({ uid }) => uid === event.uid)!.summary;
    await app.database.asOwner(`update staff_accounts set language = 'da' where id = $1`, [
      office.account('caseworker').id,
    ]);
    expect(danish).toMatch(/kontrakt/i);
    expect(english).toMatch(/contract/i);
  });

  it('shows nothing of anybody: no name, number or id of a person, and leaves no trace of a reading', async () => {
    const known = await office.knownCase();
    const { path } = await give();
    const [{ reads }] = await app.database.asOwner<{ reads: number }>(
      'select count(*)::int as reads from read_log',
    );
    const text = (await calendar(path)).body.replaceAll('\r\n ', '');
    expect(text).toContain('BEGIN:VEVENT');
    const people = await app.database.asOwner<Record<string, string>>(
      'select id::text, case_number::text, given_names, family_name from refugees',
    );
    const { visit: _visit, followUp: _followUp, ...secrets } = known;
    for (const secret of [...Object.values(secrets), ...people.flatMap((one) => Object.values(one))])
      if (String(secret).length > 3) expect(text).not.toContain(String(secret));
    expect(await app.database.asOwner('select count(*)::int as reads from read_log')).toEqual([{ reads }]);
  });

  it('leaves out what is not the reader’s to do today', async () => {
    const { path } = await give();
    const change = (statement: string) => async (id: string) =>
      void (await app.database.asOwner(statement, [id]));
    const leaving: Record<string, (followUpId: string) => Promise<void>> = {
      done: change(`update follow_ups set state = 'done', ended_at = now() where id = $1`),
      dismissed: change(`update follow_ups set state = 'dismissed', ended_at = now() where id = $1`),
      suspended: change('update follow_ups set suspended = true where id = $1'),
      'nobody’s': change('update follow_ups set owner_id = null where id = $1'),
      'of a colleague': change(
        `update follow_ups set owner_id = (select id from staff_accounts where role = 'coordinator' limit 1) where id = $1`,
      ),
      'of a case it does not see': change(
        `update case_team set until_on = from_on where role = 'caseworker' and refugee_id = (select refugee_id from follow_ups where id = $1)`,
      ),
    };
    for (const [why, leave] of Object.entries(leaving)) {
      const [{ id }] = (await aCase()).followUps;
      expect([why, await uids(path)]).toEqual([why, expect.arrayContaining([`${id}@ankomst`])]);
      await leave(id);
      expect([why, await uids(path)]).toEqual([why, expect.not.arrayContaining([`${id}@ankomst`])]);
    }
  });

  it('moves with the day, under the same identity, and says that it was changed', async () => {
    const { path } = await give();
    const [{ id }] = (await aCase()).followUps;
    for (const [moves, day] of ['2027-03-28', '2028-02-29'].entries()) {
      await app.database.asOwner('update follow_ups set latest_on = $2, act_by = $2 where id = $1', [
        id,
        day,
      ]);
      await app.database.asOwner(
        `insert into follow_up_moves (follow_up_id, because, from_target_on, from_latest_on, to_target_on, to_latest_on, from_rule_ids, to_rule_ids)
         values ($1, 'takeover.moved', $2, $2, $2, $2, '{}', '{}')`,
        [id, day],
      );
      const event = read((await calendar(path)).body).find(({ uid }) => uid === `${id}@ankomst`)!;
      expect([event.startDate.toString(), event.sequence]).toEqual([day, moves + 1]);
    }
  });

  it('is one and the same nothing for a token that nobody has, that was revoked, or whose account is closed', async () => {
    const [open, revoked, closed] = [await give(), await give(), await give()];
    const nobody = await calendar(`/calendar/${'A'.repeat(43)}.ics`);
    expect(nobody).toMatchObject({ status: 404, body: { code: 'calendars.no_such_calendar' } });
    const address = `/me/calendar-feeds/${revoked.id}`;
    expect((await office.as('coordinator').delete(address)).status).toBe(404);
    expect((await calendar(revoked.path)).status).toBe(200);
    for (let i = 0; i < 2; i++) expect((await office.as('caseworker').delete(address)).status).toBe(204);
    expect((await list()).find(({ id }: { id: string }) => id === revoked.id).revokedAt).toMatch(
      /^2026-12-01/,
    );
    const heads = ({ headers }: Reply) => [...headers.keys()].filter((name) => name !== 'date').sort();
    const same = (reply: Reply) => {
      expect([reply.status, saying(reply.body)]).toEqual([404, saying(nobody.body)]);
      expect(heads(reply)).toEqual(heads(nobody));
    };
    same(await calendar(revoked.path));
    expect((await calendar(open.path)).status).toBe(200);
    await app.database.asOwner('update staff_accounts set disabled_at = now() where id = $1', [
      office.account('caseworker').id,
    ]);
    same(await calendar(closed.path));
    await app.database.asOwner('update staff_accounts set disabled_at = null where id = $1', [
      office.account('caseworker').id,
    ]);
    expect((await calendar(closed.path)).status).toBe(200);
    for (const token of [
      '',
      '.',
      '%00',
      'ics',
      '%2e%2e',
      tokenIn(open.url).slice(1),
      `${tokenIn(open.url)}A`,
      'A'.repeat(300),
    ])
      expect([400, 404, 414]).toContain((await calendar(`/calendar/${token}.ics`)).status);
  });

  it('answers HEAD, and says 304 to a program that has just this', async () => {
    const { path } = await give();
    await aCase();
    const whole = await calendar(path);
    const etag = whole.headers.get('etag')!;
    const head = await app.anonymous.send('HEAD', path);
    expect([head.status, head.headers.get('etag'), head.body]).toEqual([200, etag, '']);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await calendar(path, { 'if-none-match': known });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await aCase();
    const after = await calendar(path, { 'if-none-match': etag });
    expect([after.status, after.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('notes its use once an hour, and writes nothing in between', async () => {
    const { id, path } = await give();
    const usedAt = async () => (await list()).find((one: { id: string }) => one.id === id).lastUsedAt;
    await calendar(path);
    const first = await usedAt();
    const before = await app.database.contents();
    for (let i = 0; i < 5; i++) await calendar(path);
    await app.moveClock('2026-12-01T09:45:00Z');
    await calendar(path);
    expect(changed(before, await app.database.contents())).not.toContain('calendar_feeds');
    expect(await usedAt()).toBe(first);
    await app.moveClock('2026-12-01T10:05:00Z');
    await calendar(path);
    expect(await usedAt()).toMatch(/^2026-12-01T10:05/);
    await app.moveClock(NOW);
  });

  it('shows the first 500 of very many', async () => {
    const { path } = await give();
    const { id } = await aCase();
    await app.database.asOwner(
      `insert into follow_ups (id, subject_type, subject_id, refugee_id, key, owner_id, occurrence, series, role, earliest_on, target_on, latest_on, act_by, rule_ids, act_method, act_href)
       select gen_random_uuid(), 'case', $1, $1, 'contract', $2, 1000 + n, 'contract', 'caseworker', '2030-01-01', '2030-01-01', date '2030-01-01' + n, date '2030-01-01' + n, '{}', 'POST', '/here'
       from generate_series(1, 600) n`,
      [id, office.account('caseworker').id],
    );
    const days = read((await calendar(path)).body).map(({ startDate }) => startDate.toString());
    expect(days).toHaveLength(500);
    expect(days).toEqual(days.toSorted());
    expect(days[0] < '2030').toBe(true);
    await app.database.asOwner('delete from follow_ups where occurrence > 1000');
  });
});

describe('a calendar feed of the built program', () => {
  it('has its days as they are in Copenhagen, also on a machine that lives elsewhere', async () => {
    for (const TZ of ['America/Los_Angeles', 'Pacific/Auckland']) {
      const program = await startProgram({ TZ });
      try {
        const office = await Office.open({
          database: program.database,
          as: (account) => new Client(program.address, () => signed(claimsOf(account))),
        });
        const { id } = await office.person();
        await program.database.asOwner(
          `update follow_ups set latest_on = '2027-03-28', act_by = '2027-03-28', target_on = '2027-03-28', earliest_on = '2027-03-28' where refugee_id = $1`,
          [id],
        );
        const { token } = await office.calendarFeed();
        const text = await (await fetch(`${program.address}/api/v1/calendar/${token}.ics`)).text();
        expect([TZ, [...new Set(read(text).map(({ startDate }) => startDate.toString()))]]).toEqual([
          TZ,
          ['2027-03-28'],
        ]);
      } finally {
        await program.stop();
      }
    }
  });

  it('has a token that stands in no line of the log and in no table, whatever goes wrong, and guessing is counted', async () => {
    const program = await startProgram({ LOG_LEVEL: 'trace', RATE_LIMIT_PER_MINUTE: '60' });
    try {
      const office = await Office.open({
        database: program.database,
        as: (account) => new Client(program.address, () => signed(claimsOf(account))),
      });
      const { url } = (await office.as('caseworker').post('/me/calendar-feeds', {})).body;
      const token = tokenIn(url);
      const get = (of: string) => fetch(`${program.address}/api/v1/calendar/${of}.ics`);
      expect((await get(token)).status).toBe(200);
      await program.database.asOwner('revoke select on follow_up_moves from ankomst_app');
      const failed = await get(token);
      expect(failed.status).toBe(500);
      expect(await failed.text()).not.toContain(token.slice(0, 10));
      await program.database.asOwner('grant select on follow_up_moves to ankomst_app');
      expect((await get(`${token}\u0000`)).status).toBe(400);
      const statuses: number[] = [];
      for (let i = 0; i < 60; i++) statuses.push((await get(`guess${i}${token.slice(6)}`)).status);
      expect(new Set(statuses)).toEqual(new Set([404, 429]));
      expect(statuses.at(-1)).toBe(429);
      await sleep(200);
      expect(program.output()).toContain('/api/v1/calendar/:token.ics');
      for (const part of [token, token.slice(6), encodeURIComponent(token)])
        expect(program.output()).not.toContain(part);
      expect(await tablesWith(program.database, [token, token.slice(6)])).toEqual([]);
    } finally {
      await program.stop();
    }
  });
});
