import type { DeclaredRoute } from '../src/platform/http/routes.js';
import { ROLES, type Role } from '../src/staff/staff.contract.js';
import { PURPOSES } from '../src/timeline/timeline.contract.js';
import { Office, type KnownCase } from './factories/office.js';
import { startApp, type TestApp } from './support/app.js';
import {
  attempt,
  listed,
  nameOf,
  pagesForOperators,
  routesOf,
  saying,
  unknownIds,
  wrongs,
} from './support/attempts.js';
import { FOREIGN_INSIDE, sharedVisit } from './support/foreign-requests.js';
import { VALID_REQUESTS } from './support/valid-requests.js';

const OPEN = [
  'GET /api/v1/calendar/:token.ics',
  'GET /health/live',
  'GET /health/ready',
  'POST /api/v1/auth/password-resets',
  'POST /api/v1/auth/passwords',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/sign-in',
];

/** Accounts and the law are administered across units; forms and classifications are the same for all. */
const ACROSS_UNITS = /^\/api\/v1\/(staff|legislation|classifications|form-versions)\//;
/** Of no case: administrators read it in every unit. */
const ADMINISTERED = /^\/api\/v1\/(practice-rule-versions|dry-runs)\//;
/** What only one account has, whatever the role. */
const OF_ONE_ACCOUNT = [
  'DELETE /api/v1/auth/sessions/:id',
  'DELETE /api/v1/me/calendar-feeds/:id',
  'POST /api/v1/inbox/readings',
  'PATCH /api/v1/staff/absences/:id',
  'DELETE /api/v1/staff/absences/:id',
  'POST /api/v1/visits/:id/operations',
  'PUT /api/v1/visits/:id/attachments/:sha256',
];

/** Lists that show somebody's own cases, and who has something to see there. */
const LISTS: Record<string, { role: Role; shows: (known: KnownCase) => string }> = {
  'GET /api/v1/refugees': { role: 'coordinator', shows: ({ id }) => id },
  'GET /api/v1/my-day': { role: 'caseworker', shows: ({ id }) => id },
  'GET /api/v1/inbox': { role: 'caseworker', shows: ({ reminder }) => reminder },
  'GET /api/v1/visits': { role: 'job_consultant', shows: ({ visit }) => visit },
};

