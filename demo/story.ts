import type pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { closingDays } from '../migrations/data/closing-days.js';
import { moveClock } from '../scripts/clock.js';
import { isKnown } from '../src/competences/competences.contract.js';
import type { AssessmentView } from '../src/competences/dto/assessment.dto.js';
import { openDayOnOrBefore, type Day } from '../src/platform/calendar/calendar.js';
import type { ContractView } from '../src/programme/dto/contract.dto.js';
import type { RefugeeView } from '../src/refugees/dto/refugee.dto.js';
import type { FollowUpView } from '../src/reminders/dto/follow-up.dto.js';
import type { AsylumCentreView, ParticipantView, VisitListItem } from '../src/visits/dto/visit.dto.js';
import { Client, type Reply } from './client.js';
import { inHome } from './home.js';
import { Mailbox, type ReadMail } from './mailbox.js';
import { assessmentOf, contractOf, registrationOf } from './papers.js';
import { inventForStory, type Person } from './people.js';
import { say } from './screen.js';
import { inRole, staffId, UNITS, type Colleague, type SignIn, type Unit } from './staff.js';
import { Refusal } from './stopping.js';

const MAIL_PATIENCE_MS = 60_000;
const CLOSINGS = closingDays.map(([month, day]) => ({ month, day }));

export interface Stage {
  address: string;
  owner: pg.Pool;
  migrationDatabaseUrl: string;
  signIns: SignIn[];
  signal: AbortSignal;
}

/** Plays the story of one person more, from the meeting at the asylum centre to the signed contract. */
export async function playStory(stage: Stage): Promise<void> {
  const number = await nextStory(stage.owner);
  await new Story(stage, number, inventForStory(number)).play();
}

/** The first whose person nobody has registered: a story that was killed has had its person. */
async function nextStory(owner: pg.Pool): Promise<number> {
  for (let number = 1; ; number++) {
    const { asylumPersonId } = inventForStory(number);
    const found = await owner.query('select from refugee_identifiers where value = $1', [asylumPersonId]);
    if (found.rowCount === 0) return number;
  }
}

class Story {
  private readonly unit: Unit;
  private readonly consultant: Colleague;
  private readonly caseworker: Colleague;
  private lines = 0;

  constructor(
    private readonly stage: Stage,
    private readonly number: number,
    private readonly person: Person,
  ) {
    this.unit = UNITS[(number - 1) % UNITS.length];
    this.consultant = inRole(this.unit, 'job_consultant')[0];
    this.caseworker = inRole(this.unit, 'caseworker')[0];
  }

  async play(): Promise<void> {
    say();
    say(`Story ${this.number}: ${nameOf(this.person)}, ${this.unit}`);
    const consultant = await this.enter(this.consultant);
    const refugee = await this.meet(consultant);
    await this.move(refugee.takeoverOn!, '09:00', 'the day the municipality takes over');
    const caseworker = await this.enter(this.caseworker);
    const duty = await this.expectDuty(caseworker, refugee);
    await this.remind(refugee, duty);
    await this.makeContract(caseworker, refugee);
    const followUps = await this.contractDuty(caseworker, refugee);
    if (followUps.body) throw new Refusal('The contract is signed, but my day still asks for it');
    this.line(this.caseworker, 'reads my day', followUps, 'the contract is gone from it');
    await this.follow(caseworker, refugee);
  }

  /** The talks follow the visitation; when the person finds work, the next is a year away. */
  private async follow(caseworker: Client, { id }: RefugeeView): Promise<void> {
    const today = await this.today();
    const visited = await caseworker.post(`/refugees/${id}/visitation`, { heldOn: today });
    this.line(this.caseworker, 'records the visitation', visited, `held on ${today}`);
    await this.showTalks(caseworker, id, 'reads what is planned');
    const work = { kind: 'work', fromOn: today, employer: 'Hotel Fjorden', hoursPerWeek: 30 };
    const found = await caseworker.post(`/refugees/${id}/spells`, work);
    this.line(this.caseworker, 'records that work was found', found, `ordinary work from ${today}`);
    await this.showTalks(caseworker, id, 'reads what is planned now');
  }

