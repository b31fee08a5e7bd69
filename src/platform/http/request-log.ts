import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/**
 * One line a request, once its reply has ended: the route as declared, never the address, in which a search term can
 * stand. `cut` says that the reply did not arrive whole, as a stream does not whose reader goes.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () =>
      logger.info({
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ...(!reply.raw.writableFinished && { cut: true }),
        ms: Math.round(reply.elapsedTime),
        actorId: request.actor?.id,
      }),
    );
    done();
  });
}
