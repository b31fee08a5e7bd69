import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything the bench keeps is in here; throwing it away costs a seeding. */
export const HOME = resolve('.ankomst', 'bench');

export interface Secrets {
  ownerPassword: string;
  appPassword: string;
  /** Of every seeded account. */
  password: string;
  TOKEN_KEYS: string;
  DATA_KEYS: string;
  INDEX_KEY: string;
}

const FILE = join(HOME, 'secrets.json');

export const keptSecrets = (): Secrets | undefined =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Secrets) : undefined;

/** Written beside and renamed, so that a kill leaves none or whole ones. */
export function makeSecrets(): Secrets {
  const secrets: Secrets = {
    ownerPassword: word(),
    appPassword: word(),
    password: word(),
    TOKEN_KEYS: `t1:${randomBytes(32).toString('base64')}`,
    DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    INDEX_KEY: randomBytes(32).toString('base64'),
  };
  mkdirSync(HOME, { recursive: true });
  writeFileSync(`${FILE}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true });
  renameSync(`${FILE}.new`, FILE);
  return secrets;
}

const word = (): string => randomBytes(24).toString('hex');
