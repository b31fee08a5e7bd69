import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestProblem } from './problem.js';

/** The version a writer read, from `If-Match: "7"`; `undefined` when the header is missing. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (!version)
    throw requestProblem.invalid({
      errors: [{ field: 'If-Match', rule: 'header', values: { form: '"7"' } }],
    });
  return Number(version);
});

/** Sends what was read with its version as `ETag`. */
export function tagged<View extends { version: number }>(reply: FastifyReply, view: View): View {
  void reply.header('etag', `"${view.version}"`);
  return view;
}

/** Sends text with its digest as `ETag`; nothing, and 304, to whoever has read just that. */
export function unlessKnown({ headers }: FastifyRequest, reply: FastifyReply, text: string): string {
  const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  void reply.header('etag', tag);
  if (!headers['if-none-match']?.includes(tag)) return text;
  void reply.status(304);
  return '';
}

/** @throws 428 without a version, 412 when the row has moved on since it was read. */
export function requireVersion(current: number, read: number | undefined): void {
  if (read === undefined) throw requestProblem.unconditional();
  if (read !== current) throw requestProblem.stale();
}

/** Says in the OpenAPI document that the route wants `If-Match`, or takes it from whoever sends it. */
export const Conditional = ({ required = true } = {}): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required,
    description: `The ETag you read, which is the version in quotes${required ? '' : '; without it, what is there now is meant'}.`,
    example: '"1"',
  });
