import { seedScale } from '../bench/scale/seeding.js';
import { TakeoversService } from '../src/refugees/takeovers.service.js';
import { EscalationService } from '../src/reminders/escalation.service.js';
import { StalePlansService } from '../src/reminders/stale-plans.service.js';
import type { TestAccount } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';

const PERSONS = 300;
/** Every n-th is looked at. */
const SAMPLE = 11;

interface Seen {
  id: string;
  cpr: boolean;
  caseworker: TestAccount;
}

/** A seeded person and whoever has their case today: the caseworker, or who registered them. */
const SEEN = `
  select r.id,
         exists (select from refugee_identifiers i where i.refugee_id = r.id and i.system = 'cpr') as cpr,
         (select json_build_object('id', a.id, 'role', a.role, 'unitId', a.unit_id)
          from case_team t join staff_accounts a on a.id = t.staff_id
          where t.refugee_id = r.id and t.until_on is null order by t.role limit 1) as caseworker
  from refugees r order by r.id`;

const PLANNED = `
  select f.*, (select json_agg(r.* order by r.id) from reminders r where r.follow_up_id = f.id) as reminders,
         (select json_agg(m.* order by m.id) from follow_up_moves m where m.follow_up_id = f.id) as moves
  from follow_ups f order by f.id`;

const NEXT_CHANGES = 'select subject_id, stale, again_on from plans order by subject_id';

/** What the duties rest on, and every kind of follow-up and end that there is to be of them. */
const VARIETY = `
  select (select array_agg(distinct kind order by kind) from spells) as spells,
         (select array_agg(distinct state order by state) from talks) as talks,
         (select array_agg(distinct key order by key) from follow_ups) as keys,
         (select array_agg(distinct state order by state) from follow_ups) as states,
         (select array_agg(distinct channel order by channel) from reminders) as channels,
         (select count(*) > 0 from visitations) as visited,
         (select count(*) > 0 from follow_up_moves) as moved`;

describe('a municipality seeded for the bench', () => {
  let app: TestApp;
  let everybody: Seen[];
  const rows = <Row>(statement: string): Promise<Row[]> => app.database.asOwner<Row>(statement);
  const seed = (): Promise<void> =>
    seedScale({
      url: app.database.ownerUrl,
      persons: PERSONS,
      keys: { DATA_KEYS: process.env.DATA_KEYS!, INDEX_KEY: process.env.INDEX_KEY! },
      password: 'bench bench bench',
      tell: () => undefined,
    });

  beforeAll(async () => {
    app = await startApp();
    await seed();
    everybody = await rows<Seen>(SEEN);
  });
  afterAll(() => app.close());

  it('opens through the API, everything of every case', async () => {
    for (const { id, cpr, caseworker } of everybody.filter((_, place) => place % SAMPLE === 0)) {
      const client = app.as(caseworker);
      for (const part of [
        '',
        '/timeline',
        '/follow-ups',
        '/contracts',
        '/talks',
        '/spells',
        '/assessments',
        '/competence-profile',
      ]) {
        const { status } = await client.get(`/refugees/${id}${part}`);
        expect([part, status]).toEqual([part, 200]);
      }
      const { body } = await client.get(`/refugees/${id}`);
      expect(body.identifiers.map((one: { system: string }) => one.system).sort()).toEqual(
        cpr ? ['asylum_person_id', 'cpr'] : ['asylum_person_id'],
      );
      expect((await client.post(`/refugees/${id}/cpr-reveals`)).status).toBe(cpr ? 200 : 404);
    }
  });

  it('has work for its people', async () => {
    const owners = await rows<TestAccount>(
      `select distinct a.id, a.role, a.unit_id as "unitId" from follow_ups f join staff_accounts a on a.id = f.owner_id
       where f.state = 'open'`,
    );
    expect(owners.length).toBeGreaterThan(0);
    for (const owner of owners) {
      const { status, body } = await app.as(owner).get('/my-day');
      expect([status, body.items.length > 0]).toEqual([200, true]);
    }
  });

  it('has the plan and the takeover days that the program itself derives', async () => {
    const before = await rows(PLANNED);
    const next = await rows(NEXT_CHANGES);
    expect(before.length).toBeGreaterThan(10 * PERSONS);
    await rows('update plans set stale = true');
    expect(await app.app.get(StalePlansService).sweep()).toBe(PERSONS);
    expect(await rows(PLANNED)).toEqual(before);
    expect(await rows(NEXT_CHANGES)).toEqual(next);

    const days = 'select id, takeover_on, takeover_rule_ids, version from refugees order by id';
    const takeovers = await rows(days);
    await rows('update refugees set takeover_stale = true');
    expect(await app.app.get(TakeoversService).sweep()).toBe(PERSONS);
    expect(await rows(days)).toEqual(takeovers);
  });

  it('has a programme of every kind', async () => {
    expect(await rows(VARIETY)).toEqual([
      {
        spells: ['benefit', 'birth', 'leave', 'suspended', 'work'],
        talks: ['held', 'planned'],
        keys: ['contract', 'talk', 'talk.after_birth', 'talk.after_leave', 'talk.in_work'],
        states: ['cancelled', 'done', 'open', 'superseded'],
        channels: ['email', 'in_app'],
        visited: true,
        moved: true,
      },
    ]);
  });

  it('has nothing old that waits to be sent or to be told to somebody else', async () => {
    expect(await app.app.get(EscalationService).sweep()).toBe(0);
    const due = `select count(*)::int as due from reminders where state in ('planned', 'sending') and due_at <= clock_now()`;
    expect(await rows(due)).toEqual([{ due: 0 }]);
  });

  it('is the same when it is seeded again', async () => {
    const count =
      'select (select count(*) from refugees) as people, (select count(*) from timeline) as facts';
    const before = await rows(count);
    await seed();
    expect(await rows(count)).toEqual(before);
  });
});
