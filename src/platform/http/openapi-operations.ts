import { STATUS_CODES } from 'node:http';
import { describeCsv } from './csv-body.js';
import { describeIdempotency } from './idempotency.js';
import {
  resolved,
  type ApiDocument,
  type Media,
  type Operation,
  type Parameter,
  type Schema,
  type Schemas,
} from './openapi-document.js';
import { exampleOf } from './openapi-examples.js';

/** Says of every operation what follows from the rest: who may enter, what its parameters are, and examples of its bodies. */
export function completeOperations({ paths, components: { schemas } }: ApiDocument): void {
  for (const { properties = {} } of Object.values(schemas)) {
    for (const [name, schema] of Object.entries(properties)) sayFormat(name, schema);
  }
  for (const [address, path] of Object.entries(paths)) {
    if (path.post) describeIdempotency(path.post);
    for (const operation of Object.values(path)) {
      const roles = operation['x-roles'];
      operation.description ??= roles ? `For: ${roles.join(', ')}.` : 'For anyone.';
      for (const parameter of operation.parameters) describeParameter(parameter, address, schemas);
      describeCsv(operation);
      for (const media of Object.values(operation.requestBody?.content ?? {})) addExample(media, schemas);
      describeReplies(operation, schemas);
    }
  }
}

const FORMATS: [RegExp, string][] = [
  [/^id$|Ids?$/, 'uuid'],
  [/^on$|(On|Day)$/, 'date'],
  [/^at$|At$/, 'date-time'],
];

/** Our names say it: ids are UUIDs, `On` is a day, `At` an instant. */
function sayFormat(name: string, schema: Schema): void {
  const text = schema.items ?? schema;
  if (![text.type].flat().includes('string') || text.format || text.enum || text.pattern) return;
  const format = FORMATS.find(([names]) => names.test(name))?.[1];
  if (format) text.format = format;
}

const SORT = 'The column the list is sorted by; with `-` before it, from the last to the first.';

function describeParameter(parameter: Parameter, address: string, schemas: Schemas): void {
  const { name, schema } = parameter;
  sayFormat(name, schema);
  if (name === 'sort') parameter.description ??= SORT;
  if (parameter.in === 'path' && schema.format === 'uuid')
    parameter.description ??= `Id of one of the ${collectionBefore(name, address)}.`;
  parameter.example ??= exampleOf(schema, schemas);
}

/** The words before an id in the address: `/visits/{id}` → `visits`. */
function collectionBefore(name: string, address: string): string {
  return address.split(`/{${name}}`)[0].split('/').at(-1)!.replaceAll('-', ' ');
}

function describeReplies({ responses }: Operation, schemas: Schemas): void {
  for (const [status, response] of Object.entries(responses)) {
    response.description ||= STATUS_CODES[status];
    for (const media of Object.values(response.content ?? {})) {
      addExample(media, schemas);
      if (resolved(media.schema, schemas).properties?.version) response.headers = { ETag: ETAG };
    }
  }
}

const ETAG = {
  description: 'The version, to be sent back as `If-Match` by whoever changes it.',
  schema: { type: 'string' },
  example: '"1"',
};

function addExample(media: Media, schemas: Schemas): void {
  if (!media.examples) media.example ??= exampleOf(media.schema, schemas);
}
