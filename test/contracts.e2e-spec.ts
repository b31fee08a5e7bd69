import { Office } from './factories/office.js';
import { aContract } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';

const RESTRICTED = '23001';

interface FactRow {
  fact: string;
  details: Record<string, unknown>;
}

describe('integration contracts', () => {
  let app: TestApp;
  let north: Office;
  let south: Office;
  let person: string;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock('2027-02-19T09:00:00Z');
    north = await Office.open(app);
    south = await Office.open(app);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    person = (await north.person()).id;
  });

  const caseworker = () => north.as('caseworker');
  const draft = (over: Record<string, unknown> = {}) =>
    caseworker().post(`/refugees/${person}/contracts`, { ...aContract(), ...over });
  const sign = (id: string, body: Record<string, unknown>) =>
    caseworker().post(`/contracts/${id}/signatures`, body);
  const revise = (id: string) => caseworker().post(`/contracts/${id}/revisions`);
  const listed = async () => (await caseworker().get(`/refugees/${person}/contracts`)).body.items;
  const factsOf = (id: string) =>
    app.database.asOwner<FactRow>(
      `select fact, details from timeline where subject_type = 'contract' and subject_id = $1 order by id`,
      [id],
    );
  const followUps = async () =>
    (await caseworker().get(`/refugees/${person}/follow-ups?limit=100`)).body.items.filter(
      ({ key }: { key: string }) => key === 'contract',
    );

  it('are drafted, changed, signed by one and the other, and then in force', async () => {
    const drafted = await draft();
    expect(drafted).toMatchObject({
      status: 201,
      body: {
        version: 1,
        state: 'draft',
        revisesId: null,
        revisionId: null,
        goals: [{ kind: 'employment', description: 'Work as a cook within a year', occupation: '5120' }],
        activities: [
          { kind: 'danish_course', fromOn: null, untilOn: null, hoursPerWeek: 9 },
          { kind: 'internship', fromOn: '2027-03-01', untilOn: '2027-05-31', hoursPerWeek: null },
        ],
        personSignedOn: null,
        municipalitySignedOn: null,
        signedOn: null,
      },
    });
    const { id } = drafted.body;
    const goals = [{ kind: 'education', description: 'An apprenticeship as a cook' }];
    const ifMatch = { 'if-match': drafted.headers.get('etag')! };
    expect(await caseworker().patch(`/contracts/${id}`, { goals }, ifMatch)).toMatchObject({
      status: 200,
      body: { version: 2, goals: [{ ...goals[0], occupation: null }], activities: drafted.body.activities },
    });
    expect(
      (await caseworker().patch(`/contracts/${id}`, { goals }, { 'if-match': '"2"' })).body.version,
    ).toBe(2);

    const declarationSignedOn = '2027-02-16';
    expect(await sign(id, { by: 'person', signedOn: '2027-02-17', declarationSignedOn })).toMatchObject({
      status: 201,
      body: { state: 'draft', personSignedOn: '2027-02-17', declarationSignedOn, signedOn: null },
    });
    expect(await followUps()).toMatchObject([{ state: 'open' }]);
    expect(await sign(id, { by: 'municipality' })).toMatchObject({
      status: 201,
      body: { state: 'in_force', version: 4, municipalitySignedOn: '2027-02-19', signedOn: '2027-02-19' },
    });
    expect(await followUps()).toMatchObject([{ state: 'done', endedBecause: 'contract.signed' }]);
    expect(await factsOf(id)).toEqual([
      { fact: 'contract.drafted', details: { revisesId: null, goals: 1, activities: 2 } },
      { fact: 'contract.changed', details: { fields: ['goals'], goals: 1, activities: 2 } },
      { fact: 'contract.signed_by_person', details: { signedOn: '2027-02-17', declarationSignedOn } },
      { fact: 'contract.signed', details: { signedOn: '2027-02-19' } },
      { fact: 'contract.signed_by_municipality', details: { signedOn: '2027-02-19' } },
    ]);
  });

  it('are signed on the later of both days, whoever comes first', async () => {
    const { id } = (await draft()).body;
    await sign(id, { by: 'municipality', signedOn: '2027-02-18' });
    expect((await sign(id, { by: 'person', signedOn: '2027-02-10' })).body.signedOn).toBe('2027-02-18');
  });

  it('are revised with history: the one in force is the one signed last', async () => {
    const first = await north.signedContract(person);
    const revision = await revise(first);
    expect(revision).toMatchObject({
      status: 201,
      body: { version: 1, state: 'draft', revisesId: first, goals: [{ occupation: '5120' }], signedOn: null },
    });
    expect(await listed()).toMatchObject([
      { id: revision.body.id, state: 'draft' },
      { id: first, state: 'in_force', revisionId: revision.body.id },
    ]);
    await sign(revision.body.id, { by: 'both' });
    expect((await factsOf(first)).at(-1)).toEqual({
      fact: 'contract.replaced',
      details: { contractId: revision.body.id },
    });
    const third = (await revise(revision.body.id)).body.id;
    expect((await listed()).map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      [third, 'draft'],
      [revision.body.id, 'in_force'],
      [first, 'replaced'],
    ]);
    expect(await revise(first)).toMatchObject({
      status: 409,
      body: { code: 'programme.contract_replaced', contract: `/api/v1/contracts/${revision.body.id}` },
    });
    expect(await revise(revision.body.id)).toMatchObject({
      status: 409,
      body: { code: 'programme.revision_open', contract: `/api/v1/contracts/${third}` },
    });
    expect(await followUps()).toMatchObject([{ state: 'done' }]);
  });

  it('withdraw a signature while the other has not signed, and the draft changes again', async () => {
    const { id } = (await draft()).body;
    await sign(id, { by: 'person', declarationSignedOn: '2027-02-10' });
    const change = (version: number) =>
      caseworker().patch(`/contracts/${id}`, { activities: [] }, { 'if-match': `"${version}"` });
    expect((await change(2)).body.code).toBe('programme.contract_half_signed');
    expect(await caseworker().delete(`/contracts/${id}/signatures`)).toMatchObject({
      status: 200,
      body: { version: 3, personSignedOn: null, declarationSignedOn: null },
    });
    expect(await change(3)).toMatchObject({ status: 200, body: { activities: [] } });
    expect((await factsOf(id)).at(-2)).toEqual({
      fact: 'contract.signature_withdrawn',
      details: { by: 'person' },
    });
  });

  it('are discarded while nobody has signed, and drafted anew', async () => {
    const { id } = (await draft()).body;
    expect((await caseworker().delete(`/contracts/${id}`, { 'if-match': '"7"' })).status).toBe(412);
    expect((await caseworker().delete(`/contracts/${id}`)).status).toBe(204);
    expect((await caseworker().get(`/contracts/${id}`)).status).toBe(404);
    expect(await followUps()).toMatchObject([
      { state: 'open', act: { href: `/api/v1/refugees/${person}/contracts` } },
    ]);
    expect((await factsOf(id)).at(-1)!.fact).toBe('contract.discarded');
    expect((await draft()).status).toBe(201);
  });

  describe('refuse', () => {
    it('who does not see the case, whose task it is not, and who did not read it', async () => {
      const { id } = (await draft()).body;
      const asks = (office: Office, role: Parameters<Office['as']>[0]) => [
        () => office.as(role).patch(`/contracts/${id}`, { activities: [] }, { 'if-match': '"1"' }),
        () => office.as(role).post(`/contracts/${id}/signatures`, { by: 'both' }),
        () => office.as(role).delete(`/contracts/${id}/signatures`),
        () => office.as(role).post(`/contracts/${id}/revisions`),
        () => office.as(role).delete(`/contracts/${id}`),
      ];
      for (const ask of asks(south, 'caseworker'))
        expect(await ask()).toMatchObject({ status: 404, body: { code: 'programme.no_such_contract' } });
      for (const ask of asks(north, 'coordinator')) expect((await ask()).status).toBe(403);
      expect((await caseworker().patch(`/contracts/${id}`, { activities: [] })).status).toBe(428);
      expect((await caseworker().patch(`/contracts/${id}`, {}, { 'if-match': '"2"' })).status).toBe(412);
      expect(
        (await caseworker().post(`/contracts/${id}/signatures`, { by: 'both' }, { 'if-match': '"2"' }))
          .status,
      ).toBe(412);
    });

    const goal = { kind: 'employment', description: 'Work' };
    const activity = { kind: 'course', description: 'Hygiene course' };
    it.each([
      ['no goals', { goals: [] }, 'goals', 'list'],
      ['eleven goals', { goals: Array.from({ length: 11 }, () => goal) }, 'goals', 'list'],
      ['a goal of an unknown kind', { goals: [{ ...goal, kind: 'happiness' }] }, 'goals[0].kind', 'one_of'],
      ['a goal without words', { goals: [{ kind: 'education' }] }, 'goals[0].description', 'text'],
      ['21 activities', { activities: Array.from({ length: 21 }, () => activity) }, 'activities', 'list'],
      ['the old free text', { activities: 'Danish' }, 'activities', 'list'],
      ['no such day', { activities: [{ ...activity, fromOn: '2027-02-30' }] }, 'activities[0].fromOn', 'day'],
      [
        'too much of a week',
        { activities: [{ ...activity, hoursPerWeek: 49 }] },
        'activities[0].hoursPerWeek',
        'whole',
      ],
    ])('a draft with %s', async (_, over, field, rule) => {
      const { status, body } = await draft(over);
      expect([status, body.errors[0]]).toMatchObject([400, { field, rule }]);
    });

    it('an occupation that is none, and an activity that ends before it begins', async () => {
      const { id } = (await draft()).body;
      const change = (over: Record<string, unknown>) =>
        caseworker().patch(`/contracts/${id}`, over, { 'if-match': '"1"' });
      expect(
        await change({
          goals: [
            { ...goal, occupation: '5' },
            { ...goal, occupation: '9999' },
          ],
        }),
      ).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'goals[1].occupation', rule: 'known' }] },
      });
      const backwards = { ...activity, fromOn: '2027-03-02', untilOn: '2027-03-01' };
      expect(await change({ activities: [activity, backwards] })).toMatchObject({
        status: 422,
        body: {
          code: 'programme.activity_ends_before_it_begins',
          errors: [{ field: 'activities[1].untilOn', rule: 'not_before_it_begins' }],
        },
      });
      expect((await factsOf(id)).map(({ fact }) => fact)).toEqual(['contract.drafted']);
    });

    it('a signature of nobody, of a day to come, and one before the contract it revises', async () => {
      const { id } = (await draft()).body;
      expect((await sign(id, {})).body.errors).toMatchObject([{ field: 'by', rule: 'one_of' }]);
      expect(await sign(id, { by: 'municipality', declarationSignedOn: '2027-02-10' })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'declarationSignedOn', rule: 'with_the_person' }] },
      });
      for (const days of [{ signedOn: '2027-02-20' }, { declarationSignedOn: '2027-02-20' }])
        expect(await sign(id, { by: 'both', ...days })).toMatchObject({
          status: 422,
          body: { code: 'programme.signed_in_future', today: '2027-02-19' },
        });
      expect(await sign(id, { by: 'both', signedOn: '1927-02-18' })).toMatchObject({
        status: 422,
        body: { code: 'programme.before_the_case' },
      });
      await sign(id, { by: 'both', signedOn: '2027-02-18' });
      const { body: revision } = await revise(id);
      expect(await sign(revision.id, { by: 'both', signedOn: '2027-02-17' })).toMatchObject({
        status: 422,
        body: { code: 'programme.signed_before_the_one_it_revises', revisedSignedOn: '2027-02-18' },
      });
      expect((await sign(revision.id, { by: 'both', signedOn: '2027-02-18' })).status).toBe(201);
    });
  });

  describe('at once', () => {
    const statuses = (replies: { status: number }[]) => replies.map(({ status }) => status).toSorted();

    it('are signed once by each of two who sign for both', async () => {
      const { id } = (await draft()).body;
      expect(statuses(await Promise.all([1, 2, 3, 4].map(() => sign(id, { by: 'both' }))))).toEqual([
        201, 409, 409, 409,
      ]);
      expect((await factsOf(id)).filter(({ fact }) => fact === 'contract.signed')).toHaveLength(1);
    });

    it('are signed by the person and by the municipality', async () => {
      const { id } = (await draft()).body;
      const signed = ['person', 'municipality'].map((by) => sign(id, { by }));
      expect(statuses(await Promise.all(signed))).toEqual([201, 201]);
      expect((await listed())[0]).toMatchObject({ state: 'in_force', version: 3 });
      expect((await factsOf(id)).filter(({ fact }) => fact === 'contract.signed')).toHaveLength(1);
    });

    it('are revised by one of many', async () => {
      const id = await north.signedContract(person);
      expect(statuses(await Promise.all([1, 2, 3, 4].map(() => revise(id))))).toEqual([201, 409, 409, 409]);
      expect(await listed()).toHaveLength(2);
    });

    it('are signed as they were read, or changed: never both', async () => {
      const { id } = (await draft()).body;
      const [signed, changed, discarded] = await Promise.all([
        caseworker().post(`/contracts/${id}/signatures`, { by: 'both' }, { 'if-match': '"1"' }),
        caseworker().patch(`/contracts/${id}`, { activities: [] }, { 'if-match': '"1"' }),
        caseworker().delete(`/contracts/${id}`, { 'if-match': '"1"' }),
      ]);
      expect([signed, changed, discarded].filter(({ status }) => status < 300)).toHaveLength(1);
      for (const { status } of [signed, changed, discarded])
        expect([200, 201, 204, 404, 412]).toContain(status);
    });
  });

  describe('by whatever way they are written', () => {
    const asApp = (statement: string, id: string) => app.database.asApp(statement, [id]);

    it('keep what both have signed', async () => {
      const id = await north.signedContract(person);
      for (const statement of [
        `update integration_contracts set goals = '[{}]' where id = $1`,
        `update integration_contracts set person_signed_on = null, municipality_signed_on = null, municipality_signed_by = null, signed_on = null where id = $1`,
        `delete from integration_contracts where id = $1`,
      ])
        await expect(asApp(statement, id)).rejects.toMatchObject({
          code: RESTRICTED,
          constraint: 'integration_contracts_frozen',
        });
    });

    it('keep what one has signed until the signature is withdrawn', async () => {
      const { id } = (await draft()).body;
      await sign(id, { by: 'person' });
      for (const statement of [
        `update integration_contracts set goals = '[{}]' where id = $1`,
        `update integration_contracts set activities = '[]', person_signed_on = null where id = $1`,
        `delete from integration_contracts where id = $1`,
      ])
        await expect(asApp(statement, id)).rejects.toMatchObject({
          code: RESTRICTED,
          constraint: 'integration_contracts_half_signed',
        });
      await asApp('update integration_contracts set person_signed_on = null where id = $1', id);
      await asApp(`update integration_contracts set activities = '[]' where id = $1`, id);
    });

    it('are one chain: one first, one revision of each, one draft', async () => {
      const first = await north.signedContract(person);
      const copy = (revises: string) => `
        insert into integration_contracts (id, refugee_id, goals, activities, revises_id)
        select uuidv7(), refugee_id, goals, activities, ${revises} from integration_contracts where id = $1`;
      await expect(asApp(copy('null'), first)).rejects.toMatchObject({
        constraint: 'integration_contracts_one_first',
      });
      const second = (await revise(first)).body.id;
      await expect(asApp(copy('id'), second)).rejects.toMatchObject({
        constraint: 'integration_contracts_one_draft',
      });
      await sign(second, { by: 'both' });
      await expect(asApp(copy('id'), first)).rejects.toMatchObject({
        constraint: 'integration_contracts_one_revision',
      });
      const stranger = (await north.person()).id;
      await expect(
        app.database.asApp(
          `insert into integration_contracts (id, refugee_id, goals, activities, revises_id)
           select uuidv7(), $2, goals, activities, id from integration_contracts where id = $1`,
          [second, stranger],
        ),
      ).rejects.toMatchObject({ constraint: 'integration_contracts_revises' });
    });

    it('are signed when both have, not before, not after, not by nobody', async () => {
      const { id } = (await draft()).body;
      for (const [set, constraint] of [
        [`signed_on = '2027-02-15'`, 'integration_contracts_signed_by_both'],
        [`municipality_signed_on = '2027-02-15'`, 'integration_contracts_signed_for_municipality'],
        [`declaration_signed_on = '2027-02-15'`, 'integration_contracts_declared'],
        [`goals = '[]'`, 'integration_contracts_goals'],
      ])
        await expect(
          asApp(`update integration_contracts set ${set} where id = $1`, id),
        ).rejects.toMatchObject({
          constraint,
        });
    });
  });
});
