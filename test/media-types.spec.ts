import { aHeic, aHtml, aJpeg, anEicar, anSvg, aPdf, aPng, aWebp, aZip } from './factories/file-bytes.js';
import { HEAD_BYTES, mediaTypeOf } from '../src/platform/files/media-types.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const id3 = Buffer.concat([bytes('ID3\x04\0\0\0\0\0\x0a'), Buffer.alloc(10)]);

/** What is sent, and what it is. */
const TABLE: [what: string, content: Buffer, mediaType: string | undefined][] = [
  ['a PDF', aPdf(), 'application/pdf'],
  ['a JPEG', aJpeg(), 'image/jpeg'],
  ['a PNG', aPng(), 'image/png'],
  ['a WebP', aWebp(), 'image/webp'],
  ['a HEIC', aHeic(), 'image/heic'],
  ['a HEIC of another brand', aHeic('mif1'), 'image/heif'],
  ['HTML behind the head of a JPEG', aJpeg(aHtml()), 'image/jpeg'],
  ['a PDF of version 2', bytes('%PDF-2.0\n'), 'application/pdf'],
  ['HTML behind the head of a PDF', Buffer.concat([bytes('%PDF-1.4\n'), aHtml()]), 'application/pdf'],

  ['nothing', Buffer.alloc(0), undefined],
  ['one byte', bytes('%'), undefined],
  ['a PDF of no version', bytes('%PDF-'), undefined],
  ['a PDF of half a version', bytes('%PDF-1.'), undefined],
  ['a PDF of a version that is none', bytes('%PDF-x.y\n'), undefined],
  ['a PDF after a blank', bytes(' %PDF-1.4\n'), undefined],
  ['a PDF after HTML', Buffer.concat([aHtml(), aPdf()]), undefined],
  ['a PDF after a byte order mark', Buffer.concat([Buffer.from('efbbbf', 'hex'), aPdf()]), undefined],
  ['a PDF after ID3 tags', Buffer.concat([id3, aPdf()]), undefined],
  ['a JPEG after ID3 tags', Buffer.concat([id3, aJpeg()]), undefined],
  ['a PDF inside a program', Buffer.concat([bytes('MZ\x90\0'), aPdf()]), undefined],
  ['SVG', anSvg(), undefined],
  ['HTML', aHtml(), undefined],
  ['EICAR', anEicar(), undefined],
  ['plain text', bytes('Hej'), undefined],
  ['a zip of a hundred megabytes of zeros', aZip(), undefined],
  ['a document of Word', aZip('word/document.xml', 1), undefined],
  ['a GIF', bytes('GIF89a\x01\0\x01\0\0\0\0;'), undefined],
  [
    'an animated PNG',
    Buffer.concat([aPng().subarray(0, 33), bytes('\0\0\0\x08acTL'), Buffer.alloc(12)]),
    undefined,
  ],
  ['an AVIF', aHeic('avif'), undefined],
  ['a film', aHeic('isom'), undefined],
  ['PostScript', bytes('%!PS-Adobe-3.0\n'), undefined],
  ['the head of a WebP without its end', bytes('RIFF\0\0\0\0WAVE'), undefined],
];

describe('what a file is, by its content', () => {
  test.each(TABLE)('%s', async (_, content, mediaType) => {
    expect(await mediaTypeOf(content.subarray(0, HEAD_BYTES))).toBe(mediaType);
  });
});
