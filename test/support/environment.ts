import { randomUUID } from 'node:crypto';
import 'reflect-metadata';

Object.assign(process.env, {
  NODE_ENV: 'test',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  TOKEN_KEYS: `k1:${Buffer.alloc(32, 3).toString('base64')}`,
  DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
  // of each file of tests its own: what another one sent is none of its mails
  MAIL_URL: `file:${process.env.TEST_HOME}/mail-${randomUUID()}`,
  FILES_AT: `file:${process.env.TEST_HOME}/files-${randomUUID()}`,
  MAIL_FROM: 'Ankomst <ankomst@localhost>',
  SWEEP_SECONDS: '1',
  DATABASE_CONNECTIONS: '10',
  DRAIN_SECONDS: '0',
  // A test asks for more in a minute than a person would; test/rate-limit.e2e-spec.ts turns it on.
  RATE_LIMIT_PER_MINUTE: '0',
  DATABASE_URL: process.env.TEST_TEMPLATE_URL,
  REDIS_URL: '',
});
