import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { problemOfConstraint } from '../src/platform/http/problem.js';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

const TODAY = '2026-11-23';
const DAY_MS = 24 * 3_600_000;

describe('notes of a case', () => {
  let app: TestApp;
  let office: Office;
  let other: Office;
  let refugeeId: string;

  beforeAll(async () => {
    app = await startApp();
    [office, other] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.moveClock(`${TODAY}T08:00:00Z`);
    refugeeId = (await office.person()).id;
  });

  const author = () => office.as('caseworker');
  const write = (body: object = { text: 'She wants to be a cook' }, by = author()) =>
    by.post(`/refugees/${refugeeId}/notes`, body);
  const written = async (body?: object) => (await write(body)).body;
  const change = (id: string, version: number, body: object, by = author()) =>
    by.patch(`/notes/${id}`, body, { 'if-match': `"${version}"` });
  const amend = (id: string, by = author(), body: object = { text: 'A baker', reason: 'I misheard' }) =>
    by.post(`/notes/${id}/amendments`, body);
  const list = async (query = '', by = author()) =>
    (await by.get(`/refugees/${refugeeId}/notes${query}`)).body;
  const frozen = async (body?: object) => {
    const note = await written(body);
    await app.moveClock(note.frozenAt);
    return note;
  };
  const factsOf = (id: string) =>
    app.database.asOwner<{ fact: string; details: object }>(
      'select fact, details from timeline where subject_id = $1 order by id',
      [id],
    );

  it('are written for today, unless they say another day, by everybody who works on the case', async () => {
    const reply = await write();
    expect(reply).toMatchObject({
      status: 201,
      body: {
        version: 1,
        refugeeId,
        text: 'She wants to be a cook',
        aboutOn: TODAY,
        kind: null,
        author: { id: office.account('caseworker').id, name: office.account('caseworker').name },
        amendments: [],
      },
    });
    expect(reply.headers.get('etag')).toBe('"1"');
    expect(Date.parse(reply.body.frozenAt) - Date.parse(reply.body.notedAt)).toBe(DAY_MS);
    for (const role of ['job_consultant', 'coordinator', 'team_leader'] as const)
      expect(
        await write({ text: 'x', aboutOn: '2026-11-20', kind: 'decision' }, office.as(role)),
      ).toMatchObject({
        status: 201,
        body: { aboutOn: '2026-11-20', kind: 'decision', author: { id: office.account(role).id } },
      });
    const facts = await factsOf(reply.body.id);
    expect(facts).toEqual([{ fact: 'note.written', details: { aboutOn: TODAY, kind: null } }]);
  });

  it('are changed by their author, and the timeline says what, not which words', async () => {
    const { id } = await written({ text: 'x', kind: 'fact' });
    const body = { text: 'y', aboutOn: '2026-11-22', kind: null };
    expect(await change(id, 1, body)).toMatchObject({ status: 200, body: { ...body, version: 2 } });
    expect(await change(id, 2, body)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await factsOf(id)).slice(1)).toEqual([
      {
        fact: 'note.changed',
        details: { fields: ['aboutOn', 'kind', 'text'], aboutOn: '2026-11-22', kind: null },
      },
    ]);
  });

  it('are not about a day to come, written or changed', async () => {
    const refused = { status: 422, body: { code: 'notes.about_the_future', today: TODAY } };
    expect(await write({ text: 'x', aboutOn: '2026-11-24' })).toMatchObject(refused);
    const { id } = await written();
    expect(await change(id, 1, { aboutOn: '2026-11-24' })).toMatchObject(refused);
    expect((await list()).items).toHaveLength(1);
  });

  it.each([
    ['text', { text: '' }],
    ['text', { text: 'x'.repeat(8001) }],
    ['aboutOn', { text: 'x', aboutOn: '2026-02-30' }],
    ['aboutOn', { text: 'x', aboutOn: null }],
    ['kind', { text: 'x', kind: 'gossip' }],
    ['authorId', { text: 'x', authorId: randomUUID() }],
  ])('answer 400 to a bad %s', async (field, body) => {
    expect(await write(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect((await write({ text: 'x'.repeat(8000) })).status).toBe(201);
  });

  it('are changed by what was read only, one of many at once', async () => {
    const { id } = await written();
    expect((await author().patch(`/notes/${id}`, { text: 'y' })).status).toBe(428);
    const replies = await Promise.all(Array.from({ length: 8 }, (_, i) => change(id, 1, { text: `y${i}` })));
    expect(replies.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 412),
    ]);
    const note = await author().get(`/notes/${id}`);
    expect(note.body).toMatchObject({
      version: 2,
      text: replies.find(({ status }) => status === 200)!.body.text,
    });
  });

  it('come newest first, or by the day they are about, page after page, each with its amendments', async () => {
    const notes = [];
    for (const [text, aboutOn] of [
      ['a', '2026-11-03'],
      ['b', '2026-11-01'],
      ['c', '2026-11-02'],
    ])
      notes.push((await written({ text, aboutOn })).id);
    await app.moveClock('2026-11-25T08:00:00Z');
    await amend(notes[1], author(), { text: 'd', reason: 'first' });
    await amend(notes[1], office.as('team_leader'), { text: 'e', reason: 'second' });
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    const texts = ({ items }: { items: { text: string }[] }) => items.map(({ text }) => text).join('');
    expect([texts(first), texts(second), second.nextCursor]).toEqual(['cb', 'a', null]);
    expect(texts(await list('?sort=aboutOn'))).toBe('bca');
    expect(
      first.items.map(({ amendments }: { amendments: { text: string }[] }) => texts({ items: amendments })),
    ).toEqual(['', 'de']);
    expect(first.items[1]).toEqual((await author().get(`/notes/${notes[1]}`)).body);
  });

  describe('after a day', () => {
    /** Changes the note by SQL in a transaction that stands at `offset` from its freezing. */
    const changeAt = async (id: string, offset: string) => {
      const owner = new pg.Client({ connectionString: app.database.ownerUrl });
      await owner.connect();
      try {
        await owner.query('begin');
        await owner.query(
          `update clock set ahead = (select frozen_at from case_notes where id = $1) - now() + $2::interval`,
          [id, offset],
        );
        await owner.query(`update case_notes set text = 'z' where id = $1`, [id]);
      } finally {
        await owner.query('rollback');
        await owner.end();
      }
    };

    it('are frozen: to the second for a request, to the microsecond in the database', async () => {
      const { id, notedAt, frozenAt } = await written();
      await app.moveClock(new Date(Date.parse(notedAt) + DAY_MS - 5_000).toISOString());
      expect(await change(id, 1, { text: 'y' })).toMatchObject({ status: 200 });
      expect(await amend(id)).toMatchObject({ status: 409, body: { code: 'notes.not_frozen', frozenAt } });
      await app.moveClock(new Date(Date.parse(notedAt) + DAY_MS + 1).toISOString());
      expect(await change(id, 2, { text: 'z' })).toMatchObject({
        status: 409,
        body: { code: 'notes.frozen', amendAt: `/api/v1/notes/${id}/amendments` },
      });
      expect((await amend(id)).status).toBe(201);
      await expect(changeAt(id, '-1 microsecond')).resolves.toBeUndefined();
      for (const offset of ['0', '1 microsecond', '10 years'])
        await expect(changeAt(id, offset)).rejects.toMatchObject({ constraint: 'case_notes_frozen' });
    });

    it('are frozen in the database, whoever writes; who serves cannot say when they were written', async () => {
      const { id } = await frozen();
      await amend(id);
      const attempts: [string, string, string][] = [
        [`update case_notes set text = 'z' where id = $1`, '23001', 'case_notes_frozen'],
        [`update case_notes set version = 9 where id = $1`, '23001', 'case_notes_frozen'],
        [`update case_notes set frozen_at = 'infinity' where id = $1`, '42501', 'case_notes_frozen'],
        [`delete from case_notes where id = $1`, '42501', 'case_notes_frozen'],
        [
          `update case_note_amendments set text = 'z' where note_id = $1`,
          '42501',
          'case_note_amendments_frozen',
        ],
        [`delete from case_note_amendments where note_id = $1`, '42501', 'case_note_amendments_frozen'],
      ];
      for (const [statement, code, constraint] of attempts) {
        await expect(app.database.asApp(statement, [id])).rejects.toMatchObject({ code });
        await expect(app.database.asOwner(statement, [id])).rejects.toMatchObject({
          code: '23001',
          constraint,
        });
      }
      for (const column of ['noted_at', 'frozen_at'])
        await expect(
          app.database.asApp(
            `insert into case_notes (id, refugee_id, author_id, about_on, text, ${column})
             select gen_random_uuid(), refugee_id, author_id, about_on, text, 'infinity' from case_notes where id = $1`,
            [id],
          ),
        ).rejects.toMatchObject({ code: '42501' });
      const fresh = await written();
      for (const column of ['noted_at = now()', `frozen_at = 'infinity'`, 'author_id = refugee_id'])
        await expect(
          app.database.asApp(`update case_notes set ${column} where id = $1`, [fresh.id]),
        ).rejects.toMatchObject({ code: '42501' });
      expect(problemOfConstraint('case_notes_frozen')).toMatchObject({ code: 'notes.frozen' });
    });

    it('are amended by everybody who works on the case, also at once, and say what they said', async () => {
      const { id, text } = await frozen({ text: 'A cook', kind: 'fact' });
      const roles = ['caseworker', 'job_consultant', 'coordinator', 'team_leader'] as const;
      const replies = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          amend(id, office.as(roles[i % 4]), { text: `A baker ${i}`, reason: 'I misheard' }),
        ),
      );
      expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
      const { body } = await author().get(`/notes/${id}`);
      expect(body).toMatchObject({ version: 1, text });
      expect(body.amendments).toHaveLength(12);
      const instants = body.amendments.map(({ amendedAt }: { amendedAt: string }) => amendedAt);
      expect(instants).toEqual(instants.toSorted());
      expect(body.amendments[0]).toMatchObject({
        reason: 'I misheard',
        author: { id: expect.any(String), name: expect.any(String) },
      });
      const amended = (await factsOf(id)).slice(1);
      expect(amended).toHaveLength(12);
      expect(amended[0]).toEqual({
        fact: 'note.amended',
        details: { amendmentId: expect.any(String), aboutOn: TODAY, kind: 'fact' },
      });
      expect(amended.map(({ details }) => (details as { amendmentId: string }).amendmentId).sort()).toEqual(
        body.amendments.map((one: { id: string }) => one.id).sort(),
      );
    });

    it('are changed or amended, never both, when the two come at once', async () => {
      const { id, notedAt } = await written();
      await app.moveClock(new Date(Date.parse(notedAt) + DAY_MS - 500).toISOString());
      const replies = await Promise.all(
        Array.from({ length: 30 }, async (_, i) => {
          await new Promise((resolve) => setTimeout(resolve, i * 35));
          return i % 2
            ? { what: 'amend', reply: await amend(id) }
            : {
                what: 'change',
                reply: await author()
                  .get(`/notes/${id}`)
                  .then(({ body }) => change(id, body.version, { text: `${i}` })),
              };
        }),
      );
      const done = (what: string) =>
        replies.filter((one) => one.what === what && one.reply.status < 300).map(({ reply }) => reply.body);
      const [changes, amendments] = [done('change'), done('amend')];
      expect(changes.length).toBeGreaterThan(0);
      expect(amendments.length).toBeGreaterThan(0);
      // Whoever amended spoke of the words that stand.
      const { body } = await author().get(`/notes/${id}`);
      for (const { text, version } of amendments) expect([text, version]).toEqual([body.text, body.version]);
      expect(body.version).toBe(1 + changes.length);
      for (const { reply } of replies) expect([200, 201, 409, 412]).toContain(reply.status);
    });
  });

  describe('are closed', () => {
    it('to who does not see the case', async () => {
      const { id } = await frozen();
      const stranger = other.as('caseworker');
      const replies = [
        [await write({ text: 'x' }, stranger), 'refugees.no_such_case'],
        [await stranger.get(`/refugees/${refugeeId}/notes`), 'refugees.no_such_case'],
        [await stranger.get(`/notes/${id}`), 'notes.no_such_note'],
        [await change(id, 1, { text: 'x' }, stranger), 'notes.no_such_note'],
        [await amend(id, stranger), 'notes.no_such_note'],
      ] as const;
      for (const [reply, code] of replies) expect(reply).toMatchObject({ status: 404, body: { code } });
    });

    it('to a change by anybody but the author, before version and state are looked at', async () => {
      const { id } = await written();
      for (const role of ['job_consultant', 'coordinator', 'team_leader'] as const)
        for (const version of [1, 2])
          expect(await change(id, version, { text: 'y' }, office.as(role))).toMatchObject({
            status: 403,
            body: { code: 'notes.not_the_author' },
          });
    });

    it('to writing by who sees the case by a grant, who reads them for a purpose', async () => {
      const { id } = await frozen();
      const guest = other.account('caseworker');
      await office.grant(refugeeId, guest.id);
      const purpose = { purpose: 'cover' };
      for (const path of [`/notes/${id}`, `/refugees/${refugeeId}/notes`]) {
        expect((await app.as(guest).get(path)).status).toBe(400);
        expect((await app.as(guest).get(path, purpose)).status).toBe(200);
      }
      expect((await write({ text: 'x' }, app.as(guest))).status).toBe(403);
      expect((await amend(id, app.as(guest))).status).toBe(403);
      expect((await change(id, 1, { text: 'x' }, app.as(guest))).status).toBe(403);
      const log = await app.database.asOwner(
        `select what, purpose, person_ids from read_log where actor_id = $1 order by id`,
        [guest.id],
      );
      expect(log).toEqual(
        ['notes.read', 'notes.list'].map((what) => ({ what, purpose: 'cover', person_ids: [refugeeId] })),
      );
    });

    it('to their own author from the day their part in the case ends', async () => {
      const { id } = await written();
      await office.as('team_leader').delete(`/refugees/${refugeeId}/team/caseworker`);
      expect((await author().get(`/notes/${id}`)).status).toBe(404);
      expect((await change(id, 1, { text: 'y' })).status).toBe(404);
    });
  });
});
