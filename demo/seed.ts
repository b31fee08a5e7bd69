import type pg from 'pg';
import type { Day } from '../src/platform/calendar/calendar.js';
import { courseOf, hasReached, type Course } from './course.js';
import { handOver } from './handing-over.js';
import { invent, inventForStory, SEEDED, type Person } from './people.js';
import { assessmentOf, contractOf, registrationOf } from './papers.js';
import { recordProgramme } from './programme.js';
import type { Tell } from './screen.js';
import type { Services } from './services.js';
import { actorOf, inRole, staffId, UNITS, type Colleague } from './staff.js';
import { ensureVisit, findParticipant, type Visit } from './visits.js';

const AT_ONCE = 4;

/** The day from which all days of the seeded people count: a start that goes on after a kill keeps it. */
const SEEDING_DAY = `
  select coalesce((min(r.registered_at) at time zone 'Europe/Copenhagen')::date, clock_today())::text as day
  from refugees r join refugee_identifiers i on i.refugee_id = r.id where i.value = any($1)`;

/**
 * All are there, and the last of them has signed, which is the last thing that is seeded; or a story was played,
 * which only comes after that. `$1` ids of all, `$2` of the last, `$3` of the first story's person.
 */
const IS_COMPLETE = `
  select count(*) filter (where i.value = any($1)) = cardinality($1::text[])
         and bool_or(i.value = $2 and c.signed_on is not null)
         or bool_or(i.value = $3) as complete
  from refugee_identifiers i left join integration_contracts c on c.refugee_id = i.refugee_id and c.revises_id is null
  where i.system = 'asylum_person_id' and i.value = any($1 || array[$3])`;

/** How far somebody has come: `$1` asylum person id. */
const REACHED = `
  select i.refugee_id as id, a.id as "assessmentId", a.signed_at is not null as "isAssessed",
         c.id as "contractId", c.signed_on is not null as "hasSigned"
  from refugee_identifiers i
  left join assessments a on a.refugee_id = i.refugee_id
  left join integration_contracts c on c.refugee_id = i.refugee_id and c.revises_id is null
  where i.system = 'asylum_person_id' and i.value = $1`;

/** A person and the way they are to go. */
type Seeded = Person & { course: Course };

interface Reached {
  id: string;
  assessmentId: string | null;
  isAssessed: boolean;
  contractId: string | null;
  hasSigned: boolean;
}

/** The people of the first start. Every step looks first whether it is done, so a killed seeding is simply gone on with. */
export async function seedPeople(
  owner: pg.Pool,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  tell: Tell,
): Promise<'seeded' | 'already there'> {
  const people = invent(SEEDED);
  const ids = people.map(({ asylumPersonId }) => asylumPersonId);
  const found = await owner.query<{ complete: boolean | null }>(IS_COMPLETE, [
    ids,
    ids.at(-1),
    inventForStory(1).asylumPersonId,
  ]);
  if (found.rows[0].complete) return 'already there';
  const { rows } = await owner.query<{ day: Day }>(SEEDING_DAY, [ids]);
  const [{ day }] = rows;
  const all = people.map((person) => ({ ...person, course: courseOf(person, day) }));
  const services = await (await import('./services.js')).openServices(environment);
  try {
    await new Seeding(owner, services, day, signal, tell).run(all);
  } finally {
    await services.close();
  }
  return 'seeded';
}

class Seeding {
  private turn = Promise.resolve();

  constructor(
    private readonly owner: pg.Pool,
    private readonly services: Services,
    private readonly today: Day,
    private readonly signal: AbortSignal,
    private readonly tell: Tell,
  ) {}

  async run(people: Seeded[]): Promise<void> {
    const visits = await this.planVisits(people);
    let done = 0;
    await inParallel(people, AT_ONCE, async (person) => {
      this.signal.throwIfAborted();
      await this.registerInTurn(person);
      await this.followCourse(person, visits.get(visitKey(person))!);
      this.tell(`seeding ${++done}/${SEEDED}`);
    });
    for (const visit of visits.values()) await this.close(visit);
    await this.sign(people.at(-1)!);
  }

  /** One after the other, so that case numbers are the same in every clone. */
  private registerInTurn(person: Seeded): Promise<void> {
    this.turn = this.turn.then(() => this.register(person));
    return this.turn;
  }

  private async reached({ asylumPersonId }: Person): Promise<Reached | undefined> {
    const { rows } = await this.owner.query<Reached>(REACHED, [asylumPersonId]);
    return rows[0];
  }

