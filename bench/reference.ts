import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Part, Slot } from './play.js';
import type { Play } from './rehearsal.js';

// What every figure is measured beside: bare Fastify and pg, sending what the product sends, without sign-in,
// validation and Nest.
const { DATABASE_URL, DATABASE_CONNECTIONS, PORT, PLAYS } = process.env;

type Asked = Record<string, unknown>;
type Fill = (asked: Asked, newIds: string[]) => unknown;

pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_CONNECTIONS) });
const app = fastify();

/** By the kind of request: two may ask on one route. */
const answers = new Map<string, (asked: Asked) => Promise<unknown[]>>();
for (const { name, route, steps } of JSON.parse(PLAYS!) as Play[]) {
  const plays = steps.map(({ text, slots }) => ({ text, fill: slots.map(filling) }));
  answers.set(name, async (asked) => {
    const newIds: string[] = [];
    const filled = plays.map(({ text, fill }) => ({ text, values: fill.map((make) => make(asked, newIds)) }));
    if (filled.length === 1) return (await pool.query(filled[0].text, filled[0].values)).rows;
    return inTurn(filled);
  });
  if (app.hasRoute(route)) continue;
  app.route({
    ...route,
    handler: async ({ headers, params, query, body }) =>
      answers.get(headers['x-play'] as string)!({
        actor: headers['x-actor'],
        unit: headers['x-unit'],
        ...(query as Asked),
        ...(params as Asked),
        ...(body as Asked),
      }),
  });
}

async function inTurn(statements: { text: string; values: unknown[] }[]): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    let rows: unknown[] = [];
    for (const { text, values } of statements) ({ rows } = await client.query(text, values));
    client.release();
    return rows;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function filling(slot: Slot): Fill {
  if ('always' in slot) return () => slot.always;
  if ('bytes' in slot) return () => randomBytes(slot.bytes);
  if ('list' in slot) {
    const items = slot.list.map(filling);
    return (asked, newIds) => items.map((make) => make(asked, newIds));
  }
  const parts = slot.parts.map(part);
  return parts.length === 1 ? parts[0] : (asked, newIds) => parts.map((make) => make(asked, newIds)).join('');
}

function part(one: Part): Fill {
  if (typeof one === 'string') return () => one;
  if ('asked' in one) return (asked) => asked[one.asked];
  return (_, newIds) => (newIds[one.newId] ??= uuidv7());
}

app.get('/health/ready', () => 'ready');
process.once('disconnect', () => process.exit());
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
