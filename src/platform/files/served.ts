import type { Readable } from 'node:stream';
import { applyDecorators, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { attachment } from './file-name.js';
import { MEDIA_TYPES, type MediaType } from './media-types.js';

/** A file as it is given out. */
export interface ServedFile {
  name: string;
  mediaType: MediaType;
  bytes: number;
  content: Readable;
}

/** The reply with a file: to be saved under its name, as what its content is. */
export function served({ name, mediaType, bytes, content }: ServedFile): StreamableFile {
  return new StreamableFile(content, {
    type: mediaType,
    disposition: attachment(name, mediaType),
    length: bytes,
  });
}

/** Says in the OpenAPI document that the reply is a file. */
export const ServesFile = (): MethodDecorator =>
  applyDecorators(
    ApiProduces(...Object.keys(MEDIA_TYPES)),
    ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } }),
  );
