import { isIP } from 'node:net';
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { isKeyRing } from '../crypto/key-ring.js';

/** Secrets as they stand in `.env.example`: fine for a laptop, refused in production. */
const EXAMPLE_MARK = 'change-me';
const SECRETS = ['DATABASE_URL', 'TOKEN_KEYS', 'DATA_KEYS', 'INDEX_KEY'] as const;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

const IsKeyRing = (): PropertyDecorator =>
  ValidateBy(
    { name: 'keyRing', validator: { validate: isKeyRing } },
    { message: 'must be id:base64 of 32 bytes, separated by commas, no id twice' },
  );

const AreProxies = (): PropertyDecorator =>
  ValidateBy(
    { name: 'proxies', validator: { validate: areProxies } },
    { message: 'must be addresses or networks such as 10.0.0.0/8, separated by commas' },
  );

/** The whole configuration, read once from the environment; each field is documented in `.env.example`. */
export class Config {
  @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' =
    'development';
  @IsString() @IsNotEmpty() HOST: string = '127.0.0.1';
  @IsInt() @Min(0) @Max(65535) PORT: number = 3000;
  @AreProxies() TRUSTED_PROXIES: string = '';
  @Matches(/^https?:\/\/\S+$/) PUBLIC_URL: string = 'http://localhost:3000';
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']) LOG_LEVEL: string = 'info';
  @Matches(/^postgres(ql)?:\/\/\S+$/) DATABASE_URL: string;
  @IsInt() @Min(1) @Max(200) DATABASE_CONNECTIONS: number = 10;
  @IsNumber() @Min(0) @Max(5) DRAIN_SECONDS: number = 1;
  @IsOptional() @Matches(/^rediss?:\/\/\S+$/) REDIS_URL?: string;
  @IsKeyRing() TOKEN_KEYS: string;
  @IsKeyRing() DATA_KEYS: string;
  @Matches(BASE64_OF_32_BYTES) INDEX_KEY: string;
  @Matches(/^(smtps?:\/\/|file:)\S+$/) MAIL_URL: string;
  @IsString() @IsNotEmpty() MAIL_FROM: string;
  @IsInt() @Min(1) @Max(1_000) MAILS_PER_SECOND: number = 20;
  @Matches(/^(file:\S+|s3:[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/) FILES_AT: string;
  @IsOptional() @Matches(/^https?:\/\/\S+$/) S3_ENDPOINT?: string;
  @IsString() @IsNotEmpty() S3_REGION: string = 'eu-central-1';
  @ValidateIf(filesInBucket) @IsString() @IsNotEmpty() S3_ACCESS_KEY_ID?: string;
  @ValidateIf(filesInBucket) @IsString() @IsNotEmpty() S3_SECRET_ACCESS_KEY?: string;
  @IsInt() @Min(1) @Max(3600) SWEEP_SECONDS: number = 30;
  @IsInt() @Min(0) @Max(1_000_000) RATE_LIMIT_PER_MINUTE: number = 600;
  @IsInt() @Min(0) @Max(1_000_000) READ_ALERT_PER_HOUR: number = 300;

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }
}

/** Refused configuration: names the variables and what is wrong with them, never a value. */
export class ConfigRefused extends Error {
  constructor(readonly wrong: string[]) {
    super(`The configuration is refused:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigRefused';
  }
}

/** @throws ConfigRefused when a variable is missing, malformed or, in production, an example value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' && configVariables().includes(name)),
  );
  const config = plainToInstance(Config, known, {
    enableImplicitConversion: true,
    exposeDefaultValues: true,
  });
  const wrong = validateSync(config, { forbidUnknownValues: true }).map(
    ({ property, value, constraints }) =>
      `${property} ${
        value === undefined
          ? 'is missing'
          : Object.values(constraints ?? {})
              .join(', ')
              .replaceAll(property, '')
              .trim()
      }`,
  );
  if (config.production) {
    wrong.push(
      ...SECRETS.filter((name) => isExample(environment[name])).map(
        (name) => `${name} is the example's value: make your own`,
      ),
    );
    if (['trace', 'debug'].includes(config.LOG_LEVEL))
      wrong.push('LOG_LEVEL is for finding errors: production says info at most');
  }
  if (wrong.length > 0) throw new ConfigRefused(wrong);
  return config;
}

/** Names of all variables the application reads. */
export function configVariables(): string[] {
  return Object.keys(new Config());
}

function filesInBucket({ FILES_AT }: Config): boolean {
  return FILES_AT?.startsWith('s3:');
}

/** A network of everybody (`/0`) is no proxy. */
function areProxies(text: string): boolean {
  return (
    text === '' ||
    text.split(',').every((entry) => {
      const [address, bits, ...rest] = entry.split('/');
      const most = { 4: 32, 6: 128 }[isIP(address)];
      return (
        most !== undefined &&
        rest.length === 0 &&
        (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most))
      );
    })
  );
}

function isExample(value = ''): boolean {
  const keys = value.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1));
  return [value, ...keys.map((key) => Buffer.from(key, 'base64').toString('latin1'))].some((text) =>
    text.includes(EXAMPLE_MARK),
  );
}
