import {
  applyDecorators,
  createParamDecorator,
  UnsupportedMediaTypeException,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { says } from '../http/access.js';
import { requestProblem } from '../http/problem.js';
import { fileProblem } from './files.problems.js';
import { MEDIA_TYPES } from './media-types.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    upload?: { atMost: number };
  }
}

/** What the body of an upload may say that it is. It is not believed: the content decides. */
const SENT_AS = ['application/octet-stream', ...Object.keys(MEDIA_TYPES)];

/** The body of the route is the bytes of one file, `atMost` so many; read them with `@Upload()`. */
export const Uploads = (atMost: number): MethodDecorator =>
  applyDecorators(
    says({ upload: { atMost } }),
    ApiConsumes(...SENT_AS),
    ApiBody({
      description: `The bytes of the file, ${atMost} at most: PDF, JPEG, PNG, WebP or HEIC by their content.`,
      schema: { type: 'string', format: 'binary' },
    }),
  );

/** What every route with `@Uploads` may answer. */
export const UPLOAD_PROBLEMS = [
  'files.not_a_file',
  'files.encoded',
  'files.too_large',
  'files.empty',
  'files.type_not_allowed',
] as const;

/** The bytes as they arrive. */
export const Upload = createParamDecorator((_: unknown, context: ExecutionContext): AsyncIterable<Buffer> =>
  bodyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Lets the bodies of uploads through unread; everywhere else they are refused as before. */
export function passUploadsThrough(fastify: FastifyInstance): void {
  // Before anything is read, and before the web server looks for a parser of what an upload may not be.
  fastify.addHook('preParsing', (request, _, payload, done) => {
    const { upload } = request.routeOptions.config;
    if (upload) requireFile(request, upload.atMost);
    done(null, payload);
  });
  fastify.addContentTypeParser(SENT_AS, (request, _, done) =>
    done(request.routeOptions.config.upload ? null : new UnsupportedMediaTypeException()),
  );
}

function requireFile({ headers }: FastifyRequest, atMost: number): void {
  const sentAs = headers['content-type']?.split(';', 1)[0].trim().toLowerCase() ?? '';
  if (!SENT_AS.includes(sentAs)) throw fileProblem.not_a_file({ allowed: SENT_AS });
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (!['', 'identity'].includes(encoding)) throw fileProblem.encoded();
  if (Number(headers['content-length']) > atMost) throw fileProblem.too_large({ atMostBytes: atMost });
}

/** What is left of it runs out unread when its reader stops: its sender is still writing, and is to hear why. */
async function* bodyOf({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  try {
    // destroying it would end the line before the answer
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    // It came only in part.
    throw requestProblem.unreadable();
  } finally {
    raw.resume();
  }
}
