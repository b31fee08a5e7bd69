import pg from 'pg';
import type { Tokens } from '../src/staff/dto/sign-in.dto.js';
import type { Caller } from './traffic.js';

/** People at their desks at once; twice the connections, so that hardly two of them are one person's. */
const CALLERS = 40;
const CASES_OF_A_CALLER = 120;

interface Account {
  id: string;
  unitId: string;
  email: string;
  persons: string[];
}

/** Colleagues of a role, `$1`, with cases of their own, of all units in turn. */
const ACCOUNTS = `
  select a.id, a.unit_id as "unitId", a.email, array(
    select t.refugee_id::text from case_team t
    where t.staff_id = a.id and t.from_on <= clock_today() and clock_today() < coalesce(t.until_on, 'infinity')
    order by t.refugee_id limit ${CASES_OF_A_CALLER}) as persons
  from (select *, row_number() over (partition by unit_id order by id) as turn from staff_accounts
        where role = $1) a
  order by a.turn, a.unit_id limit ${CALLERS}`;

/** They sign in as everybody does. */
export async function signInCallers(
  databaseUrl: string,
  address: string,
  password: string,
  role = 'caseworker',
): Promise<{ callers: Caller[]; email: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Account>(ACCOUNTS, [role]);
  await client.end();
  const callers: Caller[] = [];
  for (const { id, unitId, email, persons } of rows)
    callers.push({ id, unitId, persons, token: await signIn(address, email, password) });
  return { callers, email: rows[0].email };
}

async function signIn(address: string, email: string, password: string): Promise<string> {
  const reply = await fetch(`${address}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!reply.ok) throw new Error(`signing in answered ${reply.status}: ${await reply.text()}`);
  return ((await reply.json()) as Tokens).accessToken;
}
