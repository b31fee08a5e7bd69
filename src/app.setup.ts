import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { readConfig } from './platform/config/config.js';
import { passUploadsThrough } from './platform/files/uploads.js';
import { OPEN } from './platform/http/access.js';
import { readOnlyCleanJson, refuseUncleanAddress } from './platform/http/body.js';
import { readCsvAsText } from './platform/http/csv-body.js';
import { Draining } from './platform/http/draining.js';
import { letPostsBeRepeated } from './platform/http/idempotency.js';
import { describeApi, serveOpenApi } from './platform/http/openapi.js';
import { ProblemFilter, refuseBroken, sendProblem } from './platform/http/problem.filter.js';
import { RateLimit } from './platform/http/rate-limit.js';
import { logRequests } from './platform/http/request-log.js';
import { declareRoutes } from './platform/http/routes.js';
import { validation } from './platform/http/validation.js';
import { QUEUE_PAGE } from './platform/jobs/job.js';
import { mountQueuePage } from './platform/jobs/queue-page.js';
import { createLogger, JsonLogger } from './platform/logging/logging.js';
import { Door } from './staff/door.js';
import { sendSignInPage } from './staff/sign-in-page.js';
import { ANY_ACCOUNT, OPERATORS } from './staff/staff.contract.js';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** How long a whole request may take to arrive, and its headers; the web server looks every so often who is late. */
const [REQUEST_MS, HEADERS_MS, LOOK_MS] = [30_000, 10_000, 1_000];

/** The HTTP side of the program, ready to listen; shared by `main.ts` and the tests. */
export async function createHttpApp(given?: Logger): Promise<NestFastifyApplication> {
  const config = readConfig();
  const logger = given ?? createLogger(config.LOG_LEVEL);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // whose X-Forwarded-For counts; of nobody, unless they are named
    trustProxy: config.TRUSTED_PROXIES || false,
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_MS },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: sendProblem,
    clientErrorHandler: refuseBroken,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new JsonLogger(logger),
  });
  app.get(Draining).watch(app.getHttpServer());
  addressRoutes(app);
  app.useGlobalPipes(validation);
  app.useGlobalFilters(new ProblemFilter());

  const fastify = adapter.getInstance<FastifyInstance>();
  const [door, rateLimit] = [app.get(Door), app.get(RateLimit)];
  fastify.decorateRequest('actor', undefined);
  declareRoutes(fastify, [
    { address: /^\/api\/(docs|openapi)/, access: config.production ? ANY_ACCOUNT : OPEN },
    { address: new RegExp(`^${QUEUE_PAGE}(/|$)`), access: OPERATORS },
  ]);
  await app.register(cookie, { hook: false });
  // first, so that it sees also what the others refuse
  logRequests(fastify, logger);
  fastify.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'));
  fastify.addHook('onRequest', (request, reply) => door.recognise(request, reply));
  fastify.addHook('onRequest', (request, reply) => rateLimit.count(request, reply));
  fastify.addHook('onRequest', (request) => door.admit(request));
  fastify.addHook('preValidation', async (request) => refuseUncleanAddress(request));
  letPostsBeRepeated(fastify, config);
  readOnlyCleanJson(fastify);
  passUploadsThrough(fastify);
  readCsvAsText(fastify);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        scriptSrc: [`'self'`, `'unsafe-inline'`],
        imgSrc: [`'self'`, 'data:'],
        upgradeInsecureRequests: null,
      },
    },
  });
  serveOpenApi(app);
  mountQueuePage(app, sendSignInPage);
  return app;
}

/** The OpenAPI document of the program, which for that is not started: no database, no queue, no settings. */
export async function describeProgram(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  addressRoutes(app);
  return describeApi(app);
}

function addressRoutes(app: NestFastifyApplication): void {
  app.setGlobalPrefix('api', { exclude: ['health/{*path}'] });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
}