  private async showTalks(caseworker: Client, id: string, what: string): Promise<void> {
    const all = await caseworker.get<{ items: FollowUpView[] }>(`/refugees/${id}/follow-ups?limit=100`);
    const talks = all.body.items.filter(({ key, state }) => key.startsWith('talk') && state === 'open');
    if (talks.length === 0) throw new Refusal('No talk is planned');
    const days = talks.map(({ targetOn }) => targetOn).sort();
    this.line(this.caseworker, what, all, `${talks.length} to hold, aimed at ${days.join(', ')}`);
  }

  private async meet(consultant: Client): Promise<RefugeeView> {
    const visit = await this.planVisit(consultant);
    const refugee = await this.register(consultant, visit.onDay);
    const participants = `/visits/${visit.id}/participants`;
    const added = await consultant.post<ParticipantView>(participants, { refugeeId: refugee.id });
    this.line(this.consultant, 'puts the person on the visit', added, 'no outcome yet');
    const assessment = await this.assess(consultant, refugee.id);
    const met = await consultant.put<ParticipantView>(`${participants}/${added.body.id}/outcome`, {
      outcome: 'met',
      assessmentId: assessment.id,
    });
    this.line(this.consultant, 'says how it ended', met, `outcome ${met.body.outcome}`);
    const closed = await consultant.post<VisitListItem>(`/visits/${visit.id}/closings`);
    this.line(this.consultant, 'closes the visit', closed, `${closed.body.participantCount} participant`);
    await this.assign(consultant, refugee.id);
    return refugee;
  }

  private async planVisit(consultant: Client): Promise<VisitListItem> {
    const centres = await consultant.get<{ items: AsylumCentreView[] }>('/asylum-centres?q=sandholm');
    const [centre] = centres.body.items;
    this.line(
      this.consultant,
      'looks up an asylum centre',
      centres,
      `${centre.name}, ${centre.municipality}`,
    );
    const visit = await consultant.post<VisitListItem>('/visits', {
      centreId: centre.id,
      onDay: await this.today(),
      interpreterLanguage: this.person.interpreter.language,
    });
    this.line(this.consultant, 'plans a visit', visit, `${visit.body.centre.name} on ${visit.body.onDay}`);
    return visit.body;
  }

  private async register(consultant: Client, decidedOn: Day): Promise<RefugeeView> {
    const refugee = await consultant.post<RefugeeView>('/refugees', {
      ...registrationOf(this.person),
      permit: { basis: this.person.permitBasis, grantedOn: decidedOn },
      allocation: { decidedOn },
    });
    const { caseNumber, takeoverOn } = refugee.body;
    const what = `case ${caseNumber}, allocated on ${decidedOn}, takeover on ${takeoverOn}`;
    this.line(this.consultant, `registers ${nameOf(this.person)}`, refugee, what);
    return refugee.body;
  }

  private async assess(consultant: Client, refugeeId: string): Promise<AssessmentView> {
    const draft = await consultant.post<AssessmentView>(
      `/refugees/${refugeeId}/assessments`,
      assessmentOf(this.person),
    );
    const answers = Object.values(draft.body.answers);
    const known = answers.filter(({ value }) => isKnown(value)).length;
    const content = `${known} answers to form ${draft.body.formVersion}, ${answers.length - known} not known`;
    this.line(this.consultant, 'drafts the assessment', draft, content);
    const signed = await consultant.post<AssessmentView>(`/assessments/${draft.body.id}/signatures`);
    this.line(
      this.consultant,
      'signs the assessment',
      signed,
      `${signed.body.state} on ${signed.body.signedOn}`,
    );
    return signed.body;
  }

  private async assign(consultant: Client, refugeeId: string): Promise<void> {
    const assigned = await consultant.put(`/refugees/${refugeeId}/team/caseworker`, {
      staffId: staffId(this.caseworker),
    });
    this.line(this.consultant, 'gives the case a caseworker', assigned, this.caseworker.name);
  }

