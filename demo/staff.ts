import type pg from 'pg';
import { v5 as uuidv5 } from 'uuid';
import type { Role, StaffActor } from '../src/staff/staff.contract.js';
import { hashed, isRight } from '../src/staff/password-hash.js';
import { inHome, randomPassword, readJson, writeJson } from './home.js';

const NAMESPACE = '5c1f6d2e-6f0b-4b58-9d1c-7f3f6b0f2a11';
export const UNITS = ['Integration Nord', 'Integration Syd'] as const;
export type Unit = (typeof UNITS)[number];

/** An invented colleague; the e-mail says who it is and in which role. */
export interface Colleague {
  name: string;
  email: string;
  role: Role;
  unit: Unit;
}

export interface SignIn {
  role: Role;
  unit: Unit;
  email: string;
  password: string;
}

const colleague = (unit: Unit, role: Role, name: string): Colleague => ({
  name,
  email: `${name.split(' ')[0].toLowerCase()}.${role.replaceAll('_', '-')}@demo.ankomst.dk`,
  role,
  unit,
});

const [NORD, SYD] = UNITS;
const STAFF: readonly Colleague[] = [
  colleague(NORD, 'team_leader', 'Birgit Lund'),
  colleague(NORD, 'job_consultant', 'Lone Bech'),
  colleague(NORD, 'coordinator', 'Anders Krogh'),
  colleague(NORD, 'caseworker', 'Karen Holm'),
  colleague(NORD, 'caseworker', 'Mads Winther'),
  colleague(NORD, 'welcome_house_coordinator', 'Gitte Brandt'),
  colleague(NORD, 'analyst', 'Torben Skov'),
  colleague(NORD, 'administrator', 'Inge Damgaard'),
  colleague(SYD, 'team_leader', 'Henrik Friis'),
  colleague(SYD, 'job_consultant', 'Jesper Toft'),
  colleague(SYD, 'coordinator', 'Pia Lauridsen'),
  colleague(SYD, 'caseworker', 'Susanne Vang'),
  colleague(SYD, 'caseworker', 'Rasmus Hald'),
];

export const unitId = (unit: Unit): string => uuidv5(unit, NAMESPACE);
export const staffId = ({ email }: { email: string }): string => uuidv5(email, NAMESPACE);

/** The colleagues of a unit in a role. */
export const inRole = (unit: Unit, role: Role): Colleague[] =>
  STAFF.filter((one) => one.unit === unit && one.role === role);

/** How a colleague acts when a service is called without the HTTP door. */
export function actorOf(one: Colleague): StaffActor {
  return { id: staffId(one), role: one.role, unitId: unitId(one.unit), sessionId: staffId(one) };
}

/** Brings the accounts in step with the sign-ins, which are made once and kept in `.ankomst/sign-ins.json`. */
export async function seedStaff(owner: pg.Pool): Promise<SignIn[]> {
  const signIns = keptSignIns();
  for (const unit of UNITS) {
    await owner.query('insert into units (id, name) values ($1, $2) on conflict do nothing', [
      unitId(unit),
      unit,
    ]);
  }
  for (const one of STAFF) {
    await openAccount(owner, one, signIns.find(({ email }) => email === one.email)!.password);
  }
  for (const leader of STAFF.filter(({ role }) => role === 'team_leader')) {
    await owner.query('update units set leader_id = $1 where id = $2 and leader_id is null', [
      staffId(leader),
      unitId(leader.unit),
    ]);
  }
  return signIns;
}

/** The file comes before the accounts: after a kill between the two the next start takes its passwords from it. */
function keptSignIns(): SignIn[] {
  const file = inHome('sign-ins.json');
  const kept = (readJson(file) as SignIn[] | undefined) ?? [];
  const signIns = STAFF.map(({ role, unit, email }) => ({
    role,
    unit,
    email,
    password: kept.find((one) => one.email === email)?.password ?? randomPassword(),
  }));
  if (JSON.stringify(signIns) !== JSON.stringify(kept)) writeJson(file, signIns);
  return signIns;
}

async function openAccount(owner: pg.Pool, one: Colleague, password: string): Promise<void> {
  const id = staffId(one);
  const { rows } = await owner.query<{ hash: string | null }>(
    'select password_hash as hash from staff_accounts where id = $1',
    [id],
  );
  if (rows[0] && (await isRight(rows[0].hash, password))) return;
  await owner.query(
    `insert into staff_accounts (id, email, name, role, unit_id, password_hash) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set password_hash = excluded.password_hash`,
    [id, one.email, one.name, one.role, unitId(one.unit), await hashed(password)],
  );
}