  private async register(person: Seeded): Promise<void> {
    if (await this.reached(person)) return;
    const { permit, allocation, cpr } = person.course;
    const request = { ...registrationOf(person), permit, allocation, cpr };
    await this.services.refugees.register(actorOf(consultantOf(person)), request);
  }

  private async planVisits(people: Seeded[]): Promise<Map<string, Visit>> {
    const visits = new Map<string, Visit>();
    for (const person of people) {
      const key = visitKey(person);
      if (visits.has(key)) continue;
      this.signal.throwIfAborted();
      visits.set(
        key,
        await ensureVisit(this.owner, this.services, consultantOf(person), person.course.visitOn),
      );
    }
    return visits;
  }

  private async followCourse(person: Seeded, visit: Visit): Promise<void> {
    const { stage } = person.course;
    const reached = (await this.reached(person))!;
    await this.fillTeam(person, reached.id);
    if (hasReached(stage, 'visit_planned')) await this.putOnVisit(person, reached.id, visit);
    if (hasReached(stage, 'met')) await this.assess(person, reached, visit);
    const consultant = actorOf(consultantOf(person));
    await handOver(this.owner, this.services, consultant, person, reached.id, this.today);
    if (hasReached(stage, 'contract_drafted') && !reached.contractId)
      await this.services.contracts.draft(actorOf(caseworkerOf(person)), reached.id, contractOf(person));
    await recordProgramme(
      this.owner,
      this.services,
      actorOf(caseworkerOf(person)),
      person,
      reached.id,
      this.today,
    );
    if (person.number < SEEDED) await this.sign(person);
  }

  /** Coordinator and caseworker, once there is something to do for them. */
  private async fillTeam(person: Seeded, refugeeId: string): Promise<void> {
    const { stage } = person.course;
    const [coordinator] = inRole(unitOf(person), 'coordinator');
    const actor = actorOf(consultantOf(person));
    const join = (one: Colleague, role: 'coordinator' | 'caseworker') =>
      this.services.cases.assign(actor, refugeeId, role, { staffId: staffId(one) });
    if (hasReached(stage, 'allocated') && person.number % 9 > 0) await join(coordinator, 'coordinator');
    if (hasReached(stage, 'met') || (stage !== 'registered' && person.number % 2 > 0))
      await join(caseworkerOf(person), 'caseworker');
  }

  private async putOnVisit(person: Seeded, refugeeId: string, visit: Visit): Promise<void> {
    if (await findParticipant(this.owner, visit, refugeeId)) return;
    await this.services.participants.add(actorOf(consultantOf(person)), visit.id, refugeeId);
  }

  private async assess(person: Seeded, reached: Reached, visit: Visit): Promise<void> {
    const { stage } = person.course;
    const { competences, participants } = this.services;
    const actor = actorOf(consultantOf(person));
    const assessmentId =
      reached.assessmentId ?? (await competences.draft(actor, reached.id, assessmentOf(person))).id;
    if (hasReached(stage, 'assessed') && !reached.isAssessed) await competences.sign(actor, assessmentId);
    const participant = (await findParticipant(this.owner, visit, reached.id))!;
    if (participant.outcome === null)
      await participants.end(actor, visit.id, participant.id, { outcome: 'met', assessmentId });
  }

  private async sign(person: Seeded): Promise<void> {
    const { stage, signedOn } = person.course;
    if (!hasReached(stage, 'contract_signed')) return;
    const { contractId, hasSigned } = (await this.reached(person))!;
    if (hasSigned) return;
    await this.services.signatures.sign(actorOf(caseworkerOf(person)), contractId!, { by: 'both', signedOn });
  }

  private async close(visit: Visit): Promise<void> {
    if (visit.isClosed || visit.onDay > this.today) return;
    this.signal.throwIfAborted();
    await this.services.visits.close(actorOf(visit.consultant), visit.id);
  }
}

/** Three of five in Nord. */
const unitOf = ({ number }: Person) => UNITS[number % 5 < 3 ? 0 : 1];
const consultantOf = (person: Person): Colleague => inRole(unitOf(person), 'job_consultant')[0];
const caseworkerOf = (person: Person): Colleague =>
  inRole(unitOf(person), 'caseworker')[Math.floor(person.number / 5) % 2];
const visitKey = (person: Seeded): string => `${unitOf(person)} ${person.course.visitOn}`;

/** At most `lanes` at once; the first failure ends it when what had begun has ended. */
async function inParallel<Item>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<void>) {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
