import { Office } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';

describe('talks', () => {
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
  const record = async (person: string, body: object) => own().post(`/refugees/${person}/talks`, body);
  const end = async (id: string, body: object) => own().post(`/talks/${id}/outcomes`, body);
  const factsOf = (id: string) =>
    app.database.asOwner<{ fact: string; case_ids: string[]; details: object }>(
      `select fact, case_ids, details from timeline where subject_type = 'talk' and subject_id = $1 order by id`,
      [id],
    );
  const planned = { plannedAt: '2026-11-19T09:30:00+01:00', form: 'in_person' };

  it('goes from planned to held to corrected', async () => {
    const person = await newPerson();
    const made = await record(person, planned);
    expect(made).toMatchObject({ status: 201 });
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.body).toEqual({
      id: expect.any(String),
      version: 1,
      refugeeId: person,
      state: 'planned',
      plannedAt: '2026-11-19T08:30:00.000Z',
      heldOn: null,
      form: 'in_person',
      summary: null,
      cancelledBecause: null,
    });
    const { id } = made.body;
    const moved = await own().patch(
      `/talks/${id}`,
      { plannedAt: '2026-11-20T08:30:00Z' },
      { 'if-match': '"1"' },
    );
    expect(moved).toMatchObject({ status: 200, body: { version: 2, plannedAt: '2026-11-20T08:30:00.000Z' } });
    const held = await end(id, { outcome: 'held', heldOn: '2026-11-20', form: 'video', summary: 'Cooks' });
    expect(held).toMatchObject({
      status: 201,
      body: { version: 3, state: 'held', heldOn: '2026-11-20', form: 'video', summary: 'Cooks' },
    });
    const correction = { heldOn: '2026-11-21', summary: null };
    expect(await own().patch(`/talks/${id}`, correction)).toMatchObject({ status: 428 });
    expect(await own().patch(`/talks/${id}`, correction, { 'if-match': '"2"' })).toMatchObject({
      status: 412,
    });
    expect(await own().patch(`/talks/${id}`, correction, { 'if-match': '"3"' })).toMatchObject({
      status: 200,
      body: { version: 4, heldOn: '2026-11-21', summary: null },
    });
    // Nothing new: nothing happens.
    expect(await own().patch(`/talks/${id}`, correction, { 'if-match': '"4"' })).toMatchObject({
      body: { version: 4 },
    });
    const case_ids = [person];
    expect(await factsOf(id)).toEqual([
      {
        fact: 'talk.planned',
        case_ids,
        details: { plannedAt: '2026-11-19T08:30:00.000Z', form: 'in_person' },
      },
      { fact: 'talk.corrected', case_ids, details: { fields: ['plannedAt'] } },
      { fact: 'talk.held', case_ids, details: { heldOn: '2026-11-20', form: 'video' } },
      { fact: 'talk.corrected', case_ids, details: { fields: ['heldOn', 'summary'] } },
    ]);
    expect((await office.as('job_consultant').get(`/talks/${id}`)).body).toMatchObject({ id, state: 'held' });
  });

  it('can be recorded as held at once, and taken back', async () => {
    const { status, body } = await record(await newPerson(), { heldOn: '2026-11-23', form: 'phone' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { state: 'held', plannedAt: null, heldOn: '2026-11-23' },
    });
    expect(await end(body.id, { outcome: 'cancelled', reason: 'recorded_by_mistake' })).toMatchObject({
      status: 201,
      body: { state: 'cancelled', heldOn: '2026-11-23', cancelledBecause: 'recorded_by_mistake' },
    });
    expect((await factsOf(body.id)).map(({ fact, details }) => [fact, details])).toEqual([
      ['talk.held', { heldOn: '2026-11-23', form: 'phone' }],
      ['talk.cancelled', { because: 'recorded_by_mistake' }],
    ]);
  });

  it('can be missed', async () => {
    const { body } = await record(await newPerson(), planned);
    expect(await end(body.id, { outcome: 'not_shown' })).toMatchObject({
      status: 201,
      body: { state: 'not_shown', heldOn: null },
    });
    expect((await factsOf(body.id)).at(-1)).toMatchObject({ fact: 'talk.not_shown', details: {} });
  });

  it('cannot have been held or missed before its day has come', async () => {
    const person = await newPerson();
    const no = { status: 422, body: { code: 'talks.not_come_yet', today: '2026-11-23' } };
    expect(await record(person, { heldOn: '2026-11-24', form: 'phone' })).toMatchObject(no);
    const later = (await record(person, { ...planned, plannedAt: '2026-11-23T09:30:00Z' })).body;
    const held = (await record(person, { heldOn: '2026-11-23', form: 'phone' })).body;
    expect(await end(later.id, { outcome: 'held', heldOn: '2026-11-24' })).toMatchObject(no);
    expect(await end(later.id, { outcome: 'not_shown' })).toMatchObject(no);
    expect(
      await own().patch(`/talks/${held.id}`, { heldOn: '2026-11-24' }, { 'if-match': '"1"' }),
    ).toMatchObject(no);
    await app.moveClock('2026-11-23T09:31:00Z');
    expect(await end(later.id, { outcome: 'not_shown' })).toMatchObject({ status: 201 });
    await app.moveClock('2026-11-23T09:00:00Z');
  });

  it('ends once, also when twenty say so at once', async () => {
    const { body } = await record(await newPerson(), planned);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        end(body.id, i % 2 ? { outcome: 'not_shown' } : { outcome: 'held', heldOn: '2026-11-19' }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 409),
    ]);
    expect(await factsOf(body.id)).toHaveLength(2);
  });

  it('is listed with the others of the person by day, a page at a time', async () => {
    const person = await newPerson();
    const list = async (query: string) => (await own().get(`/refugees/${person}/talks?${query}`)).body;
    expect(await list('')).toEqual({ items: [], nextCursor: null });
    for (const heldOn of ['2026-11-02', '2026-10-02', '2026-09-02'])
      await record(person, { heldOn, form: 'phone' });
    // In Copenhagen both are on 2 December, so what was recorded last comes first.
    for (const plannedAt of ['2026-12-02T08:00:00Z', '2026-12-01T23:30:00Z'])
      await record(person, { plannedAt, form: 'phone' });
    const days = ({ items }: { items: { heldOn: string | null; plannedAt: string | null }[] }) =>
      items.map(({ heldOn, plannedAt }) => heldOn ?? plannedAt);
    const first = await list('limit=3');
    expect(days(first)).toEqual(['2026-12-01T23:30:00.000Z', '2026-12-02T08:00:00.000Z', '2026-11-02']);
    expect(days(await list(`limit=3&cursor=${first.nextCursor}`))).toEqual(['2026-10-02', '2026-09-02']);
    expect(days(await list('sort=onDay&limit=1'))).toEqual(['2026-09-02']);
  });

  it('is closed to the other unit, to a grant, and to who does not work on the programme', async () => {
    const person = await newPerson();
    const { id } = (await record(person, planned)).body;
    const change = { plannedAt: '2026-11-20T08:30:00Z' };
    const tries = (who: ReturnType<Office['as']>, headers: Record<string, string> = {}) =>
      Promise.all([
        who.post(`/refugees/${person}/talks`, planned, headers),
        who.patch(`/talks/${id}`, change, { ...headers, 'if-match': '"1"' }),
        who.post(`/talks/${id}/outcomes`, { outcome: 'not_shown' }, headers),
        who.get(`/talks/${id}`, headers),
        who.get(`/refugees/${person}/talks`, headers),
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

  it.each([
    ['neither planned nor held', { form: 'phone' }, 'plannedAt needed_for'],
    ['planned with a summary', { ...planned, summary: 'x' }, 'summary not_for'],
    ['without a form', { heldOn: '2026-11-02' }, 'form one_of'],
    ['in a form of its own', { heldOn: '2026-11-02', form: 'letter' }, 'form one_of'],
    ['at a time without a zone', { ...planned, plannedAt: '2026-11-19T09:30:00' }, 'plannedAt instant'],
    ['on 30 February', { ...planned, plannedAt: '2026-02-30T09:30:00Z' }, 'plannedAt instant'],
    ['at 24 o’clock', { ...planned, plannedAt: '2026-11-19T24:00:00Z' }, 'plannedAt instant'],
    ['on a day that is none', { heldOn: '2026-02-30', form: 'phone' }, 'heldOn day'],
  ])('is refused %s', async (_, body, expected) => {
    const reply = await record(await newPerson(), body);
    expect(reply.status).toBe(400);
    expect(
      reply.body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`),
    ).toEqual([expected]);
  });

  it.each([
    ['held without a day', { outcome: 'held' }, 'heldOn needed_for'],
    ['not shown, with a summary', { outcome: 'not_shown', summary: 'x' }, 'summary not_for'],
    ['cancelled without a reason', { outcome: 'cancelled' }, 'reason needed_for'],
    ['planned again', { outcome: 'planned' }, 'outcome one_of'],
  ])('cannot end %s', async (_, body, expected) => {
    const talk = await office.talk(await newPerson());
    const reply = await end(talk.id, body);
    expect(reply.status).toBe(400);
    expect(
      reply.body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`),
    ).toEqual([expected]);
  });
});
