import type { FastifyInstance, FastifyRequest } from 'fastify';
import { says } from './access.js';
import { requestProblem } from './problem.js';

const MAX_DEPTH = 20;
/** Some four times what the largest usual request of ours has; to say what is wrong with an object costs the most. */
const USUAL: Tangle = { values: 5_000, objects: 1_000 };
const MAX_KEY = 100;
/** Bytes between two marks of JSON: a number of a megabyte takes its reader a quarter of a second. */
const MAX_BARE = 1_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** How many values and objects a body may have. */
export interface Tangle {
  values: number;
  objects: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    tangle?: Tangle;
  }
}

/** The body of the route may have more in it than others; how many bytes it has stays the same. */
export const Tangled = (tangle: Tangle): MethodDecorator => says({ tangle });

/** JSON is the only body we read: one object, real UTF-8, no `__proto__`, no text that Postgres could not keep as it is. */
export function readOnlyCleanJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let read: { error?: Error | null; value?: unknown } = {};
    try {
      refuseTangle(body as Buffer, request.routeOptions.config.tangle ?? USUAL);
      // Looked at afterwards: what is thrown inside, the parser would take for a fault of the JSON.
      void parse(request, utf8.decode(body as Buffer), (error, value) => (read = { error, value }));
      if (!read.error) clean(requireObject(read.value), 'body');
    } catch (error) {
      read = { error: error instanceof TypeError ? requestProblem.unreadable() : (error as Error) };
    }
    done(read.error ?? null, read.value);
  });
}

/** The text of a body that is no JSON, such as CSV: as clean as any, and without the mark of its byte order. @throws 400 */
export function cleanText(body: Buffer): string {
  let text: string;
  try {
    // A zero in the first two bytes is UTF-16, whose Latin letters UTF-8 would take for text.
    if (body.subarray(0, 2).includes(0)) throw new TypeError('UTF-16');
    text = utf8.decode(body);
  } catch {
    throw requestProblem.invalid({ errors: [{ field: 'body', rule: 'encoding' }] });
  }
  clean(text, 'body');
  return text;
}

/** JSON that stands inside a text, held to what a body is held to. @throws whatever is wrong with it */
export function cleanJson(text: string): unknown {
  refuseTangle(Buffer.from(text), USUAL);
  const value: unknown = JSON.parse(text);
  clean(value, 'body');
  return value;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = Buffer.from('"\\,:');
const [OPENING, CLOSING] = [Buffer.from('{['), Buffer.from('}]')];

/** How much there is to parse is judged on the bytes: once parsed, a megabyte of `{},` is fifty, and seconds of work. */
function refuseTangle(body: Buffer, most: Tangle): void {
  let [depth, values, objects, bare, inText] = [0, 0, 0, 0, false];
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === QUOTE) inText = !inText;
    else if (inText) i += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA) values++;
    else if (OPENING.includes(byte)) [depth, objects] = [depth + 1, objects + 1];
    else if (CLOSING.includes(byte)) depth--;
    else if (byte !== COLON) bare++;
    if (inText || byte === COMMA || byte === COLON) bare = 0;
    if (depth > MAX_DEPTH || values > most.values || objects > most.objects || bare > MAX_BARE)
      throw requestProblem.unreadable();
  }
}

/** Query and path are text of the sender's, too; the parser of the query leaves as it stands what is no UTF-8. */
export function refuseUncleanAddress({ url, query, params }: FastifyRequest): void {
  try {
    decodeURIComponent(url);
  } catch {
    throw requestProblem.unreadable();
  }
  clean(query, 'query');
  clean(params, 'path');
}

function requireObject(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw requestProblem.invalid({ errors: [{ field: 'body', rule: 'object' }] });
}

function clean(value: unknown, field: string): void {
  if (typeof value === 'string' && !isClean(value))
    throw requestProblem.invalid({ errors: [{ field, rule: 'characters' }] });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!isClean(key) || isEveryones(key) || key.length > MAX_KEY) throw requestProblem.unreadable();
    clean(
      inner,
      Array.isArray(value)
        ? `${field}[${key}]`
        : field === 'body' || field === 'query' || field === 'path'
          ? key
          : `${field}.${key}`,
    );
  }
}

/** A key that every object has already: the validator takes it for known, and passes over it. */
function isEveryones(key: string): boolean {
  return key in Object.prototype || key === 'prototype';
}

/** Neither NUL nor half of a surrogate pair: Postgres would refuse the one and change the other. */
function isClean(text: string): boolean {
  return !text.includes('\0') && (text as string & { isWellFormed(): boolean }).isWellFormed();
}
