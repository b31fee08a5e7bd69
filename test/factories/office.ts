import { randomUUID } from 'node:crypto';
import { hashed } from '../../src/staff/password-hash.js';
import type { Role } from '../../src/staff/staff.contract.js';
import type { Client, Reply } from '../support/client.js';
import type { TestDatabase } from '../support/database.js';
import { aPerson } from './refugees.js';
import { makeAccount, makeUnit, type TestAccount, type TestUnit } from './staff.js';

/** What an office works through: the program, in this process or another. */
export interface Doors {
  database: TestDatabase;
  as(account: TestAccount): Client;
}

/** A case that has come all the way: what every read and list can show of it. */
export interface KnownCase {
  id: string;
  version: number;
  familyName: string;
  cpr: string;
  asylumPersonId: string;
  contract: string;
  assessment: string;
  visit: string;
  participant: string;
  grant: string;
}

const PASSWORD = 'a long enough password';

let numbers = 0;

/** A unit with an account of every role, and its work: each thing made by the colleague whose task it is. */
export class Office {
  private known?: Promise<KnownCase>;
  private passwordHash?: Promise<string>;

  private constructor(
    private readonly doors: Doors,
    readonly unit: TestUnit,
    private readonly accounts: Map<Role, TestAccount>,
  ) {}

  static async open(doors: Doors): Promise<Office> {
    const unit = await makeUnit(doors.database);
    const accounts = new Map<Role, TestAccount>([
      ['team_leader', unit.leader],
      ['job_consultant', unit.jobConsultant],
      ['coordinator', unit.coordinator],
      ['caseworker', unit.caseworker],
    ]);
    for (const role of ['welcome_house_coordinator', 'analyst', 'administrator'] as const)
      accounts.set(role, await makeAccount(doors.database, unit.id, role));
    return new Office(doors, unit, accounts);
  }

  account(role: Role): TestAccount {
    return this.accounts.get(role)!;
  }

  as(role: Role): Client {
    return this.doors.as(this.account(role));
  }

  /** A colleague besides those the office has. */
  colleague(role: Role): Promise<TestAccount> {
    return makeAccount(this.doors.database, this.unit.id, role);
  }

  /** A running session of the account. */
  async session(role: Role): Promise<string> {
    const id = randomUUID();
    await this.doors.database.asOwner(
      `with session as (insert into sessions (id, account_id) values ($1, $2) returning id)
       insert into refresh_tokens (token_hash, session_id, expires_at)
       select uuid_send(id), id, clock_now() + interval '1 hour' from session`,
      [id, this.account(role).id],
    );
    return id;
  }

  /** The password the account has from now on. */
  async password(role: Role): Promise<string> {
    this.passwordHash ??= hashed(PASSWORD);
    await this.doors.database.asOwner('update staff_accounts set password_hash = $2 where id = $1', [
      this.account(role).id,
      await this.passwordHash,
    ]);
    return PASSWORD;
  }

  /** The version of the account of the role. */
  async versionOf(role: Role): Promise<number> {
    return (await made(this.as(role).get('/staff/me'))).version;
  }

  /** An absence of one day, with nobody to stand in. */
  async absence(role: Role, day: string): Promise<string> {
    return (await made(this.as(role).post('/staff/absences', { fromOn: day, toOn: day }))).id;
  }

  /** A person with a whole case team, taken over, so that there is something to follow up. */
  async person(over: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
    const person = await made(this.as('job_consultant').post('/refugees', { ...anAdult(), ...over }));
    for (const role of ['coordinator', 'caseworker'] as const)
      await made(
        this.as('team_leader').put(`/refugees/${person.id}/team/${role}`, { staffId: this.account(role).id }),
      );
    return person;
  }

  async grant(refugeeId: string, staffId: string, days = 7): Promise<string> {
    return (
      await made(this.as('team_leader').post(`/refugees/${refugeeId}/access-grants`, { staffId, days }))
    ).id;
  }

  async contract(refugeeId: string): Promise<{ id: string; version: number }> {
    const draft = { goal: 'Work as a cook', activities: 'Danish, internship' };
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/contracts`, draft));
  }

  async assessment(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('job_consultant').post(`/refugees/${refugeeId}/assessments`, anAssessment()));
  }

  async signedAssessment(refugeeId: string): Promise<string> {
    const { id } = await this.assessment(refugeeId);
    await made(this.as('job_consultant').post(`/assessments/${id}/signatures`));
    return id;
  }

  async centre(): Promise<string> {
    return (await made(this.as('analyst').get('/asylum-centres?limit=1'))).items[0].id;
  }

  async visit(consultantIds: string[] = []): Promise<string> {
    const plan = { centreId: await this.centre(), onDay: '2027-01-11', consultantIds };
    return (await made(this.as('job_consultant').post('/visits', plan))).id;
  }

  async participant(visitId: string, refugeeId: string): Promise<string> {
    return (await made(this.as('job_consultant').post(`/visits/${visitId}/participants`, { refugeeId }))).id;
  }

  /** One case for everything that only reads. */
  knownCase(): Promise<KnownCase> {
    this.known ??= this.makeKnownCase();
    return this.known;
  }

  private async makeKnownCase(): Promise<KnownCase> {
    const is = {
      familyName: `Kanarie${randomUUID().slice(0, 8)}`,
      cpr: aCpr(),
      asylumPersonId: anAsylumPersonId(),
    };
    const { id } = await this.person(is);
    const visit = await this.visit();
    const participant = await this.participant(visit, id);
    const assessment = await this.signedAssessment(id);
    const contract = (await this.contract(id)).id;
    const grant = await this.grant(id, (await this.colleague('coordinator')).id);
    const { version } = await made(this.as('team_leader').get(`/refugees/${id}`));
    return { ...is, id, version, contract, assessment, visit, participant, grant };
  }
}

/** A CPR number that nobody else in this run has, born on 1 January 1990. */
export const aCpr = (): string => `010190-${String(4000 + ++numbers).padStart(4, '0')}`;

export const anAsylumPersonId = (): string => `70${String(++numbers).padStart(5, '0')}`;

export const anAdult = (): Record<string, unknown> =>
  aPerson({ permit: { basis: 'aliens_act_7_1' }, allocation: { decidedOn: '2026-09-15' } });

export const anAssessment = (): Record<string, unknown> => ({
  interpreter: { present: true, language: 'tir' },
  languages: [{ language: 'tir', motherTongue: true, spoken: 'C2' }],
  schooling: [
    { level: '3', country: 'ER', years: 3, endedYear: 2012, documents: 'lost', recognition: 'none' },
  ],
  work: [{ ownWords: 'I installed lights', occupation: '7411', coded: 'likely', country: 'ER', years: 4 }],
  skills: [{ description: 'Reads wiring diagrams', evidence: 'described' }],
  wishes: { text: 'Would like to work outdoors', occupations: ['7411'] },
  availability: { from: '2027-02-01', hoursPerWeek: 37, weekdays: ['mon', 'tue'] },
});

/** @throws unless it was done */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
async function made(request: Promise<Reply>): Promise<any> {
  const { status, body } = await request;
  if (status >= 300) throw new Error(`the office could not work: ${status} ${JSON.stringify(body)}`);
  return body;
}
