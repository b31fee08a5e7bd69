import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigRefused, configVariables, readConfig } from '../src/platform/config/config.js';

const example = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  ...example,
  NODE_ENV: 'production',
  TOKEN_SECRET: 'fvK0V2hJ7hZs2uJ1GmQxqkqvZQ3cN5rT',
  DATA_KEYS: `k2:${key},k1:${key}`,
  INDEX_KEY: key,
};
const SECRETS = ['TOKEN_SECRET', 'DATA_KEYS', 'INDEX_KEY'] as const;

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

  test('the values of .env.example are enough for development', () => {
    expect(refusal(example)).toEqual([]);
    expect(readConfig(example)).toMatchObject({ NODE_ENV: 'development', PORT: 3000, SWEEP_SECONDS: 30 });
  });

  test('production takes secrets of its own', () => {
    expect(refusal(production)).toEqual([]);
  });

  test.each(SECRETS)('production refuses the %s of .env.example and names it', (name) => {
    const wrong = refusal({ ...production, [name]: example[name] });
    expect(wrong).toEqual([expect.stringContaining(name)]);
    expect(wrong.join()).not.toContain(example[name]);
  });

  test('production refuses an example key behind one of its own', () => {
    const both = `k2:${key},${example.DATA_KEYS}`;
    expect(refusal({ ...production, DATA_KEYS: both })).toEqual([expect.stringContaining('DATA_KEYS')]);
  });

  test.each([
    ['TOKEN_SECRET', 'a-secret-of-31-characters-short'],
    ['DATA_KEYS', 'k1:c2hvcnQta2V5'],
    ['DATA_KEYS', `k1:${key},k2:c2hvcnQta2V5`],
    ['INDEX_KEY', 'c2hvcnQta2V5'],
    ['DATABASE_URL', 'mysql://app:pass-word@db/ankomst'],
    ['MAIL_URL', 'pigeon://loft'],
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

  test.each([...SECRETS, 'DATABASE_URL', 'MAIL_URL', 'MAIL_FROM'])('%s may not be missing', (name) => {
    const { [name]: _, ...without } = production as Record<string, string>;
    expect(refusal(without)).toEqual([`${name} is missing`]);
    expect(refusal({ ...production, [name]: '' })).toEqual([`${name} is missing`]);
  });
});
