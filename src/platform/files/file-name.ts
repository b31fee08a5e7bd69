import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { requestProblem } from '../http/problem.js';
import { MEDIA_TYPES, type MediaType } from './media-types.js';

/** UTF-16 units, as everywhere in the API. */
const MAX = 200;
/** What no file system, header or reader is to meet in a name; marks of direction make `fdp.exe` of `exe.pdf`. */
const UNSAFE = /[/\\:*?"<>|\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u;

/** Whether a file may be called so: one name, no path, no tricks. */
const isFileName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= MAX &&
  name === name.trim() &&
  !UNSAFE.test(name) &&
  !/^\.|\.$/.test(name);

/**
 * The name of the file that is sent, from the header `File-Name`: in percent-encoded UTF-8, since a header holds nothing
 * else, and not in the address, where logs would keep it. @throws 400 when it is missing or not safe
 */
export const FileName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['file-name'];
  const name = typeof header === 'string' ? decoded(header) : undefined;
  if (name !== undefined && isFileName(name)) return name;
  throw requestProblem.invalid({ errors: [{ field: 'File-Name', rule: 'file_name', values: { max: MAX } }] });
});

/** Says in the OpenAPI document that the route wants `File-Name`. */
export const NamesItsFile = (): MethodDecorator =>
  ApiHeader({
    name: 'File-Name',
    required: true,
    description: `What the file is called, in percent-encoded UTF-8: \`encodeURIComponent(file.name)\`. 1 to ${MAX} characters, no path.`,
    example: 'opholdstilladelse%20%C3%A6.pdf',
  });

/** How a file is given out: to be saved, never to be shown in place, under its name with an ending that is true. */
export function attachment(name: string, mediaType: MediaType): string {
  const honest = withTrueEnding(name, mediaType);
  // For readers that do not know `filename*` (RFC 6266, Appendix D).
  const plain = honest.replaceAll(/[^A-Za-z0-9._ -]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${extValue(honest)}`;
}

/** A JPEG that is called `.html` and holds some would be opened as a page of the reader's own machine. */
function withTrueEnding(name: string, mediaType: MediaType): string {
  const { called } = MEDIA_TYPES[mediaType];
  const ending = /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
  return (called as readonly string[]).includes(ending) ? name : `${name}.${called[0]}`;
}

/** RFC 8187: what `encodeURIComponent` leaves and an ext-value may not have. */
const extValue = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
