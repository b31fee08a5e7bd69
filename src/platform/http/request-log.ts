import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** One line a request: the route as declared, never the address, in which a search term can stand. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.info({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      actorId: request.actor?.id,
    });
    done();
  });
}
