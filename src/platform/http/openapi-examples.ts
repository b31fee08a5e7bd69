import { resolved, type Schema, type Schemas } from './openapi-document.js';

const BY_FORMAT: Record<string, string> = {
  uuid: '0190f9a0-0000-7000-8000-000000000000',
  date: '2027-02-01',
  'date-time': '2027-02-01T08:30:00.000Z',
  binary: 'the bytes of the file',
  password: 'a long enough password',
};

/**
 * An example of a whole body, put together from the examples of its fields (`@example` in a DTO), or what their
 * format makes obvious. A field that has neither is left out: a test finds it.
 */
export function exampleOf(of: Schema, schemas: Schemas): unknown {
  const schema = resolved(of, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
  if (first) return exampleOf(first, schemas);
  if (schema.properties) return exampleOfObject(schema.properties, schemas);
  return exampleOfType(schema, schemas);
}

function exampleOfObject(properties: Schemas, schemas: Schemas): Record<string, unknown> {
  const fields = Object.entries(properties).map(([name, property]) => [name, exampleOf(property, schemas)]);
  return Object.fromEntries(fields.filter(([, example]) => example !== undefined));
}

function exampleOfType({ type, format = '', minimum, items }: Schema, schemas: Schemas): unknown {
  const [first] = [type].flat();
  if (first === 'boolean') return true;
  if (first === 'integer') return minimum;
  if (first === 'string') return BY_FORMAT[format];
  const item = items && exampleOf(items, schemas);
  return item === undefined ? undefined : [item];
}
