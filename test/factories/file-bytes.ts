import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

// Files as they really are, the small ones: built here, so that a test reads which bytes it sends.

export const aPdf = (text = 'Opholdstilladelse'): Buffer =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n` +
      `%${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

export const aJpeg = (rest: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    Buffer.from(rest),
    Buffer.from('ffd9', 'hex'),
  ]);

/** One grey pixel. */
export function aPng(): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, sum]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const aWebp = (): Buffer =>
  Buffer.concat([
    Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0', 'latin1'),
    Buffer.from('2f00000010071011118888fe0700', 'hex'),
  ]);

/** As telephones write it, by its brand: `heic`, or `mif1`. */
export const aHeic = (brand = 'heic'): Buffer =>
  Buffer.concat([
    Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`, 'latin1'),
    Buffer.from('\0\0\0\x08mdat', 'latin1'),
  ]);

export const aHtml = (): Buffer =>
  Buffer.from('<!doctype html><html><body><script>alert(document.cookie)</script></body></html>');

export const anSvg = (): Buffer =>
  Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

/** What virus scanners are tried with; harmless, and text. */
export const anEicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''));

/** An archive of one file, of which nothing but zeros comes out: `megabytes` of them. */
export function aZip(name = 'zeros', megabytes = 100): Buffer {
  const inside = Buffer.alloc(megabytes * 1024 * 1024);
  const packed = deflateRawSync(inside, { level: 9 });
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc32(inside), 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(inside.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), head, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
