import { randomUUID } from 'node:crypto';
import { hashed } from '../../src/staff/password-hash.js';
import type { Role } from '../../src/staff/staff.contract.js';
import type { Client, Reply } from '../support/client.js';
import type { TestDatabase } from '../support/database.js';
import { makeEscoOccupation } from './esco.js';
import { aJpeg, aPdf, sha256Of } from './file-bytes.js';
import {
  aBooking,
  aContract,
  aCpr,
  aDanishCourse,
  aNote,
  aPlannedTalk,
  aPracticeRule,
  aSpell,
  aSuspension,
  anAdult,
  anAssessment,
  anAsylumPersonId,
} from './papers.js';
import { makeReminder } from './reminders.js';
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
  talk: string;
  spell: string;
  danishCourse: string;
  assessment: string;
  operatorForm: string;
  caseHandover: string;
  caseQuestion: string;
  visit: string;
  participant: string;
  grant: string;
  note: string;
  photo: string;
  document: string;
  followUp: string;
  reminder: string;
}

const PASSWORD = 'a long enough password';

/** Each reminder has a day of its own. */
let reminders = 0;

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
  async person(
    over: Record<string, unknown> = {},
    caseworker = this.account('caseworker'),
  ): Promise<{ id: string; version: number }> {
    const person = await made(this.as('job_consultant').post('/refugees', { ...anAdult(), ...over }));
    for (const { role, id } of [this.account('coordinator'), caseworker])
      await made(this.as('team_leader').put(`/refugees/${person.id}/team/${role}`, { staffId: id }));
    return person;
  }

  async grant(refugeeId: string, staffId: string, days = 7): Promise<string> {
    return (
      await made(this.as('team_leader').post(`/refugees/${refugeeId}/access-grants`, { staffId, days }))
    ).id;
  }

  async note(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('job_consultant').post(`/refugees/${refugeeId}/notes`, aNote()));
  }

  /** A letter, sent by the caseworker. */
  async document(refugeeId: string, name = 'opholdstilladelse.pdf'): Promise<string> {
    const headers = { 'content-type': 'application/pdf', 'file-name': encodeURIComponent(name) };
    const address = `/refugees/${refugeeId}/documents/${randomUUID()}?kind=permit_letter`;
    return (await made(this.as('caseworker').put(address, aPdf(), headers))).id;
  }

  /** A note that was written more than a day ago. */
  async frozenNote(refugeeId: string): Promise<string> {
    const { id } = await this.note(refugeeId);
    await this.doors.database.asOwner(
      `update case_notes set noted_at = noted_at - interval '2 days', frozen_at = frozen_at - interval '2 days' where id = $1`,
      [id],
    );
    return id;
  }

  async contract(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/contracts`, aContract()));
  }

  /** A contract that both have signed. */
  async signedContract(refugeeId: string): Promise<string> {
    const { id } = await this.contract(refugeeId);
    await made(this.as('caseworker').post(`/contracts/${id}/signatures`, { by: 'both' }));
    return id;
  }

  async visitation(refugeeId: string): Promise<{ id: string; version: number }> {
    const heldOn = '2026-09-16';
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/visitation`, { heldOn }));
  }

  /** A suspension of a deadline that nobody's follow-up rests on, until further notice. */
  async suspension(): Promise<string> {
    return (await made(this.as('administrator').post('/legislation/suspensions', aSuspension()))).id;
  }

  /** An occupation of ESCO with a skill that is essential for it. */
  escoOccupation(): Promise<{ occupation: string; skill: string }> {
    return makeEscoOccupation(this.doors.database);
  }

  /** The draft of a practice rule of the unit. */
  async practiceRule(): Promise<{ id: string; ruleId: string; version: number }> {
    return made(this.as('team_leader').post('/practice-rules', aPracticeRule(this.unit.id)));
  }

  async practiceRuleOn(): Promise<{ id: string; ruleId: string }> {
    const { id, version } = await this.practiceRule();
    const headers = { 'if-match': `"${version}"` };
    return made(this.as('team_leader').put(`/practice-rule-versions/${id}/activation`, undefined, headers));
  }

  async dryRun(): Promise<string> {
    const { id } = await this.practiceRule();
    return (await made(this.as('team_leader').post(`/practice-rule-versions/${id}/dry-runs`))).id;
  }

  /** A follow-up of a person of its own that can be put off until the last day to act: a talk. */
  async followUp(): Promise<{ id: string; actBy: string }> {
    const [{ today }] = await this.doors.database.asOwner<{ today: string }>(
      'select clock_today()::text as today',
    );
    const { id } = await this.person({ allocation: { decidedOn: today } });
    const { items } = await made(this.as('caseworker').get(`/refugees/${id}/follow-ups?limit=100`));
    return items.find(({ key }: { key: string }) => key === 'talk');
  }

  async talk(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/talks`, aPlannedTalk()));
  }

  async spell(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/spells`, aSpell()));
  }

  async danishCourse(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('caseworker').post(`/refugees/${refugeeId}/danish-courses`, aDanishCourse()));
  }

  /** A reminder of the caseworker whose mail was refused. */
  async undelivered(refugeeId: string): Promise<string> {
    const { id } = await makeReminder(this.doors.database, {
      refugeeId,
      recipientId: this.account('caseworker').id,
      channel: 'email',
      reminder: { state: 'failed', not_sent_because: 'refused' },
    });
    return id;
  }

  async assessment(refugeeId: string): Promise<{ id: string; version: number }> {
    return made(this.as('job_consultant').post(`/refugees/${refugeeId}/assessments`, anAssessment()));
  }

  async signedAssessment(refugeeId: string): Promise<string> {
    const { id } = await this.assessment(refugeeId);
    await made(this.as('job_consultant').post(`/assessments/${id}/signatures`));
    return id;
  }

  /** An operator's form that says otherwise than what was signed of how many hours a week the person can work. */
  async operatorForm(refugeeId: string): Promise<string> {
    const path = `/refugees/${refugeeId}/operator-forms?datedOn=2026-09-01`;
    return (await made(this.as('job_consultant').post(path, { hours_per_week: 30, nights: true }))).id;
  }

  /** A case that is offered to the coordinator. */
  async caseHandover(refugeeId: string): Promise<string> {
    const offer = { toRole: 'coordinator', note: 'Would rather work mornings' };
    return (await made(this.as('job_consultant').post(`/refugees/${refugeeId}/case-handovers`, offer))).id;
  }

  /** A case that the coordinator sent back with a question. */
  async returnedCase(refugeeId: string): Promise<{ id: string; questionId: string }> {
    const id = await this.caseHandover(refugeeId);
    const returns = { questions: [{ text: 'Who looks after the children?' }] };
    const { questions } = await made(this.as('coordinator').post(`/case-handovers/${id}/returns`, returns));
    return { id, questionId: questions[0].id };
  }

  /** What publishes the form in use once more. */
  async nextForm(): Promise<{ follows: number; fields: object[] }> {
    const [{ version, fields }] = (await made(this.as('administrator').get('/form-versions?limit=1'))).items;
    return {
      follows: version,
      fields: fields.map(({ meaning: _, replaces: __, ...field }: Record<string, unknown>) => field),
    };
  }

  /** A calendar of the caseworker's. */
  async calendarFeed(): Promise<{ id: string; token: string }> {
    const { id, url } = await made(this.as('caseworker').post('/me/calendar-feeds', {}));
    return { id, token: /([^/]+)\.ics$/.exec(url)![1] };
  }

  async centre(): Promise<string> {
    return (await made(this.as('analyst').get('/asylum-centres?limit=1'))).items[0].id;
  }

  async visit(consultantIds: string[] = [], onDay = '2027-01-11'): Promise<string> {
    const plan = { centreId: await this.centre(), onDay, consultantIds };
    return (await made(this.as('job_consultant').post('/visits', plan))).id;
  }

  /** A visit that can be closed. */
  async visitToday(): Promise<string> {
    const [{ today }] = await this.doors.database.asOwner<{ today: string }>(
      'select clock_today()::text as today',
    );
    return this.visit([], today);
  }

  /** An interpreter for a visit. */
  async booking(visitId: string): Promise<{ id: string; version: number }> {
    return made(this.as('job_consultant').post(`/visits/${visitId}/interpreter-bookings`, aBooking()));
  }

  async participant(visitId: string, refugeeId: string): Promise<string> {
    return (await made(this.as('job_consultant').post(`/visits/${visitId}/participants`, { refugeeId }))).id;
  }

  /** A pack of the job consultant's. */
  async pack(visitId: string): Promise<string> {
    return (await made(this.as('job_consultant').get(`/visits/${visitId}/pack`))).packId;
  }

  /** A photo of a participant, named in the log of a visit. */
  async photo(visitId: string, participantId: string): Promise<string> {
    const bytes = aJpeg(randomUUID());
    const sha256 = sha256Of(bytes);
    const headers = { 'pack-id': await this.pack(visitId), 'content-type': 'image/jpeg' };
    await made(this.as('job_consultant').put(`/visits/${visitId}/attachments/${sha256}`, bytes, headers));
    await this.aside(visitId, {
      id: randomUUID(),
      seq: 1,
      subject: { type: 'participant', id: participantId },
      field: 'photo',
      baseRevision: 0,
      value: sha256,
      at: '2027-01-11T09:30:00+01:00',
    });
    return sha256;
  }

  /** An operation of the visit that stands aside, by its row of the log. */
  async aside(visitId: string, ...operations: Record<string, unknown>[]): Promise<string> {
    const consultant = this.as('job_consultant');
    const log = { packId: await this.pack(visitId), deviceId: 'tablet-1', operations, last: 1 };
    await made(consultant.post(`/visits/${visitId}/operations`, log));
    return (await made(consultant.get(`/visits/${visitId}/operations`))).items[0].id;
  }

  /** A follow-up of a case, and a reminder of it in the inbox of an account. */
  async reminder(refugeeId: string, role: Role): Promise<{ id: string; followUpId: string }> {
    const [reminder] = await this.doors.database.asOwner<{ id: string; followUpId: string }>(
      `insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at, state, sent_at)
       select id, 'target', $2, 'in_app', date '2000-01-01' + $3::int, clock_now(), 'sent', clock_now()
       from follow_ups where refugee_id = $1 and key = 'contract' order by id limit 1 returning id, follow_up_id as "followUpId"`,
      [refugeeId, this.account(role).id, ++reminders],
    );
    return reminder;
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
    const operatorForm = await this.operatorForm(id);
    const { id: caseHandover, questionId: caseQuestion } = await this.returnedCase(id);
    await this.visitation(id);
    const contract = (await this.contract(id)).id;
    const talk = (await this.talk(id)).id;
    const spell = (await this.spell(id)).id;
    const danishCourse = (await this.danishCourse(id)).id;
    const grant = await this.grant(id, (await this.colleague('coordinator')).id);
    const note = (await this.note(id)).id;
    const document = await this.document(id);
    const photo = await this.photo(visit, participant);
    const reminder = await this.reminder(id, 'caseworker');
    const { version } = await made(this.as('team_leader').get(`/refugees/${id}`));
    return {
      ...is,
      id,
      version,
      contract,
      talk,
      spell,
      danishCourse,
      assessment,
      operatorForm,
      caseHandover,
      caseQuestion,
      visit,
      participant,
      grant,
      note,
      document,
      photo,
      followUp: reminder.followUpId,
      reminder: reminder.id,
    };
  }
}

/** @throws unless it was done */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
async function made(request: Promise<Reply>): Promise<any> {
  const { status, body } = await request;
  if (status >= 300) throw new Error(`the office could not work: ${status} ${JSON.stringify(body)}`);
  return body;
}
