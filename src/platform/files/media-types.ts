import { fileTypeFromBuffer } from 'file-type';

/**
 * What may be kept: how the bytes begin, and how such files are called, the usual way first. Nothing of it is text, so
 * that no browser and no office program runs what is in it.
 */
export const MEDIA_TYPES = {
  'application/pdf': { begins: /^%PDF-[12]\.\d/, called: ['pdf'] },
  'image/jpeg': { begins: /^\xff\xd8\xff/, called: ['jpg', 'jpeg'] },
  'image/png': { begins: /^\x89PNG\r\n/, called: ['png'] },
  'image/webp': { begins: /^RIFF[^]{4}WEBP/, called: ['webp'] },
  'image/heic': { begins: /^[^]{4}ftyp/, called: ['heic', 'heif'] },
  'image/heif': { begins: /^[^]{4}ftyp/, called: ['heic', 'heif'] },
} as const;
export type MediaType = keyof typeof MEDIA_TYPES;

/** As people say it. */
export const ALLOWED = ['PDF', 'JPEG', 'PNG', 'WebP', 'HEIC'];

/** How many of the first bytes tell what a file is. */
export const HEAD_BYTES = 4_096;

/**
 * What the bytes are, by themselves: never by a name or a header.
 * @param head the first `HEAD_BYTES`, or all there are
 */
export async function mediaTypeOf(head: Buffer): Promise<MediaType | undefined> {
  const begins = (mediaType: MediaType): boolean =>
    MEDIA_TYPES[mediaType].begins.test(head.toString('latin1'));
  const possible = (Object.keys(MEDIA_TYPES) as MediaType[]).filter(begins);
  // Of anything else the library is not asked: it would unpack archives, and look for a PDF behind ID3 tags.
  if (possible.length === 0) return undefined;
  const found = await fileTypeFromBuffer(head);
  return possible.find((mediaType) => mediaType === found?.mime);
}
