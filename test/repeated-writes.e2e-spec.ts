import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { REMEMBERED_HOURS } from '../src/platform/database/done-once.js';
import { Sweeps } from '../src/platform/jobs/sweeper.js';
import type { Role } from '../src/staff/staff.contract.js';
import { Office } from './factories/office.js';
import { aCpr, anAdult, anAsylumPersonId } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';
import { attempt, nameOf, routesOf } from './support/attempts.js';
import type { Reply } from './support/client.js';
import { changed } from './support/database.js';
import type { ValidRequest } from './support/valid-request.js';
import { VALID_REQUESTS } from './support/valid-requests.js';

/** A POST that writes nothing has nothing to remember. */
const READS = [
  'POST /api/v1/auth/queue-page-passes',
  'POST /api/v1/refugees/lookups',
  'POST /api/v1/refugees/:id/cpr-reveals',
];
/** What makes another request of one that is made alike each time. */
const OTHER: Record<string, object> = {
  'POST /api/v1/me/calendar-feeds': { name: 'My tablet' },
  'POST /api/v1/visits': { onDay: '2027-01-12' },
  'POST /api/v1/legislation/suspensions': { source: 'lovtidende.dk' },
  'POST /api/v1/practice-rules': { role: 'coordinator' },
  'POST /api/v1/inbox/readings': { reminderIds: [randomUUID()] },
};
/** Or a day, or a code such as a role: nothing of a person. */
const ID_OR_INSTANT =
  /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(T[\d:.]+Z)?|[a-z]+_?[a-z]+)$/;

