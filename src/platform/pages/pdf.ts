import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

/** Says in the OpenAPI document that the route answers with a PDF. */
export const AnswersPdf = (): MethodDecorator =>
  applyDecorators(
    ApiProduces('application/pdf'),
    ApiOkResponse({ schema: { type: 'string', format: 'binary', example: '%PDF-1.7 …' } }),
  );

/** Sends a PDF to be kept as `<name>.pdf`, a name without a word of whom it is about. */
export function asPdf(reply: FastifyReply, name: string, pdf: Uint8Array): Buffer {
  void reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}.pdf"`);
  return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
}
