import { randomUUID } from 'node:crypto';
import type { Role } from '../src/staff/staff.contract.js';
import { hashed } from '../src/staff/password-hash.js';
import type { Store } from './stage.js';
import { Visitor } from './visitor.js';

const PASSWORD = randomUUID();
const passwordHash = hashed(PASSWORD);

/** A unit with a leader and a job consultant, who registers people. */
export interface Office {
  /** Of the job consultant. */
  token: string;
  /** Signs the job consultant in again, for a proof that takes longer than a token lives. */
  renew(): Promise<string>;
  /** Whose all follow-ups are, as nobody else has a role in the case teams. */
  leader: { id: string; token: string };
}

export async function openOffice({ owner }: Store, address: string): Promise<Office> {
  const unit = randomUUID();
  await owner.query('insert into units (id, name) values ($1, $2)', [unit, unit]);
  const account = async (role: Role): Promise<{ id: string; email: string }> => {
    const [id, email] = [randomUUID(), `${role}.${unit}@example.dk`];
    await owner.query(
      'insert into staff_accounts (id, email, name, role, unit_id, password_hash) values ($1, $2, $3, $4, $5, $6)',
      [id, email, role, role, unit, await passwordHash],
    );
    return { id, email };
  };
  const leader = await account('team_leader');
  await owner.query('update units set leader_id = $1 where id = $2', [leader.id, unit]);
  const { email } = await account('job_consultant');
  return {
    token: await signIn(address, email),
    renew: () => signIn(address, email),
    leader: { id: leader.id, token: await signIn(address, leader.email) },
  };
}

async function signIn(address: string, email: string): Promise<string> {
  const visitor = new Visitor(address);
  const { status, text } = await visitor.ask('POST', '/api/v1/auth/sign-in', { email, password: PASSWORD });
  visitor.leave();
  if (status !== 200 && status !== 201) throw new Error(`sign-in got ${status}: ${text}`);
  return (JSON.parse(text) as { accessToken: string }).accessToken;
}

/** A registration that is recognised by its family name. */
export function registration(familyName: string): object {
  return {
    givenNames: 'Selam',
    familyName,
    bornOn: '1990-01-01',
    sex: 'female',
    nationality: 'ER',
    permit: { basis: 'aliens_act_7_1' },
    allocation: { decidedOn: '2026-01-05' },
  };
}
