import type { Readable } from 'node:stream';

/** Where bytes lie under a random name: a folder or a bucket. What is there under a name is whole, and never changes. */
export interface Store {
  /** @throws when it cannot be used as it is set, so that the program does not start */
  prepare?(): Promise<void>;
  begin(): Promise<Incoming>;
  /** @throws FileGone when there is none of that name */
  open(name: string): Promise<Readable>;
  /** Safe to repeat. */
  remove(name: string): Promise<void>;
  /** What lies on one of the shelves, page by page. */
  shelf(shelf: string): AsyncIterable<Shelved[]>;
  /** Removes what began to come in before then and never became whole. Returns how many that were. */
  clear(before: Date): Promise<number>;
  close?(): void;
}

/** Bytes on their way in: nobody finds them until they are whole and safe. */
export interface Incoming {
  write(chunk: Buffer): Promise<void>;
  /** Gives the bytes their name; when it returns they outlive a power cut. */
  finish(name: string, of: Measured): Promise<void>;
  /** Lets go of them; after `finish` it does nothing. */
  drop(): Promise<void>;
}

export interface Measured {
  /** In hexadecimal. */
  sha256: string;
  bytes: number;
}

export interface Shelved {
  name: string;
  /** By the clock of the store's own machine, not by ours, which can be moved. */
  storedAt: Date;
}

/** Names are 32 hexadecimal digits; the first two say on which of the shelves a file lies. */
export const SHELVES = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
export const NAME = /^[0-9a-f]{32}$/;
export const placeOf = (name: string): string => `${name.slice(0, 2)}/${name}`;

/** A file that should be there is not. */
export class FileGone extends Error {
  constructor() {
    super('the file store has lost a file');
    this.name = 'FileGone';
  }
}

/** The store is full, away or does not let us in: whoever asks may come again. */
export class StoreAway extends Error {
  readonly statusCode = 503;

  /** @param cause of which only the code is kept, for a message can name a path */
  constructor(cause: unknown) {
    const { code, name } = cause as { code?: string; name?: string };
    super(`the file store does not work: ${code ?? name}`);
    this.name = 'StoreAway';
  }
}
