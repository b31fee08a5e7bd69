import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type, type ClassConstructor } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isDay } from '../calendar/calendar.js';
import { isUuid } from './ids.js';

/**
 * The fields of requests: each decorator is one rule, said once for the validator (by name and values,
 * so that `rule-texts` can say it in two languages) and for the OpenAPI document.
 */
export function field(
  rule: string,
  holds: (value: unknown) => boolean,
  schema: ApiPropertyOptions = {},
  values: Record<string, unknown> = {},
): PropertyDecorator {
  return applyDecorators(
    ValidateBy({ name: rule, validator: { validate: holds } }, { context: values, message: rule }),
    ApiProperty(schema),
  );
}

// oxlint-disable-next-line no-control-regex -- control characters are what this finds
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= max &&
  value === value.trim() &&
  !CONTROL.test(value);

/** Text of 1 to `max` characters without spaces around it; kept byte for byte. */
export const Text = (max: number) =>
  field('text', (value) => isText(value, max), { type: String, minLength: 1, maxLength: max }, { max });

/** Text of one line, such as a name. */
export const Line = (max: number) =>
  field(
    'line',
    (value) => isText(value, max) && !/[\n\r\t]/.test(value),
    { type: String, minLength: 1, maxLength: max },
    { max },
  );

/** Text of any kind of `min` to `max` characters, such as a password, in which spaces count. */
export const Secret = (min: number, max: number) =>
  field(
    'secret',
    (value) => typeof value === 'string' && value.length >= min && value.length <= max,
    { type: String, minLength: min, maxLength: max, format: 'password' },
    { min, max },
  );

/** Text of a given form; `form` names it for people, such as `DDMMYY-NNNN`. */
export const Pattern = (pattern: RegExp, form: string) =>
  field(
    'pattern',
    (value) => typeof value === 'string' && pattern.test(value),
    { type: String, pattern: pattern.source },
    { form },
  );

/** Code of a classification; the database knows which exist. */
export const Code = () => Pattern(CODE, 'A-Z a-z 0-9 _ . -');

/** As long as a UUID, which is what ESCO ends its addresses with. */
export const CODE = /^[A-Za-z0-9_.-]{1,36}$/;

/** Day in Copenhagen, `YYYY-MM-DD`; years 1901 to 2150, so that what is calculated from it stays in the calendar. */
export const IsDay = () => field('day', isUsableDay, { type: String, format: 'date' });

export const isUsableDay = (value: unknown): value is string =>
  isDay(value) && value >= '1901-01-01' && value <= '2150-12-31';

/** Instant to the second with its zone, such as `2027-02-01T09:30:00+01:00`, on such a day. */
export const IsInstant = () =>
  field(
    'instant',
    (value) => typeof value === 'string' && INSTANT.test(value) && isUsableDay(value.slice(0, 10)),
    { type: String, format: 'date-time' },
  );

const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** Id of a row: a UUID, kept in small letters as Postgres writes it. */
export const IsId = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => inSmallLetters(value)),
    field('id', isUuid, { type: String, format: 'uuid' }),
  );

/** From `min` to `max` ids, none twice. */
export const Ids = (max: number, min = 0) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(inSmallLetters) : value)),
    field(
      'ids',
      (value) =>
        Array.isArray(value) &&
        value.length >= min &&
        value.length <= max &&
        new Set(value).size === value.length &&
        value.every(isUuid),
      { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: min, maxItems: max },
      { min, max },
    ),
  );

const inSmallLetters = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

export const Email = () =>
  field(
    'email',
    (value) =>
      typeof value === 'string' && value.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(value),
    { type: String, format: 'email', maxLength: 254 },
  );

export const OneOf = (allowed: readonly string[]) =>
  field('one_of', (value) => allowed.includes(value as string), { enum: [...allowed] }, { allowed });

/** Whole number from `min` to `max`, both allowed. */
export const Whole = (min: number, max: number) =>
  field(
    'whole',
    (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    { type: 'integer', minimum: min, maximum: max },
    { min, max },
  );

/** Number from `min` to `max` in steps of a half, such as hours a week; both are allowed. */
export const Halves = (min: number, max: number) =>
  field(
    'halves',
    (value) => typeof value === 'number' && Number.isInteger(value * 2) && value >= min && value <= max,
    { type: 'number', minimum: min, maximum: max, multipleOf: 0.5 },
    { min, max },
  );

/** The same as `Whole` in a query, where a number is digits. */
export const WholeInQuery = (min: number, max: number) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    Whole(min, max),
  );

/** Yes or no in a query, where it is a word. */
export const FlagInQuery = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    Flag(),
  );

export const Flag = () => field('flag', (value) => typeof value === 'boolean', { type: Boolean });

/** Whole number of a reply, 0 or more. */
export const Count = () => ApiProperty({ type: 'integer', minimum: 0 });

/** Instant of a reply whose name does not say it by its end, as `closedAt` does. */
export const Instant = () => ApiProperty({ format: 'date-time' });

/** JSON number, text or boolean: the value of a rule. */
export const Scalar = () =>
  field('scalar', (value) => typeof value === 'boolean' || Number.isFinite(value) || isText(value, 200), {
    oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }],
  });

/** May be left out; `null` is not leaving out. */
export const Optional = () =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ApiProperty({ required: false }),
  );

/** May be `null`, which clears it. */
export const Nullable = () =>
  applyDecorators(
    ValidateIf((_, value) => value !== null && value !== undefined),
    ApiProperty({ required: false, nullable: true }),
  );

/** One object of its own shape. */
export const Nested = (shape: () => ClassConstructor<object>) =>
  applyDecorators(
    Type(shape),
    IsDefined(),
    field('object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    ValidateNested(),
  );

/** From `min` to `max` objects of one shape. */
export const ListOf = (shape: () => ClassConstructor<object>, max: number, min = 0) =>
  applyDecorators(
    Type(shape),
    IsArray(),
    ArrayMaxSize(max),
    field(
      'list',
      (value) =>
        Array.isArray(value) &&
        value.length >= min &&
        value.length <= max &&
        value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)),
      { minItems: min, maxItems: max },
      { min, max },
    ),
    ValidateNested({ each: true }),
  );

/** From `min` to `max` codes, none twice. */
export const Codes = (max: number, min = 0) =>
  field(
    'codes',
    (value) =>
      Array.isArray(value) &&
      value.length >= min &&
      value.length <= max &&
      new Set(value).size === value.length &&
      value.every((item) => typeof item === 'string' && CODE.test(item)),
    { type: [String], minItems: min, maxItems: max },
    { min, max },
  );
