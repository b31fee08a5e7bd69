import { randomUUID } from 'node:crypto';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

describe('the inbox', () => {
  let app: TestApp;
  let north: Office;
  let south: Office;
  let person: { id: string };

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock('2027-02-15T09:00:00Z');
    [north, south] = [await Office.open(app), await Office.open(app)];
    person = await north.person();
  });
  afterAll(() => app.close());
  afterEach(() => app.database.asOwner(`delete from reminders where due_on < '2020-01-01'`));

  const inbox = async (query = '', office = north) =>
    (await office.as('caseworker').get(`/inbox${query}`)).body;
  const read = (reminderIds: unknown, office = north) =>
    office.as('caseworker').post('/inbox/readings', { reminderIds });
  const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
  const three = async () => {
    const all = [];
    for (let i = 0; i < 3; i++) all.push((await north.reminder(person.id, 'caseworker')).id);
    return all;
  };
  const readAt = async (id: string) =>
    (
      await app.database.asOwner<{ read_at: Date | null }>('select read_at from reminders where id = $1', [
        id,
      ])
    )[0].read_at;

  it('shows what a reminder is about, in the language of the reader, and logs the reading', async () => {
    const { id, followUpId } = await north.reminder(person.id, 'caseworker');
    const { items, unread } = await inbox('?limit=1');
    expect(items).toEqual([
      {
        id,
        step: 'target',
        followUp: {
          id: followUpId,
          key: 'contract',
          occurrence: 1,
          state: 'open',
          title: expect.stringMatching(/kontrakt/i),
          reason: expect.any(String),
          actBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        },
        refugee: { id: person.id, name: 'Selam Tesfay' },
        sentAt: expect.stringMatching(/^2027-02-15T/),
        readAt: null,
      },
    ]);
    expect(unread).toBe(1);
    const english = await north.as('caseworker').get('/inbox', { 'accept-language': 'en' });
    expect(english.body.items[0].followUp.title).toMatch(/contract/i);
    expect(
      await app.database.asOwner(
        `select purpose, person_ids from read_log where what = 'inbox.list' and actor_id = $1 order by id desc limit 1`,
        [north.account('caseworker').id],
      ),
    ).toEqual([{ purpose: 'case_work', person_ids: [person.id] }]);
  });

  it('comes in pages, the newest first, also when many came at the same moment', async () => {
    const all = [];
    for (let i = 0; i < 7; i++) all.push((await north.reminder(person.id, 'caseworker')).id);
    await app.database.asOwner(`update reminders set sent_at = '2027-02-14T08:00:00Z' where id = any($1)`, [
      all.slice(2, 6),
    ]);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = await inbox(`?limit=2${cursor}`);
      seen.push(...ids(page));
      expect(page.unread).toBe(7);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen.slice(0, 3)).toEqual([all[6], all[1], all[0]]);
    expect(seen.slice(3)).toEqual(all.slice(2, 6).toReversed());
  });

  it('shows only what was sent, in the program, to the reader', async () => {
    const { id } = await north.reminder(person.id, 'caseworker');
    for (const change of [
      `state = 'planned', sent_at = null`,
      `channel = 'email'`,
      `recipient_id = '${north.account('coordinator').id}'`,
    ]) {
      const other = await north.reminder(person.id, 'caseworker');
      await app.database.asOwner(`update reminders set ${change} where id = $1`, [other.id]);
      expect((await read([other.id])).status).toBe(404);
    }
    expect(await inbox()).toMatchObject({ items: [{ id }], unread: 1 });
  });

  it('keeps the first reading, and repeating it changes nothing', async () => {
    const [first, second, third] = await three();
    expect((await read([first, second])).status).toBe(204);
    const at = await readAt(first);
    expect(at?.toISOString()).toMatch(/^2027-02-15T/);
    await app.moveClock('2027-02-15T10:00:00Z');
    expect((await read([first, second, third])).status).toBe(204);
    expect(await readAt(first)).toEqual(at);
    expect((await readAt(third))?.toISOString()).toMatch(/^2027-02-15T10/);
    await app.moveClock('2027-02-15T09:00:00Z');
  });

  it('lists what is unread alone', async () => {
    const [first, second, third] = await three();
    await read([second]);
    expect(await inbox('?unread=true&sort=sentAt')).toMatchObject({
      items: [{ id: first }, { id: third }],
      unread: 2,
    });
    expect(ids(await inbox('?unread=false&sort=sentAt'))).toEqual([first, second, third]);
    await read([first, third]);
    expect(await inbox('?unread=true')).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect(await inbox()).toMatchObject({ unread: 0 });
  });

  it('reads all of them or none: one that is somebody else’s, or nobody’s, is 404', async () => {
    const [mine] = await three();
    const theirs = await south.reminder((await south.person()).id, 'caseworker');
    const colleagues = await north.reminder(person.id, 'coordinator');
    for (const foreign of [theirs.id, colleagues.id, randomUUID()]) {
      const { status, body } = await read([mine, foreign]);
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'reminders.no_such_reminder' });
      expect(await readAt(mine)).toBeNull();
    }
    expect(await readAt(theirs.id)).toBeNull();
  });

  it.each([
    ['none', []],
    ['a hundred and one', Array.from({ length: 101 }, () => randomUUID())],
    ['one twice', Array.from({ length: 2 }, () => '0190f9a0-0000-7000-8000-000000000000')],
    ['what is no id', ['1']],
    ['what is no list', '0190f9a0-0000-7000-8000-000000000000'],
  ])('refuses to read %s', async (_, some) => {
    expect(await read(some)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'reminderIds', rule: 'ids' }] },
    });
  });

  it('refuses a filter that is neither true nor false', async () => {
    expect(await north.as('caseworker').get('/inbox?unread=yes')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'unread', rule: 'flag' }] },
    });
  });

  it('keeps one reading when twenty come at once', async () => {
    const some = await three();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => read(i % 2 ? some : some.toReversed())),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 204));
    expect(await inbox()).toMatchObject({ unread: 0 });
  });

  it('leaves out, and does not count, a reminder of a case the reader does not see any more', async () => {
    const other = await north.person();
    const { id } = await north.reminder(other.id, 'caseworker');
    expect(await inbox()).toMatchObject({ items: [{ id }], unread: 1 });
    await north.as('team_leader').delete(`/refugees/${other.id}/team/caseworker`);
    expect(await inbox()).toEqual({ items: [], nextCursor: null, unread: 0 });
  });
});

