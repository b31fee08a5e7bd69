import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Sweeps, type Sweep } from '../jobs/sweeper.js';
import { STORE } from './files.js';
import { REMOVED, TO_REMOVE, UNKNOWN } from './files.queries.js';
import { NAME, SHELVES, type Store } from './store.js';

const BATCH = 100;
/** A request that keeps a file is long over by then, whatever became of it. */
const DAY_MS = 24 * 3_600_000;

/**
 * Removes the bytes of files that were let go, and bytes that nothing knows of: what a kill left. It looks at one shelf
 * of the store each time, so that a full one is not read through in one go.
 */
@Injectable()
export class UnneededFiles implements Sweep, OnModuleInit {
  readonly name = 'files nobody needs';
  private turn = Math.floor(Math.random() * SHELVES.length);

  constructor(
    @Inject(STORE) private readonly store: Store,
    private readonly database: Database,
    private readonly sweeps: Sweeps,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  async sweep(): Promise<number> {
    // The age of bytes is told by the machine they lie on; the one clock can be moved, and would make all of them old.
    const before = new Date(Date.now() - DAY_MS);
    const shelf = SHELVES[this.turn++ % SHELVES.length];
    return (await this.removeLetGo()) + (await this.store.clear(before)) + (await this.tidy(shelf, before));
  }

  private async removeLetGo(): Promise<number> {
    const files = await this.database.query<{ id: string; name: string }[]>(TO_REMOVE, [BATCH]);
    for (const { id, name } of files) {
      await this.store.remove(name);
      await this.database.query(REMOVED, [id]);
    }
    return files.length;
  }

  private async tidy(shelf: string, before: Date): Promise<number> {
    let removed = 0;
    for await (const page of this.store.shelf(shelf)) {
      // What is called otherwise is none of ours.
      const ours = page.filter(({ name, storedAt }) => NAME.test(name) && storedAt < before);
      const old = ours.map(({ name }) => name);
      if (old.length === 0) continue;
      const unknown = await this.database.query<{ name: string }[]>(UNKNOWN, [old]);
      for (const { name } of unknown) await this.store.remove(name);
      removed += unknown.length;
    }
    return removed;
  }
}
