import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { describeIdempotency } from './idempotency.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { 'x-roles'?: string[] };

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The document of the running routes, at `/api/openapi.json`, and a page to read it, at `/api/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describe(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Ankomst API',
  });
}

function describe(app: NestFastifyApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Ankomst')
      .setDescription(
        'Case management of the Copenhagen model for refugees. Errors are application/problem+json in Danish, or English by Accept-Language.',
      )
      .setVersion('1')
      .addBearerAuth()
      .build(),
    { operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}` },
  );
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method]) describeRefusals(path[method]);
    if (path.post) describeIdempotency(path.post);
  }
  document.components!.schemas!.Problem = PROBLEM;
  return document;
}

/** Every operation can refuse, and refuses in one shape. */
function describeRefusals(operation: Operation): void {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  operation.responses['4XX'] = { description: 'Refused: the problem names the field or the rule.', content };
}

const PROBLEM = {
  type: 'object' as const,
  required: ['type', 'status', 'code', 'title', 'requestId'],
  properties: {
    type: { type: 'string' as const, example: 'urn:ankomst:problem:request.invalid' },
    status: { type: 'integer' as const, example: 400 },
    code: { type: 'string' as const, example: 'request.invalid' },
    title: { type: 'string' as const, example: 'The request has fields that cannot be used.' },
    requestId: { type: 'string' as const },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          field: { type: 'string' as const, example: 'bornOn' },
          rule: { type: 'string' as const, example: 'day' },
          message: { type: 'string' as const },
        },
      },
    },
  },
};
