import { randomUUID } from 'node:crypto';
import { freePort } from '../../scripts/free-port.js';
import { openOffice, registration } from '../office.js';
import type { Ledger } from '../ledger.js';
import type { Proof } from '../proof.js';
import type { Stage, Store } from '../stage.js';
import { Visitor } from '../visitor.js';

const CLIENTS = 10;

export const apiKilled: Proof = {
  check: '52',
  name: 'api-killed',
  says: 'kill -9 of the API under clients that repeat with the same Idempotency-Key: every registration is there once',
  async run(stage: Stage, ledger: Ledger): Promise<void> {
    const store = await stage.store();
    const settings = { PORT: String(await freePort()) };
    let api = await stage.api(store, settings);
    const { token } = await openOffice(store, api.address);
    const clients = Array.from({ length: CLIENTS }, () => new PersistentClient(api.address, token, ledger));
    for (let kill = 1; kill <= stage.choose(2, 20); kill++) {
      stage.tell(`kill ${kill}`);
      await stage.pause(300 + Math.random() * 1_500);
      await api.end('SIGKILL');
      api = await stage.api(store, settings);
    }
    await stage.pause(500);
    await Promise.all(clients.map((client) => client.end()));
    await settle(store, clients, ledger);
  },
};

/** Registers one person after the other, and asks again until each is answered. */
class PersistentClient {
  /** Family name by id. */
  readonly acknowledged = new Map<string, string>();
  repeats = 0;
  private going = true;
  private readonly work: Promise<void>;

  constructor(
    address: string,
    token: string,
    private readonly ledger: Ledger,
  ) {
    this.work = this.registerAll(new Visitor(address, token));
  }

  end(): Promise<void> {
    this.going = false;
    return this.work;
  }

  private async registerAll(visitor: Visitor): Promise<void> {
    while (this.going) await this.register(visitor, `Once ${randomUUID()}`);
    visitor.leave();
  }

  private async register(visitor: Visitor, name: string): Promise<void> {
    const key = { 'idempotency-key': randomUUID() };
    for (;;) {
      this.ledger.requests++;
      const answer = await visitor.ask('POST', '/api/v1/refugees', registration(name), key);
      if (answer.status === 201) {
        this.acknowledged.set((JSON.parse(answer.text) as { id: string }).id, name);
        return;
      }
      // 409: the first try is still under way
      const mayBeRepeated = answer.status === 0 || answer.status === 503 || answer.status === 409;
      if (!mayBeRepeated) return this.ledger.error(`${answer.status} ${answer.text.slice(0, 80)}`);
      this.repeats++;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function settle({ owner }: Store, clients: PersistentClient[], ledger: Ledger): Promise<void> {
  const acknowledged = clients.flatMap((client) => [...client.acknowledged.keys()]);
  const { rows } = await owner.query<{ id: string; name: string }>(
    'select id, family_name as name from refugees',
  );
  const stored = new Set(rows.map(({ id }) => id));
  ledger.acknowledged = acknowledged.length;
  ledger.lost = acknowledged.filter((id) => !stored.has(id)).length;
  ledger.doubled = rows.length - new Set(rows.map(({ name }) => name)).size;
  const repeats = clients.reduce((sum, client) => sum + client.repeats, 0);
  ledger.claim(repeats > 0, `${repeats} requests without an answer were repeated until they had one`);
  ledger.claim(
    rows.length === acknowledged.length,
    `${acknowledged.length} were acknowledged, ${rows.length} are stored`,
  );
}
