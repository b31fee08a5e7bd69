import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { requestProblem } from '../platform/http/problem.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { CorrectTalk, EndTalk, RecordTalk, TalkPage, TalkQuery, TalkView } from './dto/talk.dto.js';
import { mayWorkOnProgramme } from './programme.policy.js';
import { Talk } from './talk.entity.js';
import type { TalkState } from './talks.contract.js';
import { talkProblem } from './talks.problems.js';
import { PERSON_OF_TALK, TALK_BY_ID, TALKS, type TalkRow } from './talks.queries.js';
import { misplacedFields } from './talks.rules.js';

/** Talks with a person. Every change takes the lock of the case. */
@Injectable()
export class TalksService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
  ) {}

  async read(actor: Actor, id: string): Promise<TalkView> {
    const row = await this.timeline.readOne<TalkRow>(actor, 'talks.read', TALK_BY_ID, [id]);
    if (!row) throw talkProblem.no_such_talk();
    return view(row);
  }

  async list(actor: Actor, refugeeId: string, query: TalkQuery): Promise<TalkPage> {
    const page = await this.timeline.list(actor, TALKS, query, [refugeeId], view);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  /** Plans a talk, or records one that was held. */
  async record(actor: StaffActor, refugeeId: string, request: RecordTalk): Promise<TalkView> {
    const { plannedAt, heldOn, form, summary } = request;
    const state = heldOn === undefined ? 'planned' : 'held';
    requireFieldsOf(state, request);
    const recorded = await this.database.transaction(async (tx) => {
      const talk = Object.assign(new Talk(), {
        refugeeId,
        state,
        form,
        heldOn: heldOn ?? null,
        summary: summary ?? null,
      });
      if (plannedAt !== undefined) talk.plannedAt = new Date(plannedAt);
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      await this.requireCome(tx, talk);
      await tx.insert(Talk, talk);
      await this.timeline.record(tx, actor, [endFact(talk)]);
      return talk.id;
    });
    return this.read(actor, recorded);
  }

  async end(actor: StaffActor, id: string, request: EndTalk): Promise<TalkView> {
    requireFieldsOf(request.outcome, request);
    await this.database.transaction(async (tx) => {
      const talk = await this.open(tx, actor, id);
      if (!talk.mayEnd(request.outcome, request.reason)) throw talkProblem.out_of_turn({ state: talk.state });
      talk.end(request.outcome, request);
      await this.requireCome(tx, talk);
      await tx.save(talk);
      await this.timeline.record(tx, actor, [endFact(talk)]);
    });
    return this.read(actor, id);
  }

  async correct(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    { plannedAt, ...request }: CorrectTalk,
  ): Promise<TalkView> {
    await this.database.transaction(async (tx) => {
      const talk = await this.open(tx, actor, id);
      requireVersion(talk.version, version);
      const correction = { ...request, plannedAt: plannedAt === undefined ? undefined : new Date(plannedAt) };
      if (!talk.mayCorrect(correction)) throw talkProblem.out_of_turn({ state: talk.state });
      const fields = talk.correct(correction);
      if (fields.length === 0) return;
      await this.requireCome(tx, talk);
      await tx.save(talk);
      await this.timeline.record(tx, actor, [factOf('talk', talk, 'talk.corrected', { fields })]);
    });
    return this.read(actor, id);
  }

  /** The talk, its case locked. @throws 404 when the actor does not see the case, 403 when it is not theirs to work on */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Talk> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_TALK, [actor.id, id]);
    if (!person) throw talkProblem.no_such_talk();
    await this.refugees.open(tx, actor, person.refugee_id, mayWorkOnProgramme);
    return tx.findOneByOrFail(Talk, { id });
  }

  /** @throws 422 when somebody is said to have come, or not, before the day or the hour */
  private async requireCome(tx: EntityManager, { state, plannedAt, heldOn }: Talk): Promise<void> {
    const now = await today(tx);
    if (state === 'held' && heldOn! > now) throw talkProblem.not_come_yet({ today: now });
    if (state === 'not_shown' && plannedAt! > this.clock.now())
      throw talkProblem.not_come_yet({ today: now });
  }
}

/** @throws 400 naming the fields that are missing, or that such a talk does not have */
function requireFieldsOf(state: TalkState, request: RecordTalk | EndTalk): void {
  const errors = misplacedFields(state, request);
  if (errors.length > 0) throw requestProblem.invalid({ errors });
}

/** What came of a talk; the fact is named after its state. */
function endFact(talk: Talk): Fact {
  const { plannedAt, heldOn, form, cancelledBecause: because } = talk;
  const details: Record<TalkState, Fact['details']> = {
    planned: { plannedAt: plannedAt?.toISOString() ?? null, form },
    held: { heldOn, form },
    not_shown: {},
    cancelled: { because },
  };
  return factOf('talk', talk, `talk.${talk.state}`, details[talk.state]);
}

function view(row: TalkRow): TalkView {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.person_id,
    state: row.state,
    plannedAt: row.planned_at?.toISOString() ?? null,
    heldOn: row.held_on,
    form: row.form,
    summary: row.summary,
    cancelledBecause: row.cancelled_because,
  };
}
