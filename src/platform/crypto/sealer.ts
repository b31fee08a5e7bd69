import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { keyRing, type KeyRing } from './key-ring.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a ring of keys: the first seals, all open. `boundTo` must be the same both times. */
export class Sealer {
  private readonly ring: KeyRing;

  /** @param ring `id:base64 of 32 bytes`, newest first, separated by commas */
  constructor(ring: string) {
    this.ring = keyRing(ring);
  }

  /** Layout: length of the key id, key id, nonce, tag, ciphertext. */
  seal(plain: string, boundTo: string): Buffer {
    const { current, keys } = this.ring;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keys.get(current)!, nonce).setAAD(Buffer.from(boundTo));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const id = Buffer.from(current);
    return Buffer.concat([Buffer.of(id.length), id, nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws when the key is gone, or the text was changed or moved from what it was bound to */
  open(sealed: Buffer, boundTo: string): string {
    const afterId = 1 + sealed[0];
    const key = this.ring.keys.get(sealed.subarray(1, afterId).toString());
    if (!key) throw new Error('sealed with a key that is not in the ring');
    const nonce = sealed.subarray(afterId, afterId + NONCE_BYTES);
    const tag = sealed.subarray(afterId + NONCE_BYTES, afterId + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(tag);
    return Buffer.concat([
      decipher.update(sealed.subarray(afterId + NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  }
}

/** What a value is found by without being stored: the same value always gives the same 32 bytes. */
export function blindIndex(key: Buffer, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}

/** A key of its own for each use, so that what one use leaks does not open another. */
export function derivedKey(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'ankomst', use, 32));
}
