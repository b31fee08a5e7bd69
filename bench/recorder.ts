import pg from 'pg';
import type { Statement } from './play.js';

// Imported before the API: notes every statement it sends, and hands them over when asked.
let statements: Statement[] = [];
const client = pg.Client.prototype as { query: (...of: unknown[]) => unknown };
const send = client.query;

client.query = function (this: pg.Client, ...of: unknown[]): unknown {
  const [first, second] = of as [string | { text: string; values?: unknown[] }, unknown];
  const { text, values } = typeof first === 'string' ? { text: first, values: second } : first;
  statements.push({ text, values: Array.isArray(values) ? values : [] });
  return send.apply(this, of);
};

process.on('message', () => {
  process.send!(statements);
  statements = [];
});
