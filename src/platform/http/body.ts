import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestProblem } from './problem.js';

const MAX_DEPTH = 20;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is the only body we read: real UTF-8, no `__proto__`, no text that Postgres could not keep as it is. */
export function readOnlyCleanJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = utf8.decode(body as Buffer);
      void parse(request, text, (error, value) => (error ? done(error) : done(null, clean(value, 'body'))));
    } catch (error) {
      done(error instanceof TypeError ? requestProblem.unreadable() : (error as Error));
    }
  });
}

/** Query and path are text of the sender's, too. */
export function refuseUncleanAddress(request: FastifyRequest): void {
  clean(request.query, 'query');
  clean(request.params, 'path');
}

function clean(value: unknown, field: string, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw requestProblem.unreadable();
  if (typeof value === 'string' && !isClean(value))
    throw requestProblem.invalid({ errors: [{ field, rule: 'line', values: { max: 'n' } }] });
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, inner] of Object.entries(value)) {
    if (!isClean(key)) throw requestProblem.unreadable();
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
  return value;
}

/** Neither NUL nor half of a surrogate pair: Postgres would refuse the one and change the other. */
function isClean(text: string): boolean {
  return !text.includes('\0') && (text as string & { isWellFormed(): boolean }).isWellFormed();
}
