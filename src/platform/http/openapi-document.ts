/** What we read and write of the OpenAPI document that Nest makes: an object of OpenAPI 3.1, its references included. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas; responses: Record<string, Response> };
}

export interface Operation {
  summary?: string;
  description?: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response>;
  /** Who may enter; absent where anyone may. */
  'x-roles'?: string[];
  /** Codes of problems that not any route may answer with; see `MayAnswer`. */
  'x-problems'?: string[];
  /** A body as CSV, where the route takes that, too; see `TakesCsv`. */
  'x-csv'?: string;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: Schema;
}

export interface Response {
  $ref?: string;
  description?: string;
  headers?: Record<string, { description: string; schema: Schema; example?: unknown }>;
  content?: Record<string, Media>;
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}

export type Schemas = Record<string, Schema>;

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  enum?: unknown[];
  minimum?: number;
  required?: string[];
  description?: string;
  example?: unknown;
  items?: Schema;
  properties?: Schemas;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** What a reference stands for. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  return schema.$ref ? schemas[schema.$ref.split('/').at(-1)!] : schema;
}
