import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigRefused, configVariables, readConfig } from '../src/platform/config/config.js';

const example = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  ...example,
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://ankomst_app:Hq7vV3nK@db:5432/ankomst',
  TOKEN_KEYS: `k2:${key},k1:${key}`,
  DATA_KEYS: `k2:${key},k1:${key}`,
  INDEX_KEY: key,
};
const SECRETS = ['TOKEN_KEYS', 'DATA_KEYS', 'INDEX_KEY'] as const;

function refusal(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigRefused) return error.wrong;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('.env.example has every variable, and only those', () => {
    expect(Object.keys(example).sort()).toEqual([...configVariables(), 'MIGRATION_DATABASE_URL'].sort());
  });

  test('docker-compose.yml sets only what there is, and all that has no default', () => {
    const [, settings] = /^x-settings: .*\n((?: {2}.*\n)+)/m.exec(
      readFileSync('docker-compose.yml', 'utf8'),
    )!;
    const set = [...settings.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(set.filter((name) => !configVariables().includes(name))).toEqual([]);
    const missing = refusal(Object.fromEntries(set.map((name) => [name, ''])));
    expect(missing.map((line) => line.split(' ')[0]).filter((name) => !set.includes(name))).toEqual([]);
  });

  test('the values of .env.example are enough for development', () => {
    expect(refusal(example)).toEqual([]);
    expect(readConfig(example)).toMatchObject({ NODE_ENV: 'development', PORT: 3000, SWEEP_SECONDS: 30 });
  });

  test('production takes secrets of its own', () => {
    expect(refusal(production)).toEqual([]);
  });

  test.each([...SECRETS, 'DATABASE_URL'] as const)(
    'production refuses the %s of .env.example and names it',
    (name) => {
      const wrong = refusal({ ...production, [name]: example[name] });
      expect(wrong).toEqual([expect.stringContaining(name)]);
      expect(wrong.join()).not.toContain(example[name]);
    },
  );

  test.each(['trace', 'debug'])('production refuses to log as much as %s', (level) => {
    expect(refusal({ ...production, LOG_LEVEL: level })).toEqual([expect.stringContaining('LOG_LEVEL')]);
    expect(refusal({ ...example, LOG_LEVEL: level })).toEqual([]);
  });

  test.each(['TOKEN_KEYS', 'DATA_KEYS'])(
    'production refuses an example key behind one of its own in %s',
    (name) => {
      const both = `k2:${key},${example[name]}`;
      expect(refusal({ ...production, [name]: both })).toEqual([expect.stringContaining(name)]);
    },
  );

  test.each([
    ['TOKEN_KEYS', 'a-secret-without-an-id'],
    ['TOKEN_KEYS', `k1:${key},k1:${key}`],
    ['TOKEN_KEYS', `../k1:${key}`],
    ['TRUSTED_PROXIES', 'everybody'],
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '10.0.0.0/0'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1,'],
    ['TRUSTED_PROXIES', '10.0.0.1, 10.0.0.2'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', 'fd00::/129'],
    ['DATA_KEYS', 'k1:c2hvcnQta2V5'],
    ['DATA_KEYS', `k1:${key},k2:c2hvcnQta2V5`],
    ['INDEX_KEY', 'c2hvcnQta2V5'],
    ['DATABASE_URL', 'mysql://app:pass-word@db/ankomst'],
    ['MAIL_URL', 'pigeon://loft'],
    ['FILES_AT', '/var/lib/ankomst'],
    ['S3_ENDPOINT', 'minio:9000'],
    ['PORT', '65536'],
    ['DATABASE_CONNECTIONS', 'many'],
    ['SWEEP_SECONDS', '0'],
    ['LOG_LEVEL', 'loudly'],
    ['NODE_ENV', 'staging'],
  ])('%s is refused when it is %s, and the value is not repeated', (name, value) => {
    const wrong = refusal({ ...production, [name]: value });
    expect(wrong).toEqual([expect.stringContaining(name)]);
    expect(wrong.join()).not.toContain(value);
  });

  test.each(['', '127.0.0.1', '10.0.0.0/8,192.168.1.7', '::1,fd00::/8'])(
    'trusts the proxies "%s"',
    (proxies) => {
      expect(refusal({ ...production, TRUSTED_PROXIES: proxies })).toEqual([]);
    },
  );

  test('a bucket takes its keys', () => {
    const bucket = { ...production, FILES_AT: 's3:ankomst-files' };
    expect(refusal(bucket)).toEqual(['S3_ACCESS_KEY_ID is missing', 'S3_SECRET_ACCESS_KEY is missing']);
    expect(refusal({ ...bucket, S3_ACCESS_KEY_ID: 'ankomst', S3_SECRET_ACCESS_KEY: 'Hq7vV3nK' })).toEqual([]);
  });

  test.each([...SECRETS, 'DATABASE_URL', 'MAIL_URL', 'MAIL_FROM', 'FILES_AT'])(
    '%s may not be missing',
    (name) => {
      const { [name]: _, ...without } = production as Record<string, string>;
      expect(refusal(without)).toEqual([`${name} is missing`]);
      expect(refusal({ ...production, [name]: '' })).toEqual([`${name} is missing`]);
    },
  );
});
