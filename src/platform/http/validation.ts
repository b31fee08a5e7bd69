import { Param, ValidationPipe, type ValidationError } from '@nestjs/common';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isUuid } from './ids.js';
import { requestProblem, type FieldError } from './problem.js';

/** A reply is for somebody to read: it names so many fields at most. */
export const MOST_ERRORS = 50;

/** Unknown and repeated fields are refused by name. */
const STRICTLY = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};

/** Every body and query is checked once, here. */
export const validation = new ValidationPipe({
  transform: true,
  ...STRICTLY,
  exceptionFactory: (errors) =>
    requestProblem.invalid({ errors: errors.flatMap((error) => fieldErrors(error)).slice(0, MOST_ERRORS) }),
});

/** What is wrong with a part of a body whose shape only other facts tell, such as a published form. */
export function shapeErrors<Shape extends object>(
  shape: ClassConstructor<Shape>,
  part: object,
): FieldError[] {
  return validateSync(plainToInstance(shape, part), STRICTLY).flatMap((error) => fieldErrors(error));
}

/** An id in the address: a UUID, in small letters as Postgres writes it, or 400. */
export const Id = (name = 'id'): ParameterDecorator =>
  Param(name, {
    transform: (value: string): string => {
      if (!isUuid(value)) throw requestProblem.invalid({ errors: [{ field: name, rule: 'id' }] });
      return value.toLowerCase();
    },
  });

function fieldErrors(
  { property, constraints = {}, contexts = {}, children = [] }: ValidationError,
  path = '',
): FieldError[] {
  const field = joined(path, property);
  // A list that is no list breaks several constraints of the validator, but one rule for the reader.
  const rules = Object.keys(constraints).map((name) => RULE_OF_CONSTRAINT[name] ?? name);
  const own = [...new Set(rules)].map((rule) => ({
    field,
    rule,
    values: contexts[rule],
  }));
  return [...own, ...children.flatMap((child) => fieldErrors(child, field))];
}

/** What the validator itself adds to our rules, in the words of ours. */
export const RULE_OF_CONSTRAINT: Record<string, string> = {
  whitelistValidation: 'unknown',
  unknownValue: 'object',
  nestedValidation: 'object',
  isDefined: 'object',
  isArray: 'list',
  arrayMaxSize: 'list',
};

function joined(path: string, property = ''): string {
  if (!path) return property;
  return /^\d+$/.test(property) ? `${path}[${property}]` : `${path}.${property}`;
}
