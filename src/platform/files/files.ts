import { createHash, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { fileProblem } from './files.problems.js';
import { ENTER, LET_GO } from './files.queries.js';
import { ALLOWED, HEAD_BYTES, mediaTypeOf, type MediaType } from './media-types.js';
import { type Incoming, type Measured, type Store } from './store.js';

export const STORE = Symbol('where files lie');

/** Bytes that lie safely in the store, and that nothing knows of until a transaction enters them. */
export interface KeptFile extends Measured {
  /** Random: in the store. */
  name: string;
  mediaType: MediaType;
}

/** What bytes must be to be kept. */
export interface Wanted {
  /** Bytes. */
  atMost: number;
  /** What their SHA-256 must be, in hexadecimal. */
  sha256?: string;
}

/**
 * Files, kept in a folder or a bucket. First the bytes are safe under a random name, then `enter` writes the row that
 * knows of them, with the row of whoever needs them: a kill in between leaves bytes that nobody finds, and the sweep
 * removes them (ADR 26).
 */
@Injectable()
export class Files {
  constructor(@Inject(STORE) private readonly store: Store) {}

  /**
   * Reads to the end, holding no more than a piece at a time; on any refusal nothing is left.
   * @throws 413 when there is more than wanted, 400 of nothing, 415 when it is not of an allowed type, 422 when the
   * SHA-256 is another, 503 when the store does not take it
   */
  async keep(bytes: AsyncIterable<Buffer>, { atMost, sha256 }: Wanted): Promise<KeptFile> {
    const incoming = await this.store.begin();
    try {
      const file = { ...(await takeIn(bytes, incoming, atMost)), name: randomBytes(16).toString('hex') };
      if (sha256 !== undefined && sha256 !== file.sha256)
        throw fileProblem.other_bytes({ sha256: file.sha256 });
      await incoming.finish(file.name, file);
      return file;
    } finally {
      await incoming.drop();
    }
  }

  /** Makes kept bytes known, with the row that points at them. Returns the id of the file. */
  async enter(tx: EntityManager, { sha256, bytes, mediaType, name }: KeptFile): Promise<string> {
    const id = uuidv7();
    await tx.query(ENTER, [id, sha256, bytes, mediaType, name]);
    return id;
  }

  /** Takes away kept bytes that were not entered, and never will be: they were known already. */
  async discard({ name }: KeptFile): Promise<void> {
    await this.store.remove(name);
  }

  /** The bytes of a file whose row the caller may see, by `stored_as` of it. @throws when they are lost */
  open(storedAs: string): Promise<Readable> {
    return this.store.open(storedAs);
  }

  /** Nobody needs it from now on: a sweep removes its bytes, and the row stays as what is known of them. */
  async letGo(tx: EntityManager, id: string): Promise<void> {
    await tx.query(LET_GO, [id]);
  }
}

/** Counts, and looks what it is, on the way in. */
async function takeIn(
  chunks: AsyncIterable<Buffer>,
  incoming: Incoming,
  atMost: number,
): Promise<Measured & { mediaType: MediaType }> {
  const hash = createHash('sha256');
  let [bytes, head] = [0, Buffer.alloc(0)];
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > atMost) throw fileProblem.too_large({ atMostBytes: atMost });
    if (head.length < HEAD_BYTES) {
      head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      // as soon as there is enough to know: nobody sends ten megabytes to hear that it was the wrong file
      if (head.length === HEAD_BYTES) await requireAllowed(head);
    }
    hash.update(chunk);
    await incoming.write(chunk);
  }
  if (bytes === 0) throw fileProblem.empty();
  return { sha256: hash.digest('hex'), bytes, mediaType: await requireAllowed(head) };
}

async function requireAllowed(head: Buffer): Promise<MediaType> {
  const mediaType = await mediaTypeOf(head);
  if (!mediaType) throw fileProblem.type_not_allowed({ allowed: ALLOWED });
  return mediaType;
}
