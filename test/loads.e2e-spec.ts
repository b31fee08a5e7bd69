import { register } from './factories/refugees.js';
import { leaderIsAway, makeAccount, makeUnit, type TestAccount, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

/** Taken over on Monday 1 February 2027; the contract is to be signed by Monday 1 March 2027. */
const ALLOCATED = { permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-12-01' } };
const NOTHING = { open: 0, dueThisWeek: 0, overdue: 0, snoozed: 0, unreadReminders: 0, cases: 0 };

interface Load {
  person: { id: string; name: string; role: string; closed: boolean } | null;
  open: number;
  dueThisWeek: number;
  overdue: number;
  snoozed: number;
  unreadReminders: number;
  cases: number;
}

describe('the load of a unit', () => {
  let app: TestApp;
  let north: TestUnit;
  let south: TestUnit;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    await app.moveClock('2027-02-15T09:00:00Z');
    [north, south] = [await makeUnit(app.database), await makeUnit(app.database)];
  });

  const loadOf = async (unit: TestUnit, reader = unit.leader): Promise<Load[]> => {
    const { status, body } = await app.as(reader).get(`/units/${unit.id}/load`);
    expect(status).toBe(200);
    return body.items;
  };
  const figures = (items: Load[], account: TestAccount | null) => {
    const found = items.filter(({ person }) => (person?.id ?? null) === (account?.id ?? null));
    expect(found).toHaveLength(1);
    const { person: _, ...rest } = found[0];
    return rest;
  };
  const assign = async (id: string, unit: TestUnit, staff: TestAccount) =>
    expect(
      (await app.as(unit.leader).put(`/refugees/${id}/team/${staff.role}`, { staffId: staff.id })).status,
    ).toBe(204);
  const caseOf = async (unit: TestUnit, caseworker?: TestAccount): Promise<string> => {
    const { id } = await register(app, unit.jobConsultant, ALLOCATED);
    if (caseworker) await assign(id, unit, caseworker);
    // one follow-up a case is enough to count by
    await app.database.asOwner(
      `update follow_ups set state = 'cancelled', ended_at = clock_now() where refugee_id = $1 and key <> 'contract'`,
      [id],
    );
    return id;
  };
  const change = (refugeeId: string, set: string) =>
    app.database.asOwner(`update follow_ups set ${set} where refugee_id = $1 and state = 'open'`, [
      refugeeId,
    ]);

  it('has a row for every colleague who works on cases, and one for nobody', async () => {
    await makeAccount(app.database, north.id, 'analyst');
    const items = await loadOf(north);
    expect(items.map(({ person }) => person?.id ?? null)).toEqual([
      ...[north.caseworker, north.coordinator, north.jobConsultant, north.leader]
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ id }) => id),
      null,
    ]);
    for (const { person: _, ...rest } of items) expect(rest).toEqual(NOTHING);
  });

  it('counts what is open by whose it is, and the cases of whoever is on a team', async () => {
    for (let i = 0; i < 2; i++) await caseOf(north, north.caseworker);
    await caseOf(north);
    const items = await loadOf(north);
    expect(figures(items, north.caseworker)).toEqual({ ...NOTHING, open: 2, cases: 2 });
    expect(figures(items, north.jobConsultant)).toEqual({ ...NOTHING, cases: 3 });
    // stands in where nobody is caseworker, and is on no team
    expect(figures(items, north.leader)).toEqual({ ...NOTHING, open: 1 });
    expect(figures(items, null)).toEqual(NOTHING);
  });

  it.each([
    ['2027-02-22T22:59:59Z', 'not due for more than a week', { dueThisWeek: 0, overdue: 0 }],
    ['2027-02-22T23:00:01Z', 'due on the seventh day counted from today', { dueThisWeek: 1, overdue: 0 }],
    ['2027-03-01T22:59:59Z', 'due today', { dueThisWeek: 1, overdue: 0 }],
    ['2027-03-01T23:00:01Z', 'overdue since midnight in Copenhagen', { dueThisWeek: 0, overdue: 1 }],
  ])('at %s is %s', async (instant, _, expected) => {
    await caseOf(north, north.caseworker);
    await app.moveClock(instant);
    expect(figures(await loadOf(north), north.caseworker)).toMatchObject({ open: 1, ...expected });
  });

  it('leaves out what is suspended or has ended, and says what is put off', async () => {
    const [suspended, ended, snoozed] = [
      await caseOf(north, north.caseworker),
      await caseOf(north, north.caseworker),
      await caseOf(north, north.caseworker),
    ];
    await change(suspended, 'suspended = true');
    await change(ended, `state = 'cancelled', ended_at = clock_now()`);
    await change(snoozed, `snoozed_until = '2027-02-16'`);
    expect(figures(await loadOf(north), north.caseworker)).toMatchObject({ open: 1, snoozed: 1, cases: 3 });
    await app.moveClock('2027-02-16T09:00:00Z');
    expect(figures(await loadOf(north), north.caseworker)).toMatchObject({ open: 1, snoozed: 0 });
  });

  it('counts reminders that were sent in the program and not read, of what is still open', async () => {
    const [open, ended] = [await caseOf(north, north.caseworker), await caseOf(north, north.caseworker)];
    await app.database.asOwner(
      `insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at, state, read_at)
       select f.id, r.step, $2, r.channel, '2027-01-01', clock_now(), r.state, r.read_at
       from follow_ups f, (values ('target', 'in_app', 'sent', null::timestamptz), ('deputy', 'in_app', 'sent', clock_now()),
         ('leader', 'in_app', 'planned', null), ('given', 'email', 'sent', null)) as r(step, channel, state, read_at)
       where f.refugee_id = any($1) and f.state = 'open'`,
      [[open, ended], north.caseworker.id],
    );
    expect(figures(await loadOf(north), north.caseworker).unreadReminders).toBe(2);
    await change(ended, `state = 'cancelled', ended_at = clock_now()`);
    expect(figures(await loadOf(north), north.caseworker).unreadReminders).toBe(1);
  });

  it('counts only cases of the unit, whoever works on them', async () => {
    // a colleague of the other unit helps out here, and one of ours there
    const here = await caseOf(north, south.caseworker);
    const elsewhere = await caseOf(south, north.caseworker);
    await app.database.asOwner('update units set leader_id = $2 where id = $1', [south.id, north.leader.id]);
    const items = await loadOf(north);
    expect(figures(items, south.caseworker)).toEqual({ ...NOTHING, open: 1, cases: 1 });
    expect(figures(items, north.caseworker)).toEqual(NOTHING);
    const there = await loadOf(south, north.leader);
    expect(figures(there, north.caseworker)).toEqual({ ...NOTHING, open: 1, cases: 1 });
    for (const [unit, id] of [
      [north, here],
      [south, elsewhere],
    ] as const) {
      const { body } = await app.as(north.leader).get(`/units/${unit.id}/follow-ups`);
      expect(body.items).toMatchObject([{ refugee: { id } }]);
    }
    expect((await app.as(south.leader).get(`/units/${south.id}/load`)).status).toBe(404);
  });

  it('shows what still lies with a closed account, and what is nobody’s', async () => {
    const id = await caseOf(north, north.caseworker);
    await app.database.asOwner('update staff_accounts set disabled_at = clock_now() where id = any($1)', [
      [north.caseworker.id, north.coordinator.id],
    ]);
    await change(id, 'owner_id = null');
    await app.database.asOwner(
      'update case_team set until_on = from_on where refugee_id = $1 and role = $2',
      [id, 'job_consultant'],
    );
    const items = await loadOf(north);
    expect(items.find(({ person }) => person?.id === north.caseworker.id)).toMatchObject({
      person: { closed: true, role: 'caseworker' },
      open: 0,
      cases: 1,
    });
    expect(items.some(({ person }) => person?.id === north.coordinator.id)).toBe(false);
    expect(figures(items, null)).toEqual({ ...NOTHING, open: 1 });
    await app.database.asOwner('update case_team set until_on = from_on where refugee_id = $1', [id]);
    expect(figures(await loadOf(north), null)).toEqual({ ...NOTHING, open: 1, cases: 1 });
  });

  it('is for who leads the unit', async () => {
    const beside = await makeAccount(app.database, north.id, 'team_leader');
    for (const path of ['load', 'follow-ups']) {
      for (const [who, expected] of [
        [south.leader, 404],
        [beside, 404],
        [north.caseworker, 403],
        [north.leader, 200],
      ] as const)
        expect((await app.as(who).get(`/units/${north.id}/${path}`)).status).toBe(expected);
      expect((await app.as(north.leader).get(`/units/no-id/${path}`)).status).toBe(400);
      expect((await app.as(north.leader).get(`/units/${north.caseworker.id}/${path}`)).body.code).toBe(
        'staff.unit_not_led',
      );
    }
    expect((await app.anonymous.get(`/units/${north.id}/load`)).status).toBe(401);
  });

  it('is for the deputy of the leader, on the days the leader is away', async () => {
    await caseOf(north, north.caseworker);
    await leaderIsAway(app, north, south.leader, '2027-02-16', '2027-02-17');
    const statuses = async () => {
      const client = app.as(south.leader);
      const load = await client.get(`/units/${north.id}/load`);
      const list = await client.get(`/units/${north.id}/follow-ups`);
      return [load.status, list.status, load.body.items?.length ?? 0, list.body.items?.length ?? 0];
    };
    for (const [instant, expected] of [
      ['2027-02-15T22:59:30Z', [404, 404, 0, 0]],
      ['2027-02-15T23:00:30Z', [200, 200, 5, 1]],
      ['2027-02-17T22:59:30Z', [200, 200, 5, 1]],
      ['2027-02-17T23:00:30Z', [404, 404, 0, 0]],
    ] as const) {
      await app.moveClock(instant);
      expect({ instant, statuses: await statuses() }).toEqual({ instant, statuses: expected });
    }
  });

  describe('the follow-ups behind it', () => {
    const list = async (query: string, reader = north.leader) =>
      (await app.as(reader).get(`/units/${north.id}/follow-ups?limit=100${query}`)).body.items as {
        id: string;
        ownerId: string | null;
        actBy: string;
        refugee: { id: string };
      }[];

    it('are as many as each figure says, for everybody', async () => {
      const cases = [];
      for (const owner of [north.caseworker, north.caseworker, north.caseworker, south.caseworker, undefined])
        cases.push(await caseOf(north, owner));
      await caseOf(south, north.caseworker);
      await change(cases[0], `act_by = '2027-02-14'`);
      await change(cases[1], `act_by = '2027-02-20', snoozed_until = '2027-02-20'`);
      await change(cases[2], 'owner_id = null');
      await change(cases[4], 'suspended = true');
      const items = await loadOf(north);
      const counted = await Promise.all(
        items.map(async ({ person }) => {
          const whose = person ? `&ownerId=${person.id}` : '&unowned=true';
          const count = async (filter: string) => (await list(whose + filter)).length;
          return {
            open: await count(''),
            dueThisWeek: await count('&dueThisWeek=true'),
            overdue: await count('&overdue=true'),
            snoozed: await count('&snoozed=true'),
          };
        }),
      );
      expect(counted).toEqual(
        items.map(({ open, dueThisWeek, overdue, snoozed }) => ({ open, dueThisWeek, overdue, snoozed })),
      );
      expect(figures(items, north.caseworker)).toMatchObject({
        open: 2,
        dueThisWeek: 1,
        overdue: 1,
        snoozed: 1,
      });
      expect(await list('&unowned=false')).toHaveLength(3);
      expect(await list('&overdue=false&unowned=false')).toHaveLength(2);
    });

    it('come by the last day to act, page by page, with the person and whose they are', async () => {
      const ids = [];
      for (const day of ['2027-02-18', '2027-02-16', '2027-02-17']) {
        ids.push(await caseOf(north, north.caseworker));
        await change(ids.at(-1)!, `act_by = '${day}'`);
      }
      const client = app.as(north.leader);
      const seen = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const address = `/units/${north.id}/follow-ups?limit=2${cursor && `&cursor=${cursor}`}`;
        const { body } = await client.get(address);
        seen.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(seen).toMatchObject(
        [ids[1], ids[2], ids[0]].map((id) => ({
          refugee: { id, name: 'Selam Tesfay' },
          ownerId: north.caseworker.id,
          key: 'contract',
        })),
      );
      expect((await list('&sort=-actBy')).map(({ actBy }) => actBy)).toEqual([
        '2027-02-18',
        '2027-02-17',
        '2027-02-16',
      ]);
    });

    it('are in the read log, the figures are not', async () => {
      const id = await caseOf(north, north.caseworker);
      const reads = () =>
        app.database.asOwner(
          'select what, purpose from read_log where $1 = any(person_ids) and actor_id = $2',
          [id, north.leader.id],
        );
      await loadOf(north);
      expect(await reads()).toEqual([]);
      await list('');
      expect(await reads()).toEqual([{ what: 'unit_follow_ups.list', purpose: 'supervision' }]);
    });

    it('refuse what they do not know', async () => {
      const client = app.as(north.leader);
      for (const query of [
        'overdue=yes',
        'ownerId=me',
        'sort=name',
        'state=open',
        'overdue=true&overdue=true',
      ])
        expect((await client.get(`/units/${north.id}/follow-ups?${query}`)).status).toBe(400);
    });
  });
});
