import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeOperations } from './openapi-operations.js';
import type { ApiDocument } from './openapi-document.js';
import { describeRefusals } from './openapi-refusals.js';

/** The document of the running routes, at `/api/openapi.json`, and a page to read it, at `/api/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Ankomst API',
  });
}

/** The OpenAPI 3.1 document of the routes of an application, which need not be started. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Ankomst')
      .setDescription(INTRODUCTION)
      .setVersion('1')
      .addBearerAuth({
        type: 'http',
        scheme: 'bearer',
        description: 'The accessToken of POST /api/v1/auth/sign-in.',
      })
      .build(),
    { operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}` },
  );
  document.components!.responses = {};
  completeOperations(document as unknown as ApiDocument);
  describeRefusals(document as unknown as ApiDocument);
  return document;
}

const INTRODUCTION = `Case management of the Copenhagen model for refugees.

Sign in with \`POST /api/v1/auth/sign-in\` and send the access token as \`Authorization: Bearer …\`.
Lists come in pages: send \`nextCursor\` as \`cursor\` with the same sort and filters until it is null.
Whoever changes something that has a version sends its \`ETag\` back as \`If-Match\`.
A refusal is \`application/problem+json\` in Danish, or English by \`Accept-Language\`; its \`code\` is what to test for.
Names that end in \`On\` are days in Copenhagen, those in \`At\` instants in UTC.`;
