import type pg from 'pg';

export type Row = Record<string, unknown>;

/** The tables of people, each after those it points at. */
const ORDER = [
  'refugees',
  'refugee_languages',
  'refugee_identifiers',
  'case_team',
  'access_grant',
  'assessments',
  'assessment_answers',
  'visit_participants',
  'visitations',
  'integration_contracts',
  'talks',
  'spells',
  'plans',
  'follow_ups',
  'follow_up_moves',
  'reminders',
  'timeline',
  'read_log',
] as const;

export type Tables = Record<(typeof ORDER)[number], Row[]>;

export const emptyTables = (): Tables =>
  Object.fromEntries(ORDER.map((table) => [table, [] as Row[]])) as Tables;

/** A signature freezes an assessment and its answers, so it comes after them, as in the program. */
const SIGNATURE = ['signed_by', 'signed_at', 'signed_on'];
const SIGN = `
  update assessments a set signed_by = s.signed_by, signed_at = s.signed_at, signed_on = s.signed_on,
    first_signed_at = s.signed_at, version = 2
  from json_to_recordset($1) as s(id uuid, signed_by uuid, signed_at timestamptz, signed_on date) where a.id = s.id`;

/** All of them, with every constraint and trigger on, in one transaction. */
export async function insertAll(pool: pg.Pool, tables: Tables): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const table of ORDER) {
      const rows = tables[table];
      await insert(client, table, table === 'assessments' ? rows.map(unsigned) : rows);
    }
    await client.query(SIGN, [JSON.stringify(tables.assessments)]);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const unsigned = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !SIGNATURE.includes(column)));

/** Rows that all name the same columns; what they do not name takes its default. */
export async function insert(
  client: pg.Pool | pg.PoolClient,
  table: string,
  rows: readonly Row[],
  onConflict = '',
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1) ${onConflict}`,
    [JSON.stringify(rows)],
  );
}
