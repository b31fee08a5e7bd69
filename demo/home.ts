import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RUNNING_FILE } from '../scripts/clock.js';

/** Everything the demo keeps is in here; throwing it away starts anew. */
export const HOME = resolve('.ankomst');

export const inHome = (name: string): string => join(HOME, name);

export interface Secrets {
  ownerPassword: string;
  appPassword: string;
  TOKEN_KEYS: string;
  DATA_KEYS: string;
  INDEX_KEY: string;
}

/**
 * Made once and kept: without its keys the CPR numbers of an earlier start could not be read. One that an older
 * program did not know is made now.
 */
export function keptSecrets(): Secrets | undefined {
  const kept = readJson(inHome('secrets.json')) as Partial<Secrets> | undefined;
  return kept && makeSecrets(kept);
}

export function makeSecrets(kept: Partial<Secrets> = {}): Secrets {
  const secrets: Secrets = {
    ownerPassword: randomPassword(),
    appPassword: randomPassword(),
    TOKEN_KEYS: `k1:${randomKey()}`,
    DATA_KEYS: `k1:${randomKey()}`,
    INDEX_KEY: randomKey(),
    ...kept,
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) writeJson(inHome('secrets.json'), secrets);
  return secrets;
}

const randomKey = (): string => randomBytes(32).toString('base64');
export const randomPassword = (): string => randomBytes(24).toString('hex');

/** Where the running demo is found, by people and by `npm run clock`. */
export interface Running {
  address: string;
  migrationDatabaseUrl: string;
}

export const readRunning = (): Running | undefined => readJson(resolve(RUNNING_FILE)) as Running | undefined;
export const noteRunning = (running: Running): void => writeJson(resolve(RUNNING_FILE), running);
export const forgetRunning = (): void => rmSync(resolve(RUNNING_FILE), { force: true });

export function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Written beside and renamed, so that a kill leaves the old file or the new one, never half of one. */
export function writeJson(file: string, content: unknown): void {
  mkdirSync(HOME, { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
}
