import { canonical } from '../crypto/canonical.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { blindIndex, derivedKey } from '../crypto/sealer.js';
import { REMEMBERED_HOURS, repeatable } from '../database/done-once.js';
import type { Operation } from './openapi-document.js';
import { requestProblem } from './problem.js';

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;
const REPLAYED = 'Idempotency-Replayed';

/**
 * A POST of a signed-in account with `Idempotency-Key` may be sent again: what it does is done once, see `asStep`.
 * What is kept of key and request are blind indexes, so that neither can be guessed from them.
 */
export function letPostsBeRepeated(fastify: FastifyInstance, { INDEX_KEY }: Config): void {
  const ofKey = derivedKey(INDEX_KEY, 'idempotency key');
  const ofRequest = derivedKey(INDEX_KEY, 'idempotency fingerprint');
  fastify.addHook('preHandler', (request, reply, done) => {
    const key = request.method === 'POST' && request.actor ? keyOf(request) : undefined;
    if (key === undefined) return done();
    const once = {
      accountId: request.actor!.id,
      key: blindIndex(ofKey, key),
      fingerprint: blindIndex(ofRequest, asked(request)),
      steps: 0,
      replayed: () => void reply.header(REPLAYED, 'true'),
    };
    repeatable.run(once, done);
  });
}

/** @throws 400 when the header is no key */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || (typeof key === 'string' && PRINTABLE.test(key))) return key;
  throw requestProblem.invalid({
    errors: [{ field: 'Idempotency-Key', rule: 'header', values: { form: '1-200 ASCII' } }],
  });
}

/** What is asked, always in the same words: the route with its ids, query and body in whatever order they were written. */
function asked({ method, routeOptions, params, query, body }: FastifyRequest): string {
  const parameters = Object.keys(query as object).length > 0 ? ` ${canonical(query)}` : '';
  return `${method} ${routeOptions.url} ${canonical(params)}${parameters} ${canonical(body)}`;
}

/** Says of a POST for signed-in accounts that it takes the header, and what a repeat answers. */
export function describeIdempotency(operation: Operation): void {
  // What does not answer 201 made nothing, such as a look-up, unless it says that it is done once.
  const { code } = requestProblem.key_used_otherwise();
  const declared = operation['x-problems'] ?? [];
  if (!operation['x-roles'] || !('201' in operation.responses || declared.includes(code))) return;
  operation.parameters.push({
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: `A key of your own, such as a UUID. For ${REMEMBERED_HOURS} hours the same request with the same key is done once; its reply is read anew and carries ${REPLAYED}: true. With another request the key is refused (422).`,
    schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[ -~]+$' },
    example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  });
  if (!declared.includes(code)) operation['x-problems'] = [...declared, code];
}
