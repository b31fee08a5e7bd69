import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const TAG = /(?:W\/)?"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"/;

/** What a pack holds never changes: its id is the tag, weak because it may be gzipped or not. */
export const tagOf = (packId: string): string => `W/"${packId}"`;

/** The pack whose tag the reader sends in `If-None-Match`; any other tag is of nothing we gave out. */
export const HeldPackTag = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-none-match'];
    return TAG.exec(header ?? '')?.[1];
  },
);