  private async expectDuty(caseworker: Client, refugee: RefugeeView): Promise<FollowUpView> {
    const duty = await this.contractDuty(caseworker, refugee);
    if (!duty.body)
      throw new Refusal('The municipality has taken over, but my day does not ask for a contract');
    const { targetOn, latestOn, actBy } = duty.body;
    const days = `contract: target ${targetOn}, latest ${latestOn}, act by ${actBy}`;
    this.line(this.caseworker, 'reads my day', duty, days);
    return duty.body;
  }

  /** Walks through all pages of my day. */
  private async contractDuty(
    caseworker: Client,
    { id }: RefugeeView,
  ): Promise<Reply<FollowUpView | undefined>> {
    let cursor = '';
    for (;;) {
      const page = await caseworker.get<{ items: FollowUpView[]; nextCursor: string | null }>(
        `/my-day?limit=100${cursor}`,
      );
      const found = page.body.items.find(({ key, refugee }) => key === 'contract' && refugee?.id === id);
      if (found || page.body.nextCursor === null) return { ...page, body: found };
      cursor = `&cursor=${page.body.nextCursor}`;
    }
  }

  /** The reminder goes out on the target day; where the town hall is closed then, on the open day before. */
  private async remind({ caseNumber }: RefugeeView, { targetOn }: FollowUpView): Promise<void> {
    const mailbox = new Mailbox(inHome('mail'));
    await this.move(openDayOnOrBefore(targetOn, CLOSINGS), '08:00', 'the day of the first reminder');
    const ofCase = new RegExp(`\\b(sag|case) ${caseNumber}\\b`);
    const isRight = ({ text }: ReadMail) => ofCase.test(text);
    const mail = await mailbox.wait(isRight, MAIL_PATIENCE_MS, this.stage.signal);
    if (!mail)
      throw new Refusal(
        `No reminder of case ${caseNumber} came within a minute: see ${inHome('worker.log')}`,
      );
    this.print('the mailbox', 'receives the reminder', 'mail', mail.subject);
    this.print('', '', '', mail.messageId);
  }

  private async makeContract(caseworker: Client, { id }: RefugeeView): Promise<void> {
    const draft = await caseworker.post<ContractView>(`/refugees/${id}/contracts`, contractOf(this.person));
    this.line(this.caseworker, 'drafts the contract', draft, draft.body.goals[0].description);
    const signed = await caseworker.post<ContractView>(`/contracts/${draft.body.id}/signatures`, {
      by: 'both',
    });
    this.line(this.caseworker, 'signs it with the person', signed, `signed on ${signed.body.signedOn}`);
  }

  private async enter(colleague: Colleague): Promise<Client> {
    const signIn = this.stage.signIns.find(({ email }) => email === colleague.email)!;
    const client = new Client(this.stage.address, signIn, this.stage.signal);
    const tokens = await client.signIn();
    this.line(colleague, 'signs in', tokens, `${colleague.role}, token for ${tokens.body.expiresIn} s`);
    return client;
  }

  private async move(day: Day, time: string, what: string): Promise<void> {
    const instant = Temporal.PlainDateTime.from(`${day}T${time}`)
      .toZonedDateTime('Europe/Copenhagen')
      .toInstant();
    await moveClock(this.stage.migrationDatabaseUrl, instant.toString());
    this.print('the clock', 'moves on', '', `${day} ${time}, ${what}`);
  }

  private async today(): Promise<Day> {
    const { rows } = await this.stage.owner.query<{ today: Day }>('select clock_today()::text as today');
    return rows[0].today;
  }

  private line({ name }: Colleague, what: string, { status }: Reply<unknown>, result: string): void {
    this.print(name, what, String(status), result);
  }

  private print(who: string, what: string, status: string, result: string): void {
    const count = who ? String(++this.lines) : '';
    say(`  ${count.padStart(2)}  ${who.padEnd(15)} ${what.padEnd(30)} ${status.padEnd(4)} ${result}`);
  }
}

const nameOf = ({ givenNames, familyName }: Person): string => `${givenNames} ${familyName}`;
