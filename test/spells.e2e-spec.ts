import { randomUUID } from 'node:crypto';
import { SPELL_KINDS, type SpellKind } from '../src/programme/spells.contract.js';
import { rivalsOf } from '../src/programme/spells.rules.js';
import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

const OVERLAPS = '23P01';
const GAVE_WAY = '40P01';

describe('spells', () => {
  let app: TestApp;
  let office: Office;
  let elsewhere: Office;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock('2026-11-23T09:00:00Z');
    office = await Office.open(app);
    elsewhere = await Office.open(app);
  });
  afterAll(() => app.close());

  const own = () => office.as('caseworker');
  const newPerson = async () => (await office.person()).id;
  const record = (person: string, body: object) => own().post(`/refugees/${person}/spells`, body);
  const change = (id: string, body: object, version = 1) =>
    own().patch(`/spells/${id}`, body, { 'if-match': `"${version}"` });
  const withdraw = (id: string) => own().post(`/spells/${id}/withdrawals`);
  const factsOf = (id: string) =>
    app.database.asOwner<{ fact: string; case_ids: string[]; details: object }>(
      `select fact, case_ids, details from timeline where subject_type = 'spell' and subject_id = $1 order by id`,
      [id],
    );
  /** Past the program's own look: what the database alone says. */
  const insert = (person: string, kind: SpellKind, fromOn: string, toOn: string | null) =>
    app.database
      .asApp(
        `insert into spells (id, refugee_id, kind, from_on, to_on, employer)
         values (uuidv7(), $1, $2, $3, $4, case when $2 in ('work', 'wage_subsidy') then 'Hotel' end)`,
        [person, kind, fromOn, kind === 'birth' ? fromOn : toOn],
      )
      .then(
        () => 'taken',
        // Postgres may also let one of many that wait for each other give way; the product's own wait for the case.
        (error: { code: string; constraint: string }) =>
          (error.code === OVERLAPS && error.constraint === 'spells_one_at_a_time') || error.code === GAVE_WAY
            ? 'refused'
            : error.code,
      );
  const benefit = { kind: 'benefit', fromOn: '2027-01-01', toOn: '2027-03-31' };
  const work = { kind: 'work', fromOn: '2026-11-02', employer: 'Hotel Fjorden', hoursPerWeek: 18.5 };

  it('goes from begun to changed to ended', async () => {
    const person = await newPerson();
    const made = await record(person, work);
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.body).toEqual({
      id: expect.any(String),
      version: 1,
      refugeeId: person,
      kind: 'work',
      fromOn: '2026-11-02',
      toOn: null,
      employer: 'Hotel Fjorden',
      hoursPerWeek: 18.5,
      source: null,
      withdrawnAt: null,
    });
    const { id } = made.body;
    expect(await change(id, { employer: 'Hotel Havnen', hoursPerWeek: null })).toMatchObject({
      status: 200,
      body: { version: 2, employer: 'Hotel Havnen', hoursPerWeek: null },
    });
    expect(await change(id, { toOn: '2026-12-31' })).toMatchObject({ status: 412 });
    expect(await own().patch(`/spells/${id}`, { toOn: '2026-12-31' })).toMatchObject({ status: 428 });
    expect(await change(id, { toOn: '2026-12-31' }, 2)).toMatchObject({ body: { version: 3 } });
    expect(await change(id, { toOn: '2026-12-31' }, 3)).toMatchObject({ body: { version: 3 } });
    expect(await change(id, { toOn: null }, 3)).toMatchObject({ body: { version: 4, toOn: null } });
    const [case_ids, days] = [[person], { kind: 'work', fromOn: '2026-11-02' }];
    expect(await factsOf(id)).toEqual([
      { fact: 'spell.recorded', case_ids, details: { ...days, toOn: null } },
      {
        fact: 'spell.changed',
        case_ids,
        details: { ...days, toOn: null, fields: ['employer', 'hoursPerWeek'] },
      },
      { fact: 'spell.changed', case_ids, details: { ...days, toOn: '2026-12-31', fields: ['toOn'] } },
      { fact: 'spell.changed', case_ids, details: { ...days, toOn: null, fields: ['toOn'] } },
    ]);
    expect((await office.as('coordinator').get(`/spells/${id}`)).body).toMatchObject({ id, version: 4 });
  });

  it('is a day for a birth, which is not in the future', async () => {
    const person = await newPerson();
    const birth = { kind: 'birth', fromOn: '2026-11-23' };
    const made = await record(person, birth);
    expect(made).toMatchObject({ status: 201, body: { toOn: '2026-11-23' } });
    expect(await change(made.body.id, { fromOn: '2026-11-20' })).toMatchObject({
      body: { fromOn: '2026-11-20', toOn: '2026-11-20' },
    });
    // Twins.
    expect(await record(person, { ...birth, fromOn: '2026-11-20' })).toMatchObject({ status: 201 });
    expect(await record(person, { ...birth, fromOn: '2026-11-24' })).toMatchObject({ status: 422 });
  });

  describe('that cannot be', () => {
    it.each([
      ['backwards', { ...benefit, toOn: '2026-12-31' }, 'toOn not_before'],
      ['work for nobody', { kind: 'work', fromOn: '2027-01-01' }, 'employer needed_for'],
      ['benefit of an employer', { ...benefit, employer: 'Hotel Fjorden' }, 'employer not_for'],
      [
        'illness in hours',
        { kind: 'illness', fromOn: '2026-11-01', hoursPerWeek: 10 },
        'hoursPerWeek not_for',
      ],
      ['a birth of two days', { kind: 'birth', fromOn: '2026-11-01', toOn: '2026-11-02' }, 'toOn one_day'],
    ])('is refused: %s', async (_, body, expected) => {
      expect(await record(await newPerson(), body)).toMatchObject({
        status: 422,
        body: {
          code: 'spells.not_right',
          errors: [{ field: expected.split(' ')[0], rule: expected.split(' ')[1] }],
        },
      });
    });

    it('is not made by a change either', async () => {
      const { id } = (await record(await newPerson(), benefit)).body;
      const before = await app.database.contents();
      for (const [body, field] of [
        [{ toOn: '2026-12-31' }, 'toOn'],
        [{ employer: 'Hotel Fjorden' }, 'employer'],
        [{ hoursPerWeek: 10 }, 'hoursPerWeek'],
      ] as const)
        expect(await change(id, body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
      expect(await app.database.contents()).toEqual(before);
    });

    it.each([
      ['kind', { ...benefit, kind: 'holiday' }],
      ['hoursPerWeek', { ...work, hoursPerWeek: 0 }],
      ['hoursPerWeek', { ...work, hoursPerWeek: 60.5 }],
      ['hoursPerWeek', { ...work, hoursPerWeek: 18.25 }],
      ['hoursPerWeek', { ...work, hoursPerWeek: '18.5' }],
      ['employer', { ...work, employer: '' }],
      ['fromOn', { ...benefit, fromOn: '2027-02-29' }],
      ['sourceType', { ...benefit, sourceType: 'internship' }],
    ])('is 400 by %s', async (field, body) => {
      expect(await record(await newPerson(), body)).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      });
    });
  });

  describe('overlap', () => {
    it('is refused and says which spell is in the way, at which end', async () => {
      const person = await newPerson();
      const { id } = (await record(person, benefit)).body;
      const refused = (field: string) => ({
        status: 409,
        body: { code: 'spells.overlaps', spellId: id, errors: [{ field, rule: 'overlaps' }] },
      });
      expect(await record(person, { ...benefit, fromOn: '2027-03-31', toOn: null })).toMatchObject(
        refused('fromOn'),
      );
      expect(
        await record(person, { ...benefit, kind: 'self_supporting', fromOn: '2026-12-01', toOn: null }),
      ).toMatchObject(refused('toOn'));
      const next = (await record(person, { ...benefit, fromOn: '2027-04-01', toOn: null })).body;
      expect(await change(next.id, { fromOn: '2027-03-31' })).toMatchObject(refused('fromOn'));
      expect(await record(person, { ...benefit, toOn: '2027-01-01', fromOn: '2026-12-01' })).toMatchObject(
        refused('toOn'),
      );
      expect(await change(id, { fromOn: '2027-01-02', toOn: '2027-03-30' })).toMatchObject({ status: 200 });
      expect(await change(next.id, { fromOn: '2027-03-31' })).toMatchObject({ status: 200 });
    });

    it('is none when one ends on 31 March and the other begins on 1 April', async () => {
      const person = await newPerson();
      expect(await insert(person, 'leave', '2027-01-01', '2027-03-31')).toBe('taken');
      expect(await insert(person, 'leave', '2027-03-31', null)).toBe('refused');
      expect(await insert(person, 'leave', '2027-04-01', null)).toBe('taken');
      expect(await insert(person, 'leave', '2027-06-01', '2027-06-01')).toBe('refused');
      expect(await insert(person, 'leave', '2026-12-31', '2026-12-31')).toBe('taken');
    });

    it('is the same to the database as to the program, for every two kinds', async () => {
      const [said, expected]: [string[], string[]] = [[], []];
      for (const first of SPELL_KINDS)
        for (const second of SPELL_KINDS) {
          const person = await aPersonOfTheOffice();
          expect(await insert(person, first, '2026-11-01', null)).toBe('taken');
          said.push(`${first} ${second} ${await insert(person, second, '2026-11-01', null)}`);
          expected.push(`${first} ${second} ${rivalsOf(first).includes(second) ? 'refused' : 'taken'}`);
        }
      expect(said).toEqual(expected);
    });

    it.each(['benefit', 'self_supporting', 'wage_subsidy', 'leave', 'illness', 'suspended'] as const)(
      'leaves one of twenty spells of %s that come at once',
      async (kind) => {
        const person = await newPerson();
        const employer = kind === 'wage_subsidy' ? 'Hotel Fjorden' : undefined;
        const replies = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            record(person, { kind, fromOn: `2027-01-${10 + i}`, toOn: '2027-02-10', employer }),
          ),
        );
        expect(replies.map(({ status }) => status).sort()).toEqual([
          201,
          ...Array.from({ length: 19 }, () => 409),
        ]);
        const inserted = await Promise.all(
          Array.from({ length: 20 }, () => insert(person, kind, '2027-05-01', null)),
        );
        expect(inserted.sort()).toEqual([...Array.from({ length: 19 }, () => 'refused'), 'taken']);
      },
    );

    it('leaves one of twenty when half say benefit and half that there is none', async () => {
      const person = await newPerson();
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          record(person, { ...benefit, kind: i % 2 ? 'benefit' : 'self_supporting' }),
        ),
      );
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    });

    it('is allowed for two part-time jobs', async () => {
      const person = await newPerson();
      for (const employer of ['Hotel Fjorden', 'Cafe Havnen'])
        expect(await record(person, { ...work, employer })).toMatchObject({ status: 201 });
    });
  });

  describe('withdrawn', () => {
    it('stays as history and frees its days', async () => {
      const person = await newPerson();
      const { id } = (await record(person, benefit)).body;
      expect(await withdraw(id)).toMatchObject({
        status: 201,
        body: { version: 2, withdrawnAt: expect.stringMatching(/^2026-11-23T09:/) },
      });
      expect((await factsOf(id)).at(-1)).toMatchObject({
        fact: 'spell.withdrawn',
        details: { kind: 'benefit', fromOn: '2027-01-01', toOn: '2027-03-31' },
      });
      expect(await record(person, { ...benefit, kind: 'self_supporting' })).toMatchObject({ status: 201 });
      const { items } = (await own().get(`/refugees/${person}/spells`)).body;
      expect(items).toHaveLength(2);
    });

    it('is withdrawn once, also when twenty do it at once', async () => {
      const { id } = (await record(await newPerson(), benefit)).body;
      const replies = await Promise.all(Array.from({ length: 20 }, () => withdraw(id)));
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(replies.find(({ status }) => status !== 201)).toMatchObject({
        status: 409,
        body: { code: 'spells.withdrawn' },
      });
    });
  });

  it('that follows from another record is not changed here', async () => {
    const person = await newPerson();
    const { id } = (await record(person, benefit)).body;
    const sourceId = randomUUID();
    await app.database.asOwner(`update spells set source_type = 'internship', source_id = $2 where id = $1`, [
      id,
      sourceId,
    ]);
    expect((await own().get(`/spells/${id}`)).body.source).toEqual({ type: 'internship', id: sourceId });
    for (const reply of [await change(id, { toOn: '2027-02-28' }), await withdraw(id)])
      expect(reply).toMatchObject({
        status: 409,
        body: { code: 'spells.of_another_record', sourceType: 'internship', sourceId },
      });
  });

  it('is listed with the others of the person, the latest first, a page at a time', async () => {
    const person = await newPerson();
    const list = async (query: string) => (await own().get(`/refugees/${person}/spells?${query}`)).body;
    expect(await list('')).toEqual({ items: [], nextCursor: null });
    for (const fromOn of ['2026-10-01', '2026-09-01', '2026-11-01'])
      await record(person, { ...work, fromOn });
    const days = ({ items }: { items: { fromOn: string }[] }) => items.map(({ fromOn }) => fromOn);
    const first = await list('limit=2');
    expect(days(first)).toEqual(['2026-11-01', '2026-10-01']);
    expect(days(await list(`limit=2&cursor=${first.nextCursor}`))).toEqual(['2026-09-01']);
    expect(days(await list('sort=fromOn&limit=1'))).toEqual(['2026-09-01']);
  });

  it('is closed to the other unit, to a grant, and to who does not work on the programme', async () => {
    const person = await newPerson();
    const { id } = (await record(person, work)).body;
    const tries = (who: ReturnType<Office['as']>, headers: Record<string, string> = {}) =>
      Promise.all([
        who.post(`/refugees/${person}/spells`, work, headers),
        who.patch(`/spells/${id}`, { toOn: null }, { ...headers, 'if-match': '"1"' }),
        who.post(`/spells/${id}/withdrawals`, undefined, headers),
        who.get(`/spells/${id}`, headers),
        who.get(`/refugees/${person}/spells`, headers),
      ]);
    const statuses = async (replies: ReturnType<typeof tries>) => (await replies).map(({ status }) => status);
    for (const role of ['caseworker', 'team_leader'] as const)
      expect(await statuses(tries(elsewhere.as(role)))).toEqual([404, 404, 404, 404, 404]);
    await office.grant(person, elsewhere.account('caseworker').id);
    expect(await statuses(tries(elsewhere.as('caseworker'), { purpose: 'cover' }))).toEqual([
      403, 403, 403, 200, 200,
    ]);
    expect(await statuses(tries(office.as('job_consultant')))).toEqual([403, 403, 403, 200, 200]);
  });

  /** A bare row, because many are needed. */
  async function aPersonOfTheOffice(): Promise<string> {
    const [{ id }] = await app.database.asOwner<{ id: string }>(
      `insert into refugees (id, unit_id, given_names, family_name, born_on, sex, nationality)
       values (uuidv7(), $1, 'A', 'B', '1990-01-01', 'female', 'ER') returning id`,
      [office.unit.id],
    );
    return id;
  }
});
