import { Load, longest, type Outage, recoverySeconds } from '../load.js';
import { openOffice } from '../office.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage } from '../stage.js';

const RECOVERY_SECONDS = 10;

export const postgresRestarts: Proof = {
  check: '66',
  name: 'postgres-restarts',
  says: 'Postgres crashes and comes back under 20 connections: 503 while it is away, nothing acknowledged is lost',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    const [api, worker] = [await stage.api(store), await stage.worker(store)];
    const load = new Load(await openOffice(store, api.address), [api.address], 20);
    const outages: Outage[] = [];
    for (let round = 1; round <= stage.choose(2, 6); round++) {
      stage.tell(`crash ${round}`);
      await stage.pause(1_500);
      const fromMs = performance.now();
      await stage.postgres.crash();
      // the first comes back as fast as it can, as `pg_ctl -m immediate restart` does
      await stage.pause(round === 1 ? 0 : Math.random() * stage.choose(2_000, 5_000));
      await stage.postgres.startAgain();
      outages.push({ fromMs, toMs: performance.now() });
    }
    await stage.pause(3_000);
    await load.end();
    await load.settle(ledger, store, outages);
    const recovery = Math.max(...outages.map((outage) => recoverySeconds(load.answers, outage)));
    const refused = load.answers.filter(({ status }) => status === 503);
    ledger.claim(
      refused.length > 0,
      `${refused.length} requests were refused with 503 during ${outages.length} crashes`,
    );
    ledger.claim(
      recovery < RECOVERY_SECONDS,
      `the last refusal came ${recovery.toFixed(2)} s after Postgres was back (limit ${RECOVERY_SECONDS})`,
    );
    ledger.claim(api.runs && worker.runs, 'API and worker run on, the same processes');
    ledger.claim(true, `the longest answer took ${longest(load.answers)} ms`);
  },
};
