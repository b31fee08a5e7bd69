import { migrations } from '../../migrations/index.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';

const TOGETHER = 2;

export const migrateTogether: Proof = {
  check: '76',
  name: 'migrate-together',
  says: 'Two instances migrate an empty database at once and start: one migrates, both come up',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const rounds = stage.choose(1, 5);
    let [migrated, up] = [0, 0];
    for (let round = 1; round <= rounds; round++) {
      stage.tell(`database ${round}`);
      const store = await stage.store({ empty: true });
      const environment = { MIGRATION_DATABASE_URL: store.ownerUrl };
      const migrates = await Promise.all(
        Array.from({ length: TOGETHER }, () => stage.start('scripts/migrate', environment)),
      );
      const ends = await Promise.all(migrates.map(({ ended }) => ended));
      for (const { code, signal } of ends) if (code !== 0) ledger.error(`exit ${code ?? signal}`);
      const done = migrates.map(({ output }) => output.match(/\w+\d{13}/g)?.length ?? 0);
      if (done.toSorted((a, b) => a - b).join() === `0,${migrations.length}`) migrated++;
      const { rows } = await store.owner.query<{ name: string }>('select name from migrations');
      ledger.doubled += rows.length - new Set(rows.map(({ name }) => name)).size;
      ledger.lost += migrations.length - rows.length;
      const apis = await Promise.all(
        Array.from({ length: TOGETHER }, () => stage.start('src/main', stage.settings(store))),
      );
      up += (await Promise.all(apis.map((api) => api.ready()))).length;
      await Promise.all(apis.map((api) => api.end()));
    }
    ledger.claim(
      migrated === rounds,
      `one of two did all ${migrations.length} migrations, the other none, ${migrated} of ${rounds} times`,
    );
    ledger.claim(up === rounds * TOGETHER, `${up} of ${rounds * TOGETHER} APIs came up`);
  },
};