describe('a POST with an Idempotency-Key', () => {
  let app: TestApp;
  let office: Office;

  beforeAll(async () => {
    app = await startApp();
    office = await Office.open({ database: app.database, as: (account) => app.as(account) });
    await office.knownCase();
  });
  afterAll(() => app.close());

  const withKey = (key: string) => ({ 'idempotency-key': key });
  const register = (key: string, body: unknown, role: Role = 'job_consultant') =>
    office.as(role).post('/refugees', body, withKey(key));
  const aWholePerson = () => ({ ...anAdult(), cpr: aCpr(), asylumPersonId: anAsylumPersonId() });
  const isReplay = ({ headers }: Reply) => headers.get('idempotency-replayed') === 'true';
  const people = async () => (await app.database.contents()).refugees.rows;

  describe('on every route', () => {
    const posts = () => routesOf(app).filter(({ method }) => method === 'POST');

    it('is done once, answered the same, and remembered without a word of the request', async () => {
      const [wrong, routes]: [string[], string[]] = [[], []];
      for (const route of posts().filter(({ access }) => !access.open)) {
        const request = await VALID_REQUESTS[nameOf(route)](office);
        const key = withKey(randomUUID());
        const send = () =>
          attempt(office.as(request.as ?? (route.access.roles[0] as Role)), route, {
            ...request,
            headers: { ...request.headers, ...key },
          });
        const say = (what: string) => wrong.push(`${nameOf(route)} ${what}`);
        const first = await send();
        const before = await app.database.contents();
        const second = await send();
        const after = await app.database.contents();
        routes.push(nameOf(route));
        if (first.status >= 300) say(`was refused: ${JSON.stringify(first.body)}`);
        if (isReplay(first)) say('takes the first for a repeat');
        if (isReplay(second) === READS.includes(nameOf(route)))
          say('does not say rightly whether it repeats');
        if (second.status !== first.status) say(`answers ${first.status}, then ${second.status}`);
        if (JSON.stringify(second.body) !== JSON.stringify(first.body)) say('answers otherwise');
        if (second.headers.get('etag') !== first.headers.get('etag')) say('has another ETag');
        // Reading again is logged again; nothing else may grow.
        const grown = changed(before, after).filter((table) => table !== 'read_log');
        if (grown.length > 0) say(`writes again: ${grown}`);
      }
      expect(wrong).toEqual([]);
      expect(routes.length).toBeGreaterThan(10);
      const kept = await app.database.asOwner<{ result: unknown }>('select result from done_once');
      expect(kept.length).toBeGreaterThanOrEqual(routes.length - READS.length);
      expect(
        kept.flatMap(({ result }) => textsOf(result)).filter((text) => !ID_OR_INSTANT.test(text)),
      ).toEqual([]);
    });

    it('is refused for another request, and passed over on an open route, whoever comes', async () => {
      const wrong: string[] = [];
      for (const route of posts().filter((one) => !READS.includes(nameOf(one)))) {
        const make = VALID_REQUESTS[nameOf(route)];
        const key = withKey(randomUUID());
        const send = async (request: ValidRequest) =>
          attempt(office.as(request.as ?? (route.access.roles[0] as Role) ?? 'caseworker'), route, {
            ...request,
            headers: { ...request.headers, ...key },
          });
        const kept = (await app.database.contents()).done_once.rows;
        const first = await send(await make(office));
        const another = await make(office);
        const other = await send({
          ...another,
          body: another.body && { ...another.body, ...OTHER[nameOf(route)] },
        });
        if (route.access.open && (await app.database.contents()).done_once.rows !== kept)
          wrong.push(`${nameOf(route)} is remembered`);
        const code = route.access.open ? first.body.code : 'request.key_used_otherwise';
        if (other.body.code !== code || isReplay(other)) wrong.push(`${nameOf(route)} ${other.body.code}`);
      }
      expect(wrong).toEqual([]);
    });

    it('is described', async () => {
      const { body } = await app.anonymous.get('//api/openapi.json');
      const described = posts().filter(({ url }) =>
        body.paths[url.replace(/:(\w+)/g, '{$1}')].post.parameters?.some(
          ({ name }: { name: string }) => name === 'Idempotency-Key',
        ),
      );
      expect(described.map(nameOf)).toEqual(
        posts()
          .filter(({ access }) => !access.open)
          .map(nameOf)
          .filter((name) => !READS.includes(name)),
      );
    });
  });

  it('registers one person for twenty at the same time at two instances, and still after a restart', async () => {
    const [key, body, before] = [randomUUID(), aWholePerson(), await people()];
    const other = await startApp(app.database);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const who = (i % 2 ? app : other).as(office.account('job_consultant'));
        return who.post('/refugees', body, withKey(key));
      }),
    );
    await other.stop();
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(replies.filter((reply) => !isReplay(reply))).toHaveLength(1);
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    expect(await people()).toBe(before + 1);

    await app.stop();
    const { database } = app;
    app = await startApp(database);
    const again = await register(key, body);
    expect(again).toMatchObject({ status: 201, body: replies[0].body });
    expect(isReplay(again)).toBe(true);
    expect(await people()).toBe(before + 1);
  });

  it('keeps nobody else from working while fifty wait for a slow first', async () => {
    const [key, body, before] = [randomUUID(), aWholePerson(), await people()];
    const lock = await app.database.hold('lock table refugee_identifiers in exclusive mode');
    const twins = Promise.all(Array.from({ length: 50 }, () => register(key, body)));
    await sleep(300);
    const begun = performance.now();
    const others = await Promise.all(
      Array.from({ length: 20 }, () => office.as('team_leader').get('/visits?limit=5')),
    );
    const took = performance.now() - begun;
    const answered = await Promise.race([twins, sleep(0)]);
    await lock.release();
    expect(answered).toBeUndefined();
    expect(others.filter(({ status }) => status !== 200)).toEqual([]);
    expect(took).toBeLessThan(5_000);
    expect((await twins).filter(({ status }) => status !== 201)).toEqual([]);
    expect(await people()).toBe(before + 1);
  });

  it('takes the same request in another order for the same', async () => {
    const [key, body] = [randomUUID(), aWholePerson()];
    const { body: first } = await register(key, body);
    const reply = await register(key, Object.fromEntries(Object.entries(body).toReversed()));
    expect(reply).toMatchObject({ status: 201, body: first });
  });

  it('does not remember a refusal', async () => {
    const [key, body] = [randomUUID(), aWholePerson()];
    const { status } = await register(key, { ...body, bornOn: '2099-01-01' });
    expect(status).toBe(422);
    const reply = await register(key, body);
    expect([reply.status, isReplay(reply)]).toEqual([201, false]);
  });

  it('belongs to one account', async () => {
    const [key, before] = [randomUUID(), await people()];
    const mine = await register(key, aWholePerson());
    const theirs = await register(key, aWholePerson(), 'coordinator');
    expect([mine.status, theirs.status, isReplay(theirs)]).toEqual([201, 201, false]);
    expect(await people()).toBe(before + 2);
  });

  it('shows a repeat only what its sender may see today', async () => {
    const [key, body] = [randomUUID(), aWholePerson()];
    const { body: person } = await register(key, body);
    const staffId = (await office.colleague('job_consultant')).id;
    await office.as('team_leader').put(`/refugees/${person.id}/team/job_consultant`, { staffId });
    const before = await people();
    expect(await register(key, body)).toMatchObject({
      status: 404,
      body: { code: 'refugees.no_such_case' },
    });
    expect(await people()).toBe(before);
  });

  it.each([
    ['of 201 characters', 'k'.repeat(201)],
    ['without characters', ''],
    ['with a tab', 'a\tb'],
    ['beyond ASCII', 'nøgle'],
  ])('is refused %s', async (_, key) => {
    const before = await people();
    const reply = await register(key, aWholePerson());
    expect(reply.status).toBe(400);
    expect(reply.body.errors).toEqual([expect.objectContaining({ field: 'Idempotency-Key' })]);
    expect(await people()).toBe(before);
  });

  it('may have 200 characters, and stands nowhere', async () => {
    const key = `010190-4000 ${'~'.repeat(188)}`;
    expect((await register(key, anAdult())).status).toBe(201);
    const kept = await app.database.asOwner<{ row: string }>(
      `select encode(key, 'escape') || d::text as row from done_once d`,
    );
    expect(kept.filter(({ row }) => row.includes('010190'))).toEqual([]);
  });

  it('is forgotten after a day, also before the sweep comes by', async () => {
    const [key, body] = [randomUUID(), anAdult()];
    const { body: first } = await register(key, body);
    const grow = (minutes: number) =>
      app.database.asOwner('update done_once set done_at = done_at - make_interval(mins => $1)', [minutes]);
    await grow(REMEMBERED_HOURS * 60 - 1);
    expect((await register(key, body)).body.id).toBe(first.id);
    await grow(1);
    const anew = await register(key, { ...body, givenNames: 'Another' });
    expect([anew.status, isReplay(anew)]).toEqual([201, false]);
    expect(anew.body.id).not.toBe(first.id);

    const { rows: before } = (await app.database.contents()).done_once;
    expect(before).toBeGreaterThan(1);
    const sweep = app.app.get(Sweeps).all.find(({ name }) => name === 'expired idempotency keys')!;
    expect(await sweep.sweep()).toBe(before - 1);
    expect((await app.database.contents()).done_once.rows).toBe(1);
    expect(isReplay(await register(key, { ...body, givenNames: 'Another' }))).toBe(true);
    expect(await sweep.sweep()).toBe(0);
  });
});

/** Every text inside. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
