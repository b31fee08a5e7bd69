import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { access } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { WorkerModule } from '../src/worker.module.js';
import { register } from './factories/refugees.js';
import { makeUnit, type TestUnit } from './factories/staff.js';
import { startApp, type TestApp } from './support/app.js';
import { startProgram } from './support/program.js';
import { EMPTY_QUEUE } from './support/queue-stores.js';
import { missingRedis, startRedis, type RedisServer } from './support/redis.js';
import { until } from './support/worker-process.js';

const noRedis = missingRedis();
if (noRedis) console.warn(`Reminders are not tested on Redis: ${noRedis}`);
const onRedis = noRedis ? describe.skip : describe;

/** What the tests do to the store behind the program's back. */
interface Store {
  empty(app: TestApp): Promise<unknown>;
  /** Ways to keep anybody from getting an answer, until what it returns is called. */
  blocked: Record<string, (app: TestApp) => Promise<() => Promise<unknown>>>;
}

describe('reminders, woken by Postgres', () => {
  flow({
    empty: ({ database }) => database.asOwner(EMPTY_QUEUE),
    blocked: {
      'is locked': async ({ database }) => {
        const locker = new pg.Client({ connectionString: database.ownerUrl });
        await locker.connect();
        await locker.query('begin; lock table bullmq.job in access exclusive mode');
        return () => locker.end();
      },
    },
  });
});

onRedis(`reminders, woken by Redis${noRedis ? ` (${noRedis})` : ''}`, () => {
  let redis: RedisServer;
  let evicting: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
    evicting = await startRedis('--maxmemory-policy', 'allkeys-lru');
    process.env.REDIS_URL = redis.url;
  });
  afterAll(async () => {
    process.env.REDIS_URL = '';
    await Promise.all([redis.remove(), evicting.remove()]);
  });

  flow({
    empty: () => redis.ask('flushall'),
    blocked: {
      hangs: async () => {
        redis.freeze();
        return async () => redis.thaw();
      },
      'is dead': async () => {
        await redis.crash();
        return () => redis.start();
      },
    },
  });

  it('is told in one line of JSON when it may throw jobs away, and never writes to the console', async () => {
    const program = await startProgram({ REDIS_URL: evicting.url, LOG_LEVEL: 'info' });
    try {
      const lines = () => program.output().split('\n').filter(Boolean);
      await until(() => program.output().includes('noeviction'));
      expect(lines().filter((line) => /eviction|allkeys/.test(line))).toHaveLength(1);
      await evicting.crash();
      await sleep(2_500);
      expect(lines().filter((line) => line.includes('ECONNREFUSED')).length).toBeLessThanOrEqual(1);
      for (const line of lines()) expect(JSON.parse(line)).toHaveProperty('level');
    } finally {
      await program.stop();
    }
  });
});

function flow(store: Store): void {
  let app: TestApp;
  let north: TestUnit;
  let worker: INestApplicationContext | undefined;

  beforeAll(async () => {
    app = await startApp();
    north = await makeUnit(app.database);
    await app.moveClock('2027-02-16T09:00:00Z');
  });
  afterEach(async () => {
    await worker?.close();
    worker = undefined;
  });
  afterAll(() => app.close());

  const startWorker = async (sweepSeconds: number) => {
    process.env.SWEEP_SECONDS = String(sweepSeconds);
    worker = await NestFactory.createApplicationContext(WorkerModule, { logger: false, abortOnError: false });
  };
  /** A person whose contract should have been made yesterday: their caseworker's reminder is due at once. */
  const dueReminder = async (): Promise<string> => {
    const refugee = await register(app, north.jobConsultant, {
      permit: { basis: 'aliens_act_7_1' },
      allocation: { decidedOn: '2026-12-01' },
    });
    const [due] = await app.database.asOwner<{ id: string }>(
      `select r.id from reminders r join follow_ups f on f.id = r.follow_up_id
       where f.refugee_id = $1 and r.channel = 'email' and r.due_at <= clock_now()`,
      [refugee.id],
    );
    return due.id;
  };
  const isSent = async (reminderId: string): Promise<boolean> => {
    const [{ state }] = await app.database.asOwner<{ state: string }>(
      'select state from reminders where id = $1',
      [reminderId],
    );
    return state === 'sent';
  };
  const mailOf = (reminderId: string) =>
    access(`${process.env.MAIL_URL!.slice('file:'.length)}/reminder-${reminderId}@ankomst.eml`);

  it('sends at once what is due, woken by the change itself', async () => {
    await startWorker(3_600);
    const reminderId = await dueReminder();
    await until(() => isSent(reminderId));
    await expect(mailOf(reminderId)).resolves.toBeUndefined();
    const [{ id: inTheInbox }] = await app.database.asOwner<{ id: string }>(
      `select i.id from reminders i join reminders m using (follow_up_id, step, recipient_id, due_on)
       where m.id = $1 and i.channel = 'in_app'`,
      [reminderId],
    );
    await until(() => isSent(inTheInbox));
  });

  it('loses nothing when the queue is emptied: the sweep finds it', async () => {
    const reminderId = await dueReminder();
    await store.empty(app);
    await startWorker(1);
    await until(() => isSent(reminderId));
    const other = await dueReminder();
    await store.empty(app);
    await until(() => isSent(other));
  });

  test.each(Object.entries(store.blocked))(
    'answers requests while the store %s, and sends afterwards',
    async (_, block) => {
      await startWorker(1);
      const unblock = await block(app);
      const waiting: string[] = [];
      try {
        for (let i = 0; i < 3; i++) {
          const asked = performance.now();
          waiting.push(await dueReminder());
          expect(performance.now() - asked).toBeLessThan(1_000);
        }
      } finally {
        await unblock();
      }
      await until(async () => (await Promise.all(waiting.map(isSent))).every(Boolean));
    },
  );
}
