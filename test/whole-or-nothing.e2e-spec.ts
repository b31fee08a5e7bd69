import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { REMINDERS_QUEUE } from '../src/reminders/reminders.contract.js';
import type { Role } from '../src/staff/staff.contract.js';
import { Office } from './factories/office.js';
import { aCpr, anAdult, anAsylumPersonId } from './factories/papers.js';
import { startApp, type TestApp } from './support/app.js';
import { attempt, nameOf, routesOf, wrongs } from './support/attempts.js';
import { wrongsOfFailure } from './support/canaries.js';
import { changed } from './support/database.js';
import { Failures } from './support/failures.js';
import type { ValidRequest } from './support/valid-request.js';
import { VALID_REQUESTS } from './support/valid-requests.js';

const RAISED = 'P0001';

jest.setTimeout(600_000);

describe('a write is whole or nothing', () => {
  let app: TestApp;
  let office: Office;
  let failures: Failures;

  beforeAll(async () => {
    app = await startApp();
    // A working day on which the contract of who is registered is overdue: somebody is reminded at once.
    await app.moveClock('2027-01-06T12:00:00Z');
    office = await Office.open(app);
    await office.knownCase();
    failures = await Failures.in(app.database);
  });
  afterAll(() => app.close());

  const consultant = () => office.as('job_consultant');
  const aWholePerson = () => ({
    ...anAdult(),
    cpr: aCpr(),
    asylumPersonId: anAsylumPersonId(),
    languages: ['eng', 'ara'],
  });
  const register = (body: unknown, key: string = randomUUID()) =>
    consultant().post('/refugees', body, { 'idempotency-key': key });
  const people = async () => (await app.database.contents()).refugees.rows;
  const jobs = async () => {
    const queue = app.app.get<Queue>(getQueueToken(REMINDERS_QUEUE), { strict: false });
    return Object.values(await queue.getJobCounts()).reduce((sum, n) => sum + n, 0);
  };

  /** A reply does not wait for long until somebody is woken. */
  const moreThan = async (waiting: number) => {
    for (let tries = 0; tries < 40 && (await jobs()) <= waiting; tries++) await sleep(50);
    return (await jobs()) > waiting;
  };

  describe('when one of its writes fails', () => {
    it('stores nothing of registering a person and wakes nobody, and may be sent again', async () => {
      const tables = Object.keys(await app.database.contents()).filter((table) => table !== 'read_log');
      const [wrong, written]: [string[], string[]] = [[], []];
      for (const table of tables) {
        const [body, key] = [aWholePerson(), randomUUID()];
        const [before, waiting] = [await app.database.contents(), await jobs()];
        const send = () => register(body, key);
        const { reply, tries } = await failures.during({ table, code: RAISED }, send);
        if (tries === 0) continue;
        written.push(table);
        if (reply.status !== 500) wrong.push(`${table}: ${reply.status}`);
        wrong.push(...wrongsOfFailure(reply).map((what) => `${table} ${what}`));
        const after = await app.database.contents();
        wrong.push(...changed(before, after).map((kept) => `${table}: ${kept} was kept`));
        if ((await jobs()) !== waiting) wrong.push(`${table}: a job was left`);
        const again = await send();
        if (again.status !== 201) wrong.push(`${table}: then ${again.status}`);
        if (!(await moreThan(waiting))) wrong.push(`${table}: then nobody was woken`);
      }
      expect(wrong).toEqual([]);
      expect(written).toEqual(
        expect.arrayContaining(
          'case_team done_once follow_ups plans refugee_identifiers refugee_languages refugees reminders timeline'.split(
            ' ',
          ),
        ),
      );
    });

    it('stores nothing on any route', async () => {
      const posts = routesOf(app).filter(({ method, access }) => method === 'POST' && !access.open);
      let failed = 0;
      const wrong = await wrongs(posts, async (route, say) => {
        const ask = (request: ValidRequest) =>
          attempt(office.as(request.as ?? (route.access.roles[0] as Role)), route, request);
        const send = async () => ask(await VALID_REQUESTS[nameOf(route)](office));
        const start = await app.database.contents();
        if ((await send()).status >= 300) say('was refused');
        const tables = changed(start, await app.database.contents()).filter((table) => table !== 'read_log');
        for (const table of tables) {
          const request = await VALID_REQUESTS[nameOf(route)](office);
          const before = await app.database.contents();
          const { reply, tries } = await failures.during({ table, code: RAISED }, () => ask(request));
          if (tries === 0) continue;
          failed += 1;
          if (reply.status !== 500) say(`${table}: ${reply.status}`);
          for (const kept of changed(before, await app.database.contents()))
            say(`${table}: ${kept} was kept`);
        }
      });
      expect(wrong).toEqual([]);
      expect(failed).toBeGreaterThan(25);
    });

    it('gives the reply to a repeat when the reply is what failed', async () => {
      const [body, key, before] = [aWholePerson(), randomUUID(), await people()];
      const { reply } = await failures.during({ table: 'read_log', code: RAISED }, () => register(body, key));
      expect(reply.status).toBe(500);
      const again = await register(body, key);
      expect(again.status).toBe(201);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(await people()).toBe(before + 1);
    });
  });

  describe('when Postgres makes it give way', () => {
    const cases = ['40P01', '40001'].flatMap((code) =>
      (['at once', 'at commit'] as const).flatMap((when) =>
        [1, 2, 3, 4].map((times) => ({ code, when, times })),
      ),
    );

    it.each(cases)('$code $when, $times times: is tried again, three times at most', async (how) => {
      const [before, waiting] = [await app.database.contents(), await jobs()];
      const body = { ...aWholePerson(), languages: ['eng'] };
      const { reply, tries } = await failures.during({ table: 'refugee_languages', ...how }, () =>
        register(body),
      );
      expect(tries).toBe(Math.min(how.times + 1, 4));
      if (how.times <= 3) {
        expect(reply.status).toBe(201);
        expect(await people()).toBe(before.refugees.rows + 1);
        return;
      }
      expect(reply.status).toBe(503);
      expect(reply.headers.get('retry-after')).toBe('5');
      expect(changed(before, await app.database.contents())).toEqual([]);
      expect(await jobs()).toBe(waiting);
    });

    it('a real deadlock ends well', async () => {
      const before = await people();
      // Who waits first looks first whether it is a deadlock; somebody else is in no hurry to look.
      const somebody = await app.database.hold(`set local deadlock_timeout = '20s'`);
      await somebody.also('lock table refugee_identifiers in exclusive mode');
      const registered = register(aWholePerson());
      await sleep(300);
      const begun = performance.now();
      await somebody.also(`select pg_advisory_xact_lock(hashtext('ankomst.law'))`);
      expect(performance.now() - begun).toBeLessThan(5_000);
      await somebody.release();
      expect((await registered).status).toBe(201);
      expect(await people()).toBe(before + 1);
    });

    it('other failures are not tried again', async () => {
      const how = { table: 'refugees', code: '55P03' };
      const { reply, tries } = await failures.during(how, () => register(aWholePerson()));
      expect([reply.status, tries]).toEqual([503, 1]);
    });
  });

  describe('when two change what both have read', () => {
    it('lets one and refuses the other, a hundred times', async () => {
      const { id } = await office.person();
      const wrong: string[] = [];
      for (let round = 0; round < 100; round++) {
        const etag = (await consultant().get(`/refugees/${id}`)).headers.get('etag')!;
        const change = (givenNames: string) =>
          consultant().patch(`/refugees/${id}`, { givenNames }, { 'if-match': etag });
        const replies = await Promise.all([change(`Selam ${round}`), change(`Saba ${round}`)]);
        const statuses = replies.map(({ status }) => status).toSorted();
        const won = replies.find(({ status }) => status === 200);
        const { body } = await consultant().get(`/refugees/${id}`);
        if (statuses.join() !== '200,412' || body.givenNames !== won?.body.givenNames)
          wrong.push(`${round}: ${statuses.join()} ${body.givenNames}`);
      }
      expect(wrong).toEqual([]);
    });

    it('on every route that asks for If-Match, and asks for it there', async () => {
      const { body: document } = await app.anonymous.get('//api/openapi.json');
      const routes = routesOf(app).filter(({ method, url }) =>
        document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()].parameters?.some(
          ({ name, required }: { name: string; required: boolean }) => name === 'If-Match' && required,
        ),
      );
      const wrong = await wrongs(routes, async (route, say) => {
        const who = office.as(route.access.roles.at(0) as Role);
        for (let round = 0; round < 3; round++) {
          const request = await VALID_REQUESTS[nameOf(route)](office);
          const without = await attempt(who, route, { ...request, headers: {} });
          if (without.status !== 428) say(`without If-Match: ${without.status}`);
          const two = await Promise.all([attempt(who, route, request), attempt(who, route, request)]);
          const statuses = two.map(({ status }) => status).toSorted();
          if (!/^20[01],412$/.test(statuses.join())) say(statuses.join());
        }
      });
      expect(wrong).toEqual([]);
      expect(routes.length).toBeGreaterThanOrEqual(3);
    });
  });
});
