import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { JobQueue } from '../src/platform/jobs/job-queue.js';
import { queueConnection } from '../src/platform/jobs/queue-backend.js';
import { postgresStore, redisStore, type QueueStore } from './support/queue-stores.js';
import { startWorker, until, type WorkerProcess } from './support/worker-process.js';
import { missingRedis } from './support/redis.js';

const QUEUE = 'contract';
const noRedis = missingRedis();
if (noRedis) console.warn(`The queue is not tested on Redis: ${noRedis}`);

const stores = [
  { name: 'Postgres', open: postgresStore, missing: undefined },
  { name: 'Redis', open: redisStore, missing: noRedis },
];

for (const { name, open, missing } of stores) {
  const suite = missing ? describe.skip : describe;
  suite(`the queue on ${name}${missing ? ` (${missing})` : ''}`, () => contract(open));
}

/** What both must do; a worker is a process, as in production. */
function contract(open: () => Promise<QueueStore>): void {
  let store: QueueStore;
  let queue: JobQueue;
  let worker: WorkerProcess;

  const openQueue = () => new JobQueue(QUEUE, { connection: queueConnection(store.config) });
  const many = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
  const add = (ids: string[], data: { ms?: number; failures?: number } = {}, options = {}) =>
    queue.addBulk(ids.map((jobId) => ({ name: 'work', data, opts: { jobId, ...options } })));
  const allDone = (ids: string[], by = [worker]) => ids.every((id) => by.some((one) => one.done(id)));

  beforeAll(async () => {
    Logger.overrideLogger(false);
    store = await open();
    queue = openQueue();
    await queue.onModuleInit();
    worker = await startWorker(QUEUE, store);
  }, 60_000);
  afterAll(async () => {
    await worker.end('SIGKILL');
    await queue.close();
    await store.remove();
  });

  it('runs a delayed job at its time and not before', async () => {
    const asked = Date.now();
    await add(['later'], {}, { delay: 600 });
    await until(() => worker.done('later'));
    const [start] = worker.starts('later');
    expect(start - asked).toBeGreaterThanOrEqual(600);
    expect(start - asked).toBeLessThan(3_000);
  });

  it('tries again after a growing pause, and is done when the third attempt is', async () => {
    await add(['third'], { failures: 2 }, { attempts: 3, backoff: { type: 'exponential', delay: 150 } });
    await until(() => worker.done('third'));
    const [first, second, third, ...more] = worker.starts('third');
    expect(second - first).toBeGreaterThanOrEqual(150);
    expect(third - second).toBeGreaterThanOrEqual(300);
    expect(more).toEqual([]);
  });

  it('gives up after the last attempt', async () => {
    const [job] = await add(
      ['never'],
      { failures: 9 },
      { attempts: 3, backoff: { type: 'fixed', delay: 50 } },
    );
    await until(() => job.isFailed());
    expect(worker.starts('never')).toHaveLength(3);
    expect((await queue.getJob('never'))?.attemptsMade).toBe(3);
  });

  it('does not run an id again while it is known, and does once it is forgotten', async () => {
    const forgotten = { removeOnComplete: true };
    await add(['once'], { ms: 200 });
    await add(['once'], { ms: 200 });
    await add(['again'], {}, forgotten);
    await until(() => allDone(['once', 'again']));
    await until(async () => !(await queue.getJob('again')));
    await add(['once', 'again'], {}, forgotten);
    await until(() => worker.starts('again').length === 2);
    expect(worker.starts('once')).toHaveLength(1);
  });

  describe('a schedule of local time', () => {
    // next year's, since a schedule does not begin in the past
    const year = new Date().getUTCFullYear() + 1;
    const spring = lastSunday(year, 3);
    const autumn = lastSunday(year, 10);
    const next = async (pattern: string, after: string) => {
      const rule = { pattern, tz: 'Europe/Copenhagen', startDate: new Date(after) };
      await queue.upsertJobScheduler('scheduled', rule);
      const scheduler = await queue.getJobScheduler('scheduled');
      return new Date(scheduler!.next!).toISOString();
    };
    afterAll(() => queue.removeJobScheduler('scheduled'));

    test.each([
      ['in winter', '0 8 * * *', `${year}-01-15T00:00Z`, `${year}-01-15T07:00:00.000Z`],
      ['in summer', '0 8 * * *', `${year}-07-15T00:00Z`, `${year}-07-15T06:00:00.000Z`],
      ['the day before the clock goes forward', '0 8 * * *', `${spring}T-1`, `${spring}T-1T07:00:00.000Z`],
      ['the day it goes forward', '0 8 * * *', `${spring}T00:00Z`, `${spring}T06:00:00.000Z`],
      [
        'a time the forward hour skips: one later',
        '30 2 * * *',
        `${spring}T00:00Z`,
        `${spring}T01:30:00.000Z`,
      ],
      ['and then the next day', '30 2 * * *', `${spring}T01:31Z`, `${spring}T+1T00:30:00.000Z`],
      ['the day the clock goes back', '0 8 * * *', `${autumn}T00:00Z`, `${autumn}T07:00:00.000Z`],
      ['a time that comes twice: the first', '30 2 * * *', `${autumn}T-1T12:00Z`, `${autumn}T00:30:00.000Z`],
      ['and only that one', '30 2 * * *', `${autumn}T00:31Z`, `${autumn}T+1T01:30:00.000Z`],
    ])('%s', async (_, pattern, after, expected) => {
      expect(await next(pattern, day(after))).toBe(day(expected));
    });
  });

  it('goes on when the store is emptied under a job', async () => {
    await add(['lost'], { ms: 300 });
    await until(() => worker.starts('lost').length === 1);
    await store.empty();
    await add(['found']);
    await until(() => worker.done('found'));
  });

  it('finishes what it has begun before it leaves on SIGTERM', async () => {
    const ids = many('begun', 10);
    await add(ids, { ms: 700 });
    await until(() => ids.every((id) => worker.starts(id).length === 1));
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(allDone(ids)).toBe(true);
    worker = await startWorker(QUEUE, store);
    await add(['after']);
    await until(() => worker.done('after'));
    expect(ids.flatMap((id) => worker.starts(id))).toEqual([]);
  });

  it('loses nothing when a worker is killed: the next one begins again what was begun', async () => {
    const ids = many('killed', 30);
    await add(ids, { ms: 300 });
    await until(() => ids.filter((id) => worker.starts(id).length > 0).length >= 15);
    expect(await worker.end('SIGKILL')).toBe('SIGKILL');
    const killed = worker;
    expect(allDone(ids)).toBe(false);
    worker = await startWorker(QUEUE, store);
    await until(() => allDone(ids, [killed, worker]));
  });

  it('does every job although the store crashes under a live worker', async () => {
    const ids = many('crash', 60);
    await add(ids, { ms: 150 });
    await until(() => ids.some((id) => worker.done(id)));
    await store.crash();
    await store.start();
    expect(allDone(ids)).toBe(false);
    await until(() => allDone(ids));
  });

  describe('while the store is away', () => {
    let late: JobQueue;
    let lateWorker: WorkerProcess;

    beforeAll(async () => {
      await store.crash();
      late = openQueue();
      lateWorker = await startWorker(QUEUE, store);
    });
    afterAll(() => late.close());

    it('refuses at once, also whoever never saw it', async () => {
      for (const one of [queue, late, queue, late]) {
        const asked = Date.now();
        await expect(one.addBulk([{ name: 'work', data: {} }])).rejects.toThrow();
        expect(Date.now() - asked).toBeLessThan(300);
      }
    });

    it('lets a worker leave', async () => {
      expect(await worker.end('SIGTERM')).toBe(0);
    });

    it('says so in few lines of the log', async () => {
      await until(() => lateWorker.warnings().length > 0);
      await sleep(1_500);
      expect([...worker.warnings(), ...lateWorker.warnings()].length).toBeLessThan(10);
      expect([...worker.noise(), ...lateWorker.noise()]).toEqual([]);
    });

    it('is followed by work as before, also for whoever began meanwhile', async () => {
      worker = lateWorker;
      await store.start();
      for (const [id, one] of [
        ['back', queue],
        ['late', late],
      ] as const) {
        const job = { name: 'work', data: {}, opts: { jobId: id } };
        await until(() => one.addBulk([job]).then(Boolean, () => false));
      }
      await until(() => allDone(['back', 'late']));
    });
  });
}

/** YYYY-MM-DD, the day on which Europe changes its clocks. */
function lastSunday(year: number, month: number): string {
  const last = Temporal.PlainYearMonth.from({ year, month }).toPlainDate({ day: 31 });
  return last.subtract({ days: last.dayOfWeek % 7 }).toString();
}

/** `2027-03-28T+1…` is the day after. */
function day(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T([+-]1)/, (_, of: string, days: string) =>
    Temporal.PlainDate.from(of)
      .add({ days: Number(days) })
      .toString(),
  );
}
