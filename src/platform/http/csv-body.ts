import { applyDecorators, UnsupportedMediaTypeException } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { says } from './access.js';
import { cleanText } from './body.js';
import type { Operation } from './openapi-document.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    csv?: true;
  }
}

/** The body of the route may also be `text/csv`, and comes as text; `example` is shown in the OpenAPI document. */
export const TakesCsv = (example: string): MethodDecorator =>
  applyDecorators(says({ csv: true }), ApiExtension('x-csv', example));

/** Reads CSV where a route takes it; everywhere else it is refused as before. */
export function readCsvAsText(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (!request.routeOptions.config.csv) throw new UnsupportedMediaTypeException();
      done(null, cleanText(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Says in the OpenAPI document what `TakesCsv` says. */
export function describeCsv(operation: Operation): void {
  const { 'x-csv': example, requestBody } = operation;
  if (example === undefined) return;
  requestBody!.content['text/csv'] = { schema: { type: 'string' }, example };
  delete operation['x-csv'];
}
