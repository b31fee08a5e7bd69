import pg from 'pg';
import type { Statement } from './play.js';

// What a log of operations is measured beside: a bare connection that sends the same statements with the same values, to
// a database that is as the other was before.
export interface ReplayOrder {
  statements: Statement[];
}

process.once('disconnect', () => process.exit());
process.on('message', (order: ReplayOrder) => void replayed(order).then((took) => process.send!(took)));

pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
const connected = client.connect();

/** How long it took, ms. */
async function replayed({ statements }: ReplayOrder): Promise<number> {
  await connected;
  const began = performance.now();
  for (const { text, values } of statements) await client.query(text, values);
  return performance.now() - began;
}
