import { TakeoversService } from '../src/refugees/takeovers.service.js';
import { register } from './factories/refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

describe('legislation', () => {
  let app: TestApp;
  let north: TestUnit;
  let administrator: TestAccount;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    administrator = await makeAccount(app.database, north.id, 'administrator');
  });
  afterAll(() => app.close());

  const aRule = (over: Record<string, unknown>) => ({
    legalBasis: 'Test Act § 1',
    source: 'test',
    confidence: 'L',
    ...over,
  });
  const takeover = (act: string, decidedOn: string) =>
    app.as(north.caseworker).get(`/legislation/takeover-day?act=${act}&decidedOn=${decidedOn}`);
  const rowsOf = async (key: string) => {
    const { items } = (await app.as(administrator).get(`/legislation/rules?key=${key}&limit=100`)).body;
    return items
      .map(({ value, validFrom, validTo }: Record<string, unknown>) => [value, validFrom, validTo])
      .sort((a: string[], b: string[]) => (a[1] < b[1] ? -1 : 1));
  };

  it.each([
    ['integration', '2019-01-15', '2019-03-01', 'takeover.rule'],
    ['integration', '2026-11-03', '2027-01-04', 'takeover.rule'],
    ['ukraine', '2024-04-01', '2024-04-22', 'takeover.ukraine'],
  ])(
    'gives the takeover day by the %s act for a decision on %s, and its rule',
    async (act, decidedOn, takeoverOn, key) => {
      const reply = await takeover(act, decidedOn);
      expect(reply).toMatchObject({ status: 200, body: { takeoverOn, rules: [{ key, operator: 'eq' }] } });
      expect(Object.keys(reply.body.rules[0]).sort()).toEqual(
        [
          'confidence',
          'id',
          'key',
          'legalBasis',
          'operator',
          'source',
          'unit',
          'validFrom',
          'validTo',
          'value',
        ].sort(),
      );
    },
  );

  it('refuses a day no rule covers, and a shape that is none', async () => {
    expect(await takeover('integration', '2016-06-30')).toMatchObject({
      status: 422,
      body: { code: 'legislation.no_rule_on_date' },
    });
    expect(await takeover('ukraine', '2022-03-16')).toMatchObject({ status: 422 });
    expect(await takeover('danish', '2026-02-30')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'act' }, { field: 'decidedOn' }] },
    });
  });

  it('adds a row without a release: the open one ends the day before, and cases it selects move', async () => {
    const { id } = await register(app, north.jobConsultant, {
      permit: { basis: 'ukraine_act' },
      allocation: { decidedOn: '2027-03-01' },
    });
    const reply = await app
      .as(administrator)
      .post('/legislation/rules', aRule({ key: 'takeover.ukraine', value: 20, validFrom: '2027-01-01' }));
    expect(reply).toMatchObject({
      status: 201,
      body: { value: 20, unit: 'weekdays', validFrom: '2027-01-01', validTo: null },
    });
    expect(await rowsOf('takeover.ukraine')).toEqual([
      [4, '2022-03-17', '2024-03-31'],
      [15, '2024-04-01', '2026-12-31'],
      [20, '2027-01-01', null],
    ]);
    await app.app.get(TakeoversService).sweep();
    expect((await app.as(north.jobConsultant).get(`/refugees/${id}`)).body.takeoverOn).toBe('2027-04-01');
  });

  it('lets the earlier value go on after a rule that holds for a while', async () => {
    await app
      .as(administrator)
      .post(
        '/legislation/rules',
        aRule({ key: 'offer.first_target', value: 28, validFrom: '2027-01-01', validTo: '2027-06-30' }),
      );
    expect((await rowsOf('offer.first_target')).slice(-3)).toEqual([
      [14, '2016-07-01', '2026-12-31'],
      [28, '2027-01-01', '2027-06-30'],
      [14, '2027-07-01', null],
    ]);
  });

  it.each([
    [
      'an unknown key',
      { key: 'takeover.nowhere', value: 1, validFrom: '2027-01-01' },
      422,
      'legislation.unknown_key',
    ],
    [
      'another kind of value',
      { key: 'contract.deadline', value: 'soon', validFrom: '2027-01-01' },
      422,
      'legislation.unlike_predecessor',
    ],
    [
      'an end before the start',
      { key: 'contract.deadline', value: 2, validFrom: '2027-02-01', validTo: '2027-01-01' },
      422,
      'legislation.ends_before_it_starts',
    ],
    [
      'days another row has',
      { key: 'takeover.ukraine', value: 9, validFrom: '2023-01-01' },
      409,
      'legislation.overlaps',
    ],
  ])('refuses %s', async (_, rule, status, code) => {
    expect(await app.as(administrator).post('/legislation/rules', aRule(rule))).toMatchObject({
      status,
      body: { code },
    });
  });

  it('lets only one of two who add the same rule at once', async () => {
    const add = () =>
      app
        .as(administrator)
        .post('/legislation/rules', aRule({ key: 'contract.deadline', value: 2, validFrom: '2028-01-01' }));
    const replies = await Promise.all([add(), add(), add(), add()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('is read by every account and written by the administrator only', async () => {
    expect((await app.as(north.coordinator).get('/legislation/rules?on=2026-11-22')).status).toBe(200);
    expect((await app.as(north.leader).post('/legislation/rules', {})).status).toBe(403);
    expect((await app.anonymous.get('/legislation/rules')).status).toBe(401);
  });
});
