import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { getQueueToken } from '@nestjs/bullmq';
import { ServiceUnavailableException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { declaredJobs, QUEUE_PAGE } from './job.js';
import type { JobQueue } from './job-queue.js';

/** Scripts from its own files only: its one inline script is JSON, which no browser runs. Styles stand in its HTML. */
const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'self'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/**
 * The page on which operators see the queues of all declared jobs. It looks and changes nothing: what of its API is not
 * GET is left out. It asks through the queues the program has anyway.
 * @param refuse answers whoever may not enter, and whatever goes wrong behind the page
 */
export function mountQueuePage(app: NestFastifyApplication, refuse: RouteOptions['errorHandler']): void {
  const names = [...new Set(declaredJobs().map(({ queue }) => queue))];
  const queues = names.map((name) => app.get<JobQueue>(getQueueToken(name), { strict: false }));
  const page = new ReadOnlyPage(queues);
  page.setBasePath(QUEUE_PAGE);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: page,
    options: { uiConfig: { boardTitle: 'Ankomst' } },
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  // Not waited for: that would make the web server settle who answers for errors before Nest has said so.
  void fastify.register(async (scope) => {
    scope.addHook('onRoute', (route) => void (route.errorHandler = refuse));
    scope.addHook(
      'onRequest',
      async (_, reply) => void reply.header('content-security-policy', CONTENT_SECURITY_POLICY),
    );
    await scope.register(page.registerPlugin(), { prefix: QUEUE_PAGE });
  });
}

class ReadOnlyPage extends FastifyAdapter {
  constructor(private readonly queues: JobQueue[]) {
    super();
  }

  override setApiRoutes(routes: Parameters<FastifyAdapter['setApiRoutes']>[0]): FastifyAdapter {
    const reads = routes.filter(({ method }) => method === 'get');
    return super.setApiRoutes(
      reads.map((route) => ({
        ...route,
        handler: async (request) => {
          const answers = await Promise.all(this.queues.map((queue) => queue.answers()));
          if (answers.includes(false)) throw new ServiceUnavailableException();
          return route.handler(request);
        },
      })),
    );
  }
}
