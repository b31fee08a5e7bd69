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
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  additionalProperties?: boolean;
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
  query: Parameter[];
  params: string[];
  body?: Schema;
  /** By status code, the schema of the reply, if it has one. */
  replies: Map<number, { types: string[]; schema: Schema } | undefined>;
  /** Whether its body is a file. */
  uploads: boolean;
  /** The codes of the problems it may answer with: `403 request.forbidden`. */
  problems: Set<string>;
  /** As the document has it. */
  raw: RawOperation;
}

export interface ApiDocument {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, RawResponse> };
}

export interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  'x-roles'?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, RawResponse>;
}

export interface RawResponse {
  $ref?: string;
  description?: string;
  content?: Record<string, Media>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: Schema;
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
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
        body: raw.requestBody?.content['application/json']?.schema,
        replies: new Map(
          Object.entries(raw.responses)
            .filter(([status]) => status.startsWith('2'))
            .map(([status, { content = {} }]) => {
              const [first] = Object.values(content);
              return [Number(status), first && { types: Object.keys(content), schema: first.schema }];
            }),
        ),
        uploads: 'application/octet-stream' in (raw.requestBody?.content ?? {}),
        problems: this.problemsOf(raw),
        raw,
      })),
    );
  }

  /** Every body a reply can have that is no success, by status code or `default`. */
  refusals({ responses }: RawOperation): [status: string, Media][] {
    return Object.entries(responses)
      .filter(([status]) => !status.startsWith('2'))
      .map(([status, { $ref, content }]) => {
        const declared = $ref ? this.document.components.responses[$ref.split('/').at(-1)!].content : content;
        return [status, declared!['application/problem+json']];
      });
  }

  private problemsOf(raw: RawOperation): Set<string> {
    const examples = this.refusals(raw).flatMap(([, media]) => Object.values(media.examples!));
    return new Set(
      examples.map(({ value }) => {
        const { status, code } = value as { status: number; code: string };
        return `${status} ${code}`;
      }),
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

  private merged(schemas: Schema[]): Schema {
    const parts = schemas.map((one) => this.resolved(one));
    return {
      type: 'object',
      required: parts.flatMap(({ required = [] }) => required),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as Schema['properties'],
    };
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
    if (schema.allOf) return this.misfits(this.merged(schema.allOf), value, path);
    const types = [schema.type ?? []].flat();
    if (types.length > 0 && !types.some((type) => isOf(type, value)))
      return [`${path}: no ${types.join('|')}`];
    if (value === null) return [];
    if (schema.enum && !schema.enum.includes(value)) return [`${path}: not listed`];
    const broken = LIMITS.filter(([, holds]) => !holds(schema, value)).map(([limit]) => `${path}: ${limit}`);
    if (broken.length > 0) return broken;
    if (Array.isArray(value))
      return value.flatMap((item, i) => this.misfits(schema.items ?? {}, item, `${path}[${i}]`));
    if (!schema.properties || typeof value !== 'object') return [];
    const known = schema.properties;
    if (schema.additionalProperties) return [];
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

type Holds = (schema: Schema, value: unknown) => boolean;
const lengthOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? value.length : undefined;

/** What a value must be besides of its type; what does not speak of its kind of value holds. */
const LIMITS: [string, Holds][] = [
  ['format', ({ format = '' }, value) => FORMATS[format]?.test(String(value)) ?? true],
  ['pattern', ({ pattern }, value) => !pattern || new RegExp(pattern).test(String(value))],
  ['minimum', ({ minimum }, value) => minimum === undefined || (value as number) >= minimum],
  ['maximum', ({ maximum }, value) => maximum === undefined || (value as number) <= maximum],
  ['multipleOf', ({ multipleOf }, value) => !multipleOf || Number(value) % multipleOf === 0],
  ['minLength', ({ minLength = 0 }, value) => (lengthOf(value) ?? minLength) >= minLength],
  ['maxLength', ({ maxLength = Infinity }, value) => (lengthOf(value) ?? 0) <= maxLength],
  ['minItems', ({ minItems = 0 }, value) => !Array.isArray(value) || value.length >= minItems],
  ['maxItems', ({ maxItems = Infinity }, value) => !Array.isArray(value) || value.length <= maxItems],
];

const FORMATS: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  email: /^[^\s@]+@[^\s@]+$/,
};

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