describe('who may do what', () => {
  let app: TestApp;
  let routes: DeclaredRoute[];
  let north: Office;
  let south: Office;

  beforeAll(async () => {
    app = await startApp();
    routes = routesOf(app);
    [north, south] = [await Office.open(app), await Office.open(app)];
    // Whoever sees nothing at all is too easy to keep out.
    for (const office of [north, south]) await office.knownCase();
  });
  afterAll(() => app.close());

  const valid = async (route: DeclaredRoute, office: Office) => VALID_REQUESTS[nameOf(route)](office);
  const guarded = () => routes.filter(({ access }) => !access.open);
  const closed = () => [...guarded(), ...pagesForOperators(app)];
  const aboutOneCase = () => guarded().filter(({ url }) => url.includes('/:') && !ACROSS_UNITS.test(url));
  const rolesOf = ({ access }: DeclaredRoute) => access.roles as Role[];
  const secretsOf = async (office: Office) => {
    const { version: _, ...known } = await office.knownCase();
    return Object.values(known);
  };

  it('has one valid request for every route, so that a new route is attacked, too', () => {
    const missing = routes.map(nameOf).filter((name) => !(name in VALID_REQUESTS));
    const gone = Object.keys(VALID_REQUESTS).filter((name) => !routes.map(nameOf).includes(name));
    const nested = routes
      .filter(
        (route) => (route.url.match(/:\w*id\b/gi) ?? []).length > 1 && !(nameOf(route) in FOREIGN_INSIDE),
      )
      .map(nameOf);
    expect({
      'add to VALID_REQUESTS in test/support/valid-requests.ts': missing,
      'remove from VALID_REQUESTS, no such route': gone,
      'add to FOREIGN_INSIDE, it takes two ids': nested,
    }).toEqual({
      'add to VALID_REQUESTS in test/support/valid-requests.ts': [],
      'remove from VALID_REQUESTS, no such route': [],
      'add to FOREIGN_INSIDE, it takes two ids': [],
    });
  });

  it('answers 401 to nobody in particular, but at the open doors', async () => {
    expect(
      routes
        .filter(({ access }) => access.open)
        .map(nameOf)
        .sort(),
    ).toEqual(OPEN);
    const found = await wrongs(closed(), async (route, say) => {
      const { status, body } = await attempt(app.anonymous, route, {});
      if (status !== 401 || body.code !== 'request.unauthenticated') say(`${status}`);
    });
    expect(found).toEqual([]);
  });

  it('answers 403 to a role the route does not admit, whatever the ids and the body', async () => {
    const found = await wrongs(closed(), async (route, say) => {
      for (const role of ROLES.filter((one) => !rolesOf(route).includes(one))) {
        for (const office of [north, south]) {
          const right = await attempt(office.as(role), route, {
            params: { id: (await north.knownCase()).id },
          });
          const broken = await office
            .as(role)
            .send(route.method, `/${route.url}`, route.method === 'GET' ? undefined : '{"', {});
          for (const { status, body } of [right, broken])
            if (status !== 403 || body.code !== 'staff.role_not_allowed') say(`${role}: ${status}`);
        }
      }
    });
    expect(found).toEqual([]);
  });

  it('answers 404 to the other unit for every id of a case, and says no more than of an id that nothing has', async () => {
    const secrets = await secretsOf(north);
    const found = await wrongs(aboutOneCase(), async (route, say) => {
      const request = await valid(route, north);
      const nowhere = { ...request, params: unknownIds(request.params!) };
      for (const role of rolesOf(route)) {
        if (role === 'administrator' && ADMINISTERED.test(route.url)) continue;
        const [theirs, nothing] = [
          await attempt(south.as(role), route, request),
          await attempt(south.as(role), route, nowhere),
        ];
        if (theirs.status !== 404) say(`${role}: ${theirs.status} ${JSON.stringify(theirs.body)}`);
        else if (saying(theirs.body) !== saying(nothing.body))
          say(`${role}: tells ${theirs.body.code} from ${nothing.body.code}`);
        for (const secret of secrets)
          if (saying(theirs.body).includes(secret)) say(`${role}: shows ${secret}`);
      }
    });
    expect(found).toEqual([]);
  });

  it('answers anything but 404 to whoever works on the case', async () => {
    const found = await wrongs(guarded(), async (route, say) => {
      const statuses = [];
      for (const role of rolesOf(route)) {
        const { status, body } = await attempt(north.as(role), route, await valid(route, north));
        statuses.push(status);
        const missing = status === 404 && !OF_ONE_ACCOUNT.includes(nameOf(route));
        if (missing || status === 400 || status >= 500) say(`${role}: ${status} ${saying(body)}`);
      }
      if (!statuses.some((status) => status < 300)) say(`succeeds for nobody: ${statuses}`);
    });
    expect(found).toEqual([]);
  });

  it('answers 404 to an id of the other unit’s case inside a request at home, and changes nothing', async () => {
    const inside = routes.filter((route) => nameOf(route) in FOREIGN_INSIDE);
    const found = await wrongs(inside, async (route, say) => {
      for (const role of rolesOf(route)) {
        for (const request of await Promise.all(FOREIGN_INSIDE[nameOf(route)](south, north))) {
          const { status, body } = await attempt(south.as(role), route, request);
          if (status !== 404) say(`${role}: ${status} ${saying(body)}`);
        }
      }
    });
    expect(found).toEqual([]);
    const { grant, participant } = await north.knownCase();
    expect(
      await app.database.asOwner(
        `select until_at > clock_now() as holds, p.outcome from access_grant g, visit_participants p where g.id = $1 and p.id = $2`,
        [grant, participant],
      ),
    ).toEqual([{ holds: true, outcome: null }]);
  });

  it('leaves the case out of every list of the other unit, and shows it in its own', async () => {
    const known = await north.knownCase();
    const secrets = await secretsOf(north);
    const found = await wrongs(guarded(), async (route, say) => {
      if (route.method !== 'GET' && !route.url.endsWith('/lookups')) return;
      for (const role of rolesOf(route)) {
        const request = await valid(route, south);
        const asked =
          route.url.includes('/:') || route.method === 'POST' ? [request] : listed(request, known);
        for (const one of asked) {
          const text = JSON.stringify((await attempt(south.as(role), route, one)).body);
          for (const secret of secrets) if (text.includes(secret)) say(`${role}: shows ${secret}`);
        }
      }
    });
    expect(found).toEqual([]);
    for (const [name, { role, shows }] of Object.entries(LISTS)) {
      const route = routes.find((one) => nameOf(one) === name)!;
      expect(saying((await attempt(north.as(role), route, { query: { limit: '100' } })).body)).toContain(
        shows(known),
      );
    }
    for (const body of [{ cpr: known.cpr }, { asylumPersonId: known.asylumPersonId }]) {
      expect((await north.as('coordinator').post('/refugees/lookups', body)).body.items).toHaveLength(1);
      expect((await south.as('coordinator').post('/refugees/lookups', body)).body).toEqual({ items: [] });
    }
  });

  it('leaves out of a visit that two units go on whoever the other one meets', async () => {
    const { id } = await sharedVisit(south, north);
    const secrets = await secretsOf(north);
    for (const role of ['job_consultant', 'team_leader'] as const) {
      const { body } = await south.as(role).get(`/visits/${id}`);
      expect(body.participants).toEqual([]);
      for (const secret of secrets) expect(saying(body)).not.toContain(secret);
    }
    expect((await north.as('job_consultant').get(`/visits/${id}`)).body.participants).toHaveLength(1);
  });

  it('closes the case to a colleague on the day their part in it ends', async () => {
    const { id } = await north.person();
    const contract = await north.contract(id);
    const caseworker = north.as('caseworker');
    expect((await caseworker.get(`/refugees/${id}`)).status).toBe(200);
    expect((await north.as('team_leader').delete(`/refugees/${id}/team/caseworker`)).status).toBe(204);
    const addresses = [
      `/refugees/${id}`,
      `/refugees/${id}/timeline`,
      `/refugees/${id}/follow-ups`,
      `/contracts/${contract.id}`,
    ];
    for (const address of addresses)
      expect({ address, status: (await caseworker.get(address)).status }).toEqual({ address, status: 404 });
    expect((await caseworker.post(`/contracts/${contract.id}/signatures`, { by: 'both' })).status).toBe(404);
    for (const list of ['/refugees?limit=100', '/my-day?limit=100'])
      expect(saying((await caseworker.get(list)).body)).not.toContain(id);
  });

  it('keeps in the read log why somebody saw the case', async () => {
    const { id } = await north.person();
    for (const role of ['team_leader', 'caseworker'] as const) await north.as(role).get(`/refugees/${id}`);
    expect(await readsOf(id, ['team_leader', 'caseworker'])).toEqual(['supervision', 'case_work']);
  });

  describe('a grant', () => {
    let known: KnownCase;
    const reader = () => south.as('job_consultant');
    const read = (purpose?: string) =>
      reader().get(`/refugees/${known.id}`, purpose === undefined ? {} : { purpose });

    beforeAll(async () => {
      known = await north.knownCase();
      expect((await read('cover')).status).toBe(404);
      await north.grant(known.id, south.account('job_consultant').id);
    });

    it('opens the case for a listed purpose only, and the read log keeps which', async () => {
      for (const purpose of [undefined, 'curiosity', '', 'cover, cover', 'COVER']) {
        const { status, body } = await read(purpose);
        expect({ status, purposes: body.purposes }).toEqual({ status: 400, purposes: [...PURPOSES] });
        expect(saying(body)).not.toContain(known.familyName);
      }
      for (const purpose of PURPOSES) expect((await read(purpose)).status).toBe(200);
      expect((await readsOf(known.id, ['job_consultant'], south)).slice(-PURPOSES.length)).toEqual([
        ...PURPOSES,
      ]);
    });

    it('lets nobody change the case', async () => {
      const found = await wrongs(aboutOneCase(), async (route, say) => {
        if (!rolesOf(route).includes('job_consultant')) return;
        const request = await valid(route, north);
        if (!request.case) return;
        await north.grant(request.case, south.account('job_consultant').id);
        const asked = { ...request, headers: { ...request.headers, purpose: 'cover' } };
        const { status, body } = await attempt(reader(), route, asked);
        if (status !== (route.method === 'GET' ? 200 : 403)) say(`${status} ${saying(body)}`);
      });
      expect(found).toEqual([]);
    });

    it('ends when it is taken back, and by itself', async () => {
      const person = await north.person();
      const grant = await north.grant(person.id, south.account('coordinator').id);
      const see = async () =>
        (await south.as('coordinator').get(`/refugees/${person.id}`, { purpose: 'cover' })).status;
      expect(await see()).toBe(200);
      await north.as('team_leader').delete(`/refugees/${person.id}/access-grants/${grant}`);
      expect(await see()).toBe(404);
      await north.grant(person.id, south.account('coordinator').id, 1);
      expect(await see()).toBe(200);
      await app.moveClock(new Date(Date.now() + 24 * 3_600_000 - 30_000).toISOString());
      expect(await see()).toBe(200);
      await app.moveClock(new Date(Date.now() + 24 * 3_600_000 + 30_000).toISOString());
      expect(await see()).toBe(404);
    });
  });

  /** The purposes under which accounts read a case, oldest first. */
  async function readsOf(id: string, roles: Role[], office = north): Promise<string[]> {
    const rows = await app.database.asOwner<{ purpose: string }>(
      `select purpose from read_log where what = 'refugees.read' and $1 = any(person_ids) and actor_id = any($2)
       and at > coalesce((select max(at) from timeline where $1 = any(case_ids) and fact <> 'grant.given'), '-infinity') order by id`,
      [id, roles.map((role) => office.account(role).id)],
    );
    return rows.map(({ purpose }) => purpose);
  }
});
