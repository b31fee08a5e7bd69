import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isUuid } from '../http/ids.js';
import { FileGone, placeOf, StoreAway, type Incoming, type Shelved, type Store } from './store.js';

/** Shelves of a folder. What is coming in lies beside them, in `incoming`, and is renamed once it is whole. */
export class DiskStore implements Store {
  private readonly incoming: string;

  constructor(private readonly folder: string) {
    this.incoming = join(folder, 'incoming');
  }

  /** @throws when the folder cannot be written to, so that the program does not start */
  async prepare(): Promise<void> {
    await mkdir(this.incoming, { recursive: true });
    const probe = await this.begin();
    await probe.drop();
  }

  async begin(): Promise<Incoming> {
    const path = join(this.incoming, randomUUID());
    return new IncomingFile(path, await open(path, 'wx', 0o600).catch(away), this.folder);
  }

  async open(name: string): Promise<Readable> {
    const file = await open(join(this.folder, placeOf(name))).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new FileGone() : new StoreAway(error);
    });
    return file.createReadStream();
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, placeOf(name)), { force: true }).catch(away);
  }

  async *shelf(shelf: string): AsyncIterable<Shelved[]> {
    const found = await this.filesIn(join(this.folder, shelf));
    yield found.map(({ name, at }) => ({ name, storedAt: at }));
  }

  async clear(before: Date): Promise<number> {
    const old = (await this.filesIn(this.incoming)).filter(({ name, at }) => isUuid(name) && at < before);
    for (const { name } of old) await rm(join(this.incoming, name), { force: true });
    return old.length;
  }

  private async filesIn(folder: string): Promise<{ name: string; at: Date }[]> {
    const names = await readdir(folder).catch(unlessMissing);
    const found = [];
    for (const name of names ?? []) {
      const known = await stat(join(folder, name)).catch(unlessMissing);
      if (known) found.push({ name, at: known.mtime });
    }
    return found;
  }
}

class IncomingFile implements Incoming {
  private done = false;

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly folder: string,
  ) {}

  async write(chunk: Buffer): Promise<void> {
    await this.file.appendFile(chunk).catch(away);
  }

  async finish(name: string): Promise<void> {
    const place = join(this.folder, placeOf(name));
    try {
      await this.file.sync();
      await this.file.close();
      if (await mkdir(dirname(place), { recursive: true })) await safe(this.folder);
      await rename(this.path, place);
      await safe(dirname(place));
    } catch (error) {
      throw new StoreAway(error);
    }
    this.done = true;
  }

  async drop(): Promise<void> {
    if (this.done) return;
    // What cannot be taken away now, the sweep takes later.
    await this.file.close().catch(() => undefined);
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/** That a name stands in a folder outlives a power cut only once the folder itself is written. */
async function safe(folder: string): Promise<void> {
  const entries = await open(folder);
  try {
    await entries.sync();
  } finally {
    await entries.close();
  }
}

function away(error: unknown): never {
  throw new StoreAway(error);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw new StoreAway(error);
}
