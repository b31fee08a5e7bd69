import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStreams, MOST_STREAMS } from '../src/platform/http/event-streams.js';
import { DeliveryService } from '../src/reminders/delivery.service.js';
import { Office } from './factories/office.js';
import { makeReminder } from './factories/reminders.js';
import { startApp, type TestApp } from './support/app.js';
import { EventSource, until } from './support/event-source.js';
import { startProgram } from './support/program.js';
import { claimsOf, signed } from './support/tokens.js';
import type { TestAccount } from './factories/staff.js';

jest.setTimeout(60_000);

const NOW = '2027-02-15T09:00:00Z';

/** Who listens, where, and with what besides the usual token. */
interface Listening {
  account?: TestAccount;
  on?: TestApp;
  claims?: object;
  lastEventId?: string;
}

describe('the live inbox', () => {
  let app: TestApp;
  let second: TestApp;
  let office: Office;
  let person: { id: string };
  let karen: TestAccount;
  const opened: EventSource[] = [];

  beforeAll(async () => {
    app = await startApp();
    second = await startApp(app.database);
    await moveClock(NOW);
    office = await Office.open(app);
    person = await office.person();
    karen = office.account('caseworker');
  });
  afterAll(async () => {
    await second.stop();
    await app.close();
  });
  afterEach(async () => {
    await moveClock(NOW);
    opened.splice(0).forEach((stream) => stream.leave());
    await until(() => open(app) + open(second) === 0);
    await app.database.asOwner(`delete from reminders where due_on < '2020-01-01'`);
  });

  /** The strategies of passport are one set for all programs of a process: those of the last that was started. */
  const moveClock = async (instant: string) => {
    for (const program of [app, second]) await program.moveClock(instant);
  };
  const open = ({ app: program }: TestApp): number => program.get(EventStreams).of('inbox').length;
  const tokenOf = (account: TestAccount, claims: object = {}) =>
    signed({ ...claimsOf(account, new Date(NOW)), ...claims });
  const listen = async ({
    account = karen,
    on = app,
    claims = {},
    lastEventId,
  }: Listening = {}): Promise<EventSource> => {
    const headers = lastEventId === undefined ? undefined : { 'last-event-id': lastEventId };
    const stream = await EventSource.open(on.address, tokenOf(account, claims), headers);
    opened.push(stream);
    return stream;
  };
  /** As delivery does it: the row is there when whoever listens hears of it. */
  const deliver = async (role: 'caseworker' | 'coordinator' = 'caseworker'): Promise<string> => {
    const { id } = await office.reminder(person.id, role);
    await app.database.asApp(`select pg_notify('inbox', $1)`, [office.account(role).id]);
    return id;
  };
  /** Connections that listen, the oldest first. */
  const lines = () =>
    app.database.asApp<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query = 'listen "inbox"' order by backend_start`,
    );
  const settled = async (...streams: EventSource[]): Promise<void> => {
    await Promise.all(streams.map((stream) => stream.next()));
    await until(async () => (await lines()).length >= 1);
    await sleep(200);
    for (const stream of streams) while (stream.unasked > 0) await stream.next();
  };

  it('says at once how the inbox stands, and what proxies and caches must know', async () => {
    const empty = await listen();
    expect(await empty.next()).toEqual({ event: 'inbox', data: { unread: 0, newest: null } });
    expect(empty.reply.statusCode).toBe(200);
    expect(empty.reply.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(empty.reply.headers['content-encoding']).toBeUndefined();
    const id = await deliver();
    expect(await (await listen()).next()).toEqual({ event: 'inbox', id, data: { unread: 1, newest: id } });
  });

  it('tells every process within a second that a reminder came, and nobody else', async () => {
    const [here, tab, there, colleague] = [
      await listen(),
      await listen(),
      await listen({ on: second }),
      await listen({ account: office.account('coordinator') }),
    ];
    await settled(here, tab, there, colleague);
    const id = await deliver();
    for (const stream of [here, tab, there])
      expect(await stream.next(1_000)).toEqual({ event: 'inbox', id, data: { unread: 1, newest: id } });
    await sleep(200);
    expect(colleague.unasked).toBe(0);
    expect(await lines()).toHaveLength(2);
  });

  it('tells of what the worker delivers', async () => {
    const coordinator = office.account('coordinator');
    const stream = await listen({ account: coordinator, on: second });
    await settled(stream);
    const { id } = await makeReminder(app.database, { refugeeId: person.id, recipientId: coordinator.id });
    await app.app.get(DeliveryService).deliver([id]);
    expect(await stream.next(1_000)).toEqual({ event: 'inbox', id, data: { unread: 1, newest: id } });
  });

  it('tells the other screens that something was read', async () => {
    const [first, last] = [await deliver(), await deliver()];
    const [here, there] = [await listen(), await listen({ on: second })];
    await settled(here, there);
    expect((await app.as(karen).post('/inbox/readings', { reminderIds: [first] })).status).toBe(204);
    for (const stream of [here, there])
      expect(await stream.next(1_000)).toEqual({
        event: 'inbox',
        id: last,
        data: { unread: 1, newest: last },
      });
    // nothing new: nothing said
    await app.as(karen).post('/inbox/readings', { reminderIds: [first] });
    await sleep(200);
    expect(here.unasked).toBe(0);
  });

  it('says to whoever comes back what came meanwhile', async () => {
    const seen = await deliver();
    const before = await listen();
    expect((await before.next()).id).toBe(seen);
    before.leave();
    const missed = await deliver();
    const after = await listen({ lastEventId: seen });
    expect(await after.next(1_000)).toEqual({
      event: 'inbox',
      id: missed,
      data: { unread: 2, newest: missed },
    });
  });

  it('ends up saying how it stands, however much comes at once', async () => {
    const streams = await Promise.all([listen(), listen(), listen({ on: second })]);
    await settled(...streams);
    const ids = await Promise.all(Array.from({ length: 60 }, () => deliver()));
    for (const stream of streams) {
      await until(() => stream.heard.at(-1)?.data.unread === ids.length);
      expect(stream.heard.length).toBeLessThan(ids.length + 5);
      const counts = stream.heard.map(({ data }) => data.unread as number);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    }
  });

  it('misses nothing when its line to Postgres is cut', async () => {
    const stream = await listen();
    await settled(stream);
    const [{ pid }] = await lines();
    await app.database.asApp('select pg_terminate_backend($1)', [pid]);
    const { id } = await office.reminder(person.id, 'caseworker');
    expect(await stream.next()).toEqual({ event: 'inbox', id, data: { unread: 1, newest: id } });
    const another = await deliver();
    expect((await stream.next(1_000)).id).toBe(another);
  });

  it('gives a sign of life, and ends with the access token', async () => {
    const [short, long] = [await listen(), await listen({ claims: { exp: Date.parse(NOW) / 1_000 + 900 } })];
    await settled(short, long);
    await app.app.get(EventStreams).beat();
    await until(() => short.beats === 1 && long.beats === 1);
    await moveClock('2027-02-15T09:10:01Z');
    await app.app.get(EventStreams).beat();
    await until(() => short.ended && long.beats === 2);
    expect(long.ended).toBe(false);
    expect((await listen()).reply.statusCode).toBe(401);
  });

  it('ends with the session, and with the account', async () => {
    const [mine, other] = [await office.session('caseworker'), await office.session('caseworker')];
    const leaver = await office.colleague('caseworker');
    const [signsOut, stays] = [
      await listen({ claims: { sid: mine } }),
      await listen({ claims: { sid: other } }),
    ];
    await app.database.asOwner('insert into sessions (id, account_id) values ($1, $1)', [leaver.id]);
    const leaves = await listen({ account: leaver });
    await settled(signsOut, stays, leaves);
    await app.as(karen).delete(`/auth/sessions/${mine}`);
    const closed = await office
      .as('administrator')
      .patch(`/staff/accounts/${leaver.id}`, { disabled: true }, { 'if-match': '"1"' });
    expect(closed.status).toBe(200);
    await app.app.get(EventStreams).beat();
    await until(() => signsOut.ended && leaves.ended && stays.beats === 1);
    expect(stays.ended).toBe(false);
  });

  it('refuses one stream too many of an account, until one is left', async () => {
    const streams = await Promise.all(Array.from({ length: MOST_STREAMS }, () => listen()));
    await Promise.all(streams.map((stream) => stream.next()));
    const refused = await app.as(karen).get('/inbox/events');
    expect({ status: refused.status, code: refused.body.code }).toEqual({
      status: 429,
      code: 'streams.too_many',
    });
    expect(refused.headers.get('retry-after')).toBe('20');
    expect((await listen({ account: office.account('coordinator') })).reply.statusCode).toBe(200);
    streams[0].leave();
    await until(() => open(app) === MOST_STREAMS);
    expect((await listen()).reply.statusCode).toBe(200);
  });

  it('is not for who has no cases', async () => {
    expect((await listen({ account: office.account('analyst') })).reply.statusCode).toBe(403);
  });

  it('is not held open by who only asks for its head', async () => {
    const headers = { authorization: `Bearer ${tokenOf(karen)}` };
    for (let times = 0; times < 2 * MOST_STREAMS; times++)
      expect((await fetch(`${app.address}/api/v1/inbox/events`, { method: 'HEAD', headers })).status).toBe(
        200,
      );
    await until(() => open(app) === 0);
    expect((await listen()).reply.statusCode).toBe(200);
  });

  it('keeps nothing of two hundred that came and went, be it before they were answered', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => office.colleague('caseworker')));
    const streams = await Promise.all(
      people.flatMap((account) => Array.from({ length: MOST_STREAMS }, () => listen({ account }))),
    );
    await Promise.all(streams.map((stream) => stream.next()));
    expect(open(app)).toBe(200);
    for (const stream of streams) stream.leave();
    await until(() => open(app) === 0);
    for (let i = 0; i < 200; i++) {
      const line = unread(app, people[i % people.length]);
      setTimeout(() => line.destroy(), i % 20);
    }
    await sleep(500);
    await until(() => open(app) === 0);
    const server = app.app.getHttpServer();
    await until(
      () => new Promise((resolve) => server.getConnections((_: unknown, n: number) => resolve(n <= 2))),
    );
  });

  it('lets go of whoever does not read', async () => {
    const line = unread(app);
    await until(() => open(app) === 1);
    const [stream] = app.app.get(EventStreams).of('inbox');
    let said = 0;
    // what the network takes is not ours to bound
    while (open(app) === 1 && said++ < 10_000) {
      stream.say({ event: 'inbox', data: { words: 'x'.repeat(10_000) } });
      await new Promise(setImmediate);
    }
    expect(open(app)).toBe(0);
    expect(said).toBeGreaterThan(1);
    line.destroy();
  });

  it('ends every stream when the program leaves, also of somebody who has stopped reading', async () => {
    const leaving = await startApp(app.database);
    const streams = [await listen({ on: leaving }), await listen({ on: leaving })];
    await settled(...streams);
    const silent = unread(leaving);
    await until(() => open(leaving) === 3);
    const stuck = leaving.app.get(EventStreams).of('inbox')[2];
    while (stuck['reply'].raw.writableLength === 0) {
      stuck.say({ event: 'inbox', data: { words: 'x'.repeat(8_000) } });
      await new Promise(setImmediate);
    }
    const begun = Date.now();
    await leaving.stop();
    expect(Date.now() - begun).toBeLessThan(3_000);
    await until(() => streams.every(({ ended }) => ended));
    silent.destroy();
  });

  it('does not keep the built program from leaving, and is one line of its log', async () => {
    const program = await startProgram({ LOG_LEVEL: 'info' }, app.database);
    const [stays, leaves] = [
      await EventSource.open(program.address, tokenOf(karen)),
      await EventSource.open(program.address, tokenOf(karen)),
    ];
    await Promise.all([stays.next(), leaves.next()]);
    leaves.leave();
    await until(() => program.output().includes('"cut":true'));
    await program.stop();
    expect(stays.ended).toBe(true);
    const log = program
      .output()
      .split('\n')
      .filter((line) => line.includes('"route":"/api/v1/inbox/events"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(log).toEqual([
      expect.objectContaining({ status: 200, cut: true, actorId: karen.id }),
      expect.not.objectContaining({ cut: true }),
    ]);
    expect(program.output()).toContain('"left":"done"');
  });

  /** A stream on a line nobody reads from. */
  function unread(on: TestApp, account = karen): Socket {
    const { hostname, port } = new URL(on.address);
    const line = connect(Number(port), hostname).pause();
    line.on('error', () => undefined);
    line.write(
      `GET /api/v1/inbox/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokenOf(account)}\r\n\r\n`,
    );
    return line;
  }
});
