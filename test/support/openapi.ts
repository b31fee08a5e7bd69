/** What of the OpenAPI document the tests read. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  pattern?: string;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Operation {
  method: string;
  /** As Fastify writes it, `/refugees/:id`. */
  url: string;
  roles: string[];
  query: { name: string; schema: Schema }[];
  params: string[];
  body?: Schema;
  /** By status code, the schema of the reply, if it has one. */
  replies: Map<number, { type: string; schema: Schema } | undefined>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

interface RawOperation {
  'x-roles'?: string[];
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export class Api {
  constructor(private readonly document: ApiDocument) {}

  operations(): Operation[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, raw]) => ({
        method: method.toUpperCase(),
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        roles: raw['x-roles'] ?? [],
        query: (raw.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        params: (raw.parameters ?? []).flatMap((parameter) =>
          parameter.in === 'path' ? parameter.name : [],
        ),
        body: raw.requestBody?.content['application/json'].schema,
        replies: new Map(
          Object.entries(raw.responses)
            .filter(([status]) => status.startsWith('2'))
            .map(([status, { content = {} }]) => {
              const [first] = Object.entries(content);
              return [Number(status), first && { type: first[0], schema: first[1].schema }];
            }),
        ),
      })),
    );
  }

  resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    if (name) return this.resolved(this.document.components.schemas[name]);
    const inner = schema.allOf?.[0] ?? schema.anyOf?.find((one) => one.$ref);
    return inner && !schema.properties ? this.resolved(inner) : schema;
  }

  /** A value that fits: the example, an allowed one, or one made for the format. */
  sample(of: Schema): unknown {
    const schema = this.resolved(of);
    if (schema.properties)
      return Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [name, this.sample(property)]),
      );
    if (schema.example !== undefined) return schema.example;
    if (schema.enum) return schema.enum[0];
    if (schema.oneOf) return this.sample(schema.oneOf[0]);
    const type = [schema.type].flat()[0];
    if (type === 'array') return [this.sample(schema.items!)];
    if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
    if (type === 'boolean') return true;
    return MADE.find(([format]) => format === schema.format)?.[1] ?? textOf(schema.pattern);
  }

  /** Why a reply breaks its schema: a path and a word for each place; nothing when it fits. */
  misfits(of: Schema, value: unknown, path = ''): string[] {
    const schema = of.$ref ? this.resolved(of) : of;
    const options = schema.anyOf ?? schema.oneOf;
    if (options) {
      return options.some((option) => this.misfits(option, value, path).length === 0)
        ? []
        : [`${path}: none of`];
    }
    if (schema.allOf) return schema.allOf.flatMap((one) => this.misfits(one, value, path));
    const types = [schema.type ?? []].flat();
    if (types.length > 0 && !types.some((type) => isOf(type, value)))
      return [`${path}: no ${types.join('|')}`];
    if (value === null) return [];
    if (schema.enum && !schema.enum.includes(value)) return [`${path}: not listed`];
    if (Array.isArray(value))
      return value.flatMap((item, i) => this.misfits(schema.items ?? {}, item, `${path}[${i}]`));
    if (!schema.properties || typeof value !== 'object') return [];
    const known = schema.properties;
    return [
      ...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`),
      ...Object.entries(value).flatMap(([name, inner]) =>
        name in known
          ? this.misfits(known[name], inner, `${path}.${name}`)
          : [`${path}.${name}: not declared`],
      ),
    ];
  }
}

const MADE: [string, unknown][] = [
  ['date', '2027-02-01'],
  ['uuid', '0190f9a0-0000-7000-8000-000000000000'],
  ['email', 'somebody@example.dk'],
  ['password', 'a long enough password'],
];
const textOf = (pattern = ''): string =>
  ['text', 'ER', 'A1', '010190-4000', '7012345', 'takeover.ukraine'].find((text) =>
    new RegExp(pattern).test(text),
  )!;

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