describe('one follow-up', () => {
  let app: TestApp;
  let north: Office;
  let south: Office;

  beforeAll(async () => {
    app = await startApp();
    [north, south] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());

  it('shows what was written on it, how it moved and how its reminders stand, and reads nothing', async () => {
    const { id: refugeeId } = await north.person();
    const { id, followUpId } = await north.reminder(refugeeId, 'caseworker');
    const authorId = north.account('caseworker').id;
    await app.database.asOwner(
      `insert into follow_up_notes (id, follow_up_id, author_id, kind, text, until_on)
       values ($2, $1, $3, 'note', 'Asked for an interpreter', null), ($4, $1, $3, 'snooze', 'On holiday', '2026-11-02')`,
      [followUpId, '0190f9a0-0000-7000-8000-000000000001', authorId, '0190f9a0-0000-7000-8000-000000000002'],
    );
    await app.database.asOwner(
      `insert into follow_up_moves (follow_up_id, because, from_target_on, from_latest_on, to_target_on, to_latest_on, from_rule_ids, to_rule_ids)
       values ($1, 'takeover.moved', '2026-11-02', '2026-12-01', '2026-12-02', '2027-01-01', '{}', array[$2::uuid])`,
      [followUpId, '0190f9a0-0000-7000-8000-000000000003'],
    );
    const { status, body } = await north.as('caseworker').get(`/follow-ups/${followUpId}`);
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        id: followUpId,
        refugee: { id: refugeeId, name: 'Selam Tesfay' },
        ownerId: authorId,
        notes: [
          { at: instant, authorId, kind: 'note', text: 'Asked for an interpreter', untilOn: null },
          { at: instant, authorId, kind: 'snooze', text: 'On holiday', untilOn: '2026-11-02' },
        ],
        moves: [
          {
            at: instant,
            because: { fact: 'takeover.moved', subject: null },
            fromTargetOn: '2026-11-02',
            fromLatestOn: '2026-12-01',
            toTargetOn: '2026-12-02',
            toLatestOn: '2027-01-01',
          },
        ],
      },
    });
    expect(body.reminders).toContainEqual(
      expect.objectContaining({ id, channel: 'in_app', state: 'sent', sentAt: instant, readAt: null }),
    );
    expect((await north.as('caseworker').get(`/follow-ups/${followUpId}`)).body).toEqual(body);
    expect(
      await app.database.asOwner(
        `select count(*)::int as times from read_log where what = 'follow_ups.read' and person_ids = array[$1::uuid]`,
        [refugeeId],
      ),
    ).toEqual([{ times: 2 }]);
  });

  it('is 404 to whoever does not see its case, and to an id that nothing has', async () => {
    const { followUp } = await north.knownCase();
    for (const id of [followUp, randomUUID()])
      expect(await south.as('caseworker').get(`/follow-ups/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'reminders.no_such_follow_up' },
      });
  });
});
