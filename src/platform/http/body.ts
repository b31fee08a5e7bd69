import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestProblem } from './problem.js';

const MAX_DEPTH = 20;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is the only body we read: one object, real UTF-8, no `__proto__`, no text that Postgres could not keep as it is. */
export function readOnlyCleanJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let read: { error?: Error | null; value?: unknown } = {};
    try {
      // Looked at afterwards: what is thrown inside, the parser would take for a fault of the JSON.
      void parse(request, utf8.decode(body as Buffer), (error, value) => (read = { error, value }));
      if (!read.error) clean(requireObject(read.value), 'body');
    } catch (error) {
      read = { error: error instanceof TypeError ? requestProblem.unreadable() : (error as Error) };
    }
    done(read.error ?? null, read.value);
  });
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

function clean(value: unknown, field: string, depth = 0): void {
  if (depth > MAX_DEPTH) throw requestProblem.unreadable();
  if (typeof value === 'string' && !isClean(value))
    throw requestProblem.invalid({ errors: [{ field, rule: 'characters' }] });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!isClean(key) || isEveryones(key)) throw requestProblem.unreadable();
    clean(
      inner,
      Array.isArray(value)
        ? `${field}[${key}]`
        : field === 'body' || field === 'query' || field === 'path'
          ? key
          : `${field}.${key}`,
      depth + 1,
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
