import pg from 'pg';
import { importEsco } from '../src/classifications/esco-import.js';
import type { ImportOrder, ImportTime } from './esco-import.js';

// One import in a process of its own, so that its memory is what an import takes. Answers when it is done.
process.once('disconnect', () => process.exit());
process.on('message', (order: ImportOrder) => void imported(order).then((answer) => process.send!(answer)));

async function imported({ url, folder }: ImportOrder): Promise<ImportTime> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  await importEsco(client, { folder, tell: () => undefined });
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}
