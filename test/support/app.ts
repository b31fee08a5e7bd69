import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from '../../src/app.setup.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { cloneDatabase, type TestDatabase } from './database.js';
import { Client } from './client.js';
import { witness } from './declared.js';
import { claimsOf, signed } from './tokens.js';
import type { TestAccount } from '../factories/staff.js';

/** The whole program over HTTP on a database of its own. */
export interface TestApp {
  app: NestFastifyApplication;
  address: string;
  database: TestDatabase;
  /** A client that is nobody. */
  anonymous: Client;
  /** A client signed in as an account. */
  as(account: TestAccount): Client;
  moveClock(instant: string): Promise<void>;
  /** Ends the program and leaves its database, for another to start on. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** @param left what an earlier program left behind; without it, a database of its own */
export async function startApp(left?: TestDatabase): Promise<TestApp> {
  const database = left ?? (await cloneDatabase());
  process.env.DATABASE_URL = database.url;
  const app = await createHttpApp();
  await app.listen(0, '127.0.0.1');
  const address = await app.getUrl();
  const clock = app.get(Clock);
  const declared = witness(app);
  return {
    app,
    address,
    database,
    anonymous: new Client(address, undefined, declared),
    as: (account) => new Client(address, () => signed(claimsOf(account, clock.now())), declared),
    moveClock: async (instant) => {
      await database.moveClock(instant);
      await clock.refresh();
    },
    stop: () => app.close(),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
