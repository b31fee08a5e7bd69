import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/staff/staff.contract.js';
import type { TestDatabase } from '../support/database.js';

export interface TestAccount {
  id: string;
  role: Role;
  unitId: string;
  email: string;
  name: string;
}

/** A unit with its leader and one colleague of every role that works on cases. */
export interface TestUnit {
  id: string;
  leader: TestAccount;
  jobConsultant: TestAccount;
  coordinator: TestAccount;
  caseworker: TestAccount;
}

export async function makeUnit(database: TestDatabase, name: string = randomUUID()): Promise<TestUnit> {
  const id = randomUUID();
  await database.asOwner('insert into units (id, name) values ($1, $2)', [id, name]);
  const leader = await makeAccount(database, id, 'team_leader');
  await database.asOwner('update units set leader_id = $2 where id = $1', [id, leader.id]);
  return {
    id,
    leader,
    jobConsultant: await makeAccount(database, id, 'job_consultant'),
    coordinator: await makeAccount(database, id, 'coordinator'),
    caseworker: await makeAccount(database, id, 'caseworker'),
  };
}

export async function makeAccount(
  database: TestDatabase,
  unitId: string,
  role: Role,
  passwordHash: string | null = null,
): Promise<TestAccount> {
  const id = randomUUID();
  const account: TestAccount = {
    id,
    role,
    unitId,
    email: `${role}.${id.slice(0, 8)}@example.dk`,
    name: `${role} ${id.slice(0, 4)}`,
  };
  await database.asOwner(
    'insert into staff_accounts (id, email, name, role, unit_id, password_hash) values ($1, $2, $3, $4, $5, $6)',
    [id, account.email, account.name, role, unitId, passwordHash],
  );
  return account;
}

/** The leader of the unit is away from a day to a day, both included, and a colleague does their work. */
export async function leaderIsAway(
  { database }: { database: TestDatabase },
  { leader }: TestUnit,
  deputy: TestAccount,
  fromOn: string,
  toOn: string,
): Promise<void> {
  await database.asOwner(
    `insert into staff_absences (id, account_id, from_on, to_on, deputy_id, recorded_by) values ($1, $2, $3, $4, $5, $2)`,
    [randomUUID(), leader.id, fromOn, toOn, deputy.id],
  );
}
