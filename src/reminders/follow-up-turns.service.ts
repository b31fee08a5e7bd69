import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { afterCommit, Database, today } from '../platform/database/database.js';
import type { Language } from '../platform/http/language.js';
import { allow } from '../platform/http/problem.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  DismissFollowUps,
  FollowUpList,
  NoteFollowUps,
  ReassignFollowUps,
  SnoozeFollowUps,
} from './dto/follow-up-turn.dto.js';
import {
  ASSIGN,
  DISMISS,
  FORGET_DISMISSAL,
  INSERT_NOTES,
  LOCK_PLANS_OF,
  READ_BY_ACTING,
  SEEN_FOLLOW_UPS,
  SNOOZE,
  TELL_NOW,
  WORKS_ON_ALL,
  type Turned,
} from './follow-up-turns.queries.js';
import { PlannerService } from './planner.service.js';
import { ReminderQueue } from './reminder-queue.js';
import type { Channel } from './reminders.contract.js';
import { mayNote, mayTurn, type MayTurn } from './reminders.policy.js';
import { reminderProblem } from './reminders.problems.js';
import { UNDELIVERED } from './undelivered.duties.js';
import { RemindersService } from './reminders.service.js';

/** What people do with follow-ups besides recording what ends them: a set at a time, all of it or nothing. */
@Injectable()
export class FollowUpTurnsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly planner: PlannerService,
    private readonly queue: ReminderQueue,
    private readonly reminders: RemindersService,
  ) {}

  note(actor: StaffActor, { followUpIds, text }: NoteFollowUps, language: Language): Promise<FollowUpList> {
    return this.turn(actor, followUpIds, mayNote, language, async (tx, followUps) => {
      await this.write(tx, actor, followUps, 'note', text);
      return factsOf(followUps, 'follow_up.noted');
    });
  }

  snooze(
    actor: StaffActor,
    { followUpIds, until, reason }: SnoozeFollowUps,
    language: Language,
  ): Promise<FollowUpList> {
    return this.turn(actor, followUpIds, mayTurn, language, async (tx, followUps) => {
      const now = await today(tx);
      if (until <= now) throw reminderProblem.snoozed_into_the_past({ today: now });
      const latest = followUps.map(({ actBy }) => actBy).reduce((a, b) => (a < b ? a : b));
      if (until > latest) throw reminderProblem.snoozed_too_long({ latest });
      await this.write(tx, actor, followUps, 'snooze', reason, until);
      await this.putOff(tx, followUps, until);
      return factsOf(followUps, 'follow_up.snoozed', { until });
    });
  }

  /** What was put off comes back at once. */
  bringBack(actor: StaffActor, followUpId: string, language: Language): Promise<FollowUpList> {
    return this.turn(actor, [followUpId], mayTurn, language, async (tx, followUps) => {
      const putOff = followUps.filter(({ snoozedUntil }) => snoozedUntil !== null);
      if (putOff.length > 0) await this.putOff(tx, putOff, null);
      return factsOf(putOff, 'follow_up.brought_back');
    });
  }

  /** Both are told: who has it now, and who had it. */
  reassign(
    actor: StaffActor,
    { followUpIds, toId, reason }: ReassignFollowUps,
    language: Language,
  ): Promise<FollowUpList> {
    return this.turn(actor, followUpIds, mayTurn, language, async (tx, followUps) => {
      const cases = followUps.flatMap(({ refugeeId }) => refugeeId ?? []);
      const [{ works }] = await tx.query<{ works: boolean }[]>(WORKS_ON_ALL, [toId, cases]);
      if (!works) throw reminderProblem.does_not_work_on_the_case();
      const moving = followUps.filter(({ ownerId }) => ownerId !== toId);
      await this.write(tx, actor, moving, 'reassignment', reason);
      await tx.query(ASSIGN, [idsOf(moving), toId]);
      await this.tell(
        tx,
        moving.flatMap(({ id, ownerId }) => [
          { followUpId: id, recipientId: toId, step: 'given' },
          ...(ownerId === null ? [] : [{ followUpId: id, recipientId: ownerId, step: 'taken' }]),
        ]),
      );
      return moving.map((one) => factOf(one, 'follow_up.reassigned', { fromId: one.ownerId, toId }));
    });
  }

  dismiss(
    actor: StaffActor,
    { followUpIds, reason }: DismissFollowUps,
    language: Language,
  ): Promise<FollowUpList> {
    return this.turn(actor, followUpIds, mayTurn, language, async (tx, followUps) => {
      if (followUps.some(({ key }) => key === UNDELIVERED)) throw reminderProblem.to_be_decided();
      await this.write(tx, actor, followUps, 'dismissal', reason);
      await tx.query(DISMISS, [followUpIds]);
      return factsOf(followUps, 'follow_up.dismissed');
    });
  }

  /** The follow-up is planned anew, if it is still wanted. */
  async takeBackDismissal(actor: StaffActor, followUpId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [followUp] = await this.open(tx, actor, [followUpId], mayTurn);
      if (followUp.state !== 'dismissed') throw reminderProblem.not_dismissed();
      await tx.query(FORGET_DISMISSAL, [followUpId]);
      await this.timeline.record(tx, actor, [factOf(followUp, 'follow_up.dismissal_taken_back')]);
    });
  }

  /** One transaction around what is done with open follow-ups; the reply is a read. */
  private async turn(
    actor: StaffActor,
    ids: string[],
    may: MayTurn,
    language: Language,
    act: (tx: EntityManager, followUps: Turned[]) => Promise<Fact[]>,
  ): Promise<FollowUpList> {
    await this.database.transaction(async (tx) => {
      const followUps = await this.open(tx, actor, ids, may);
      if (followUps.some(({ state }) => state !== 'open')) throw reminderProblem.follow_up_ended();
      const facts = await act(tx, followUps);
      await tx.query(READ_BY_ACTING, [ids, actor.id]);
      if (facts.length > 0) await this.timeline.record(tx, actor, facts);
    });
    return this.reminders.some(actor, ids, language);
  }

  /** The follow-ups, their plans locked. @throws 404 unless all are seen, 403 unless all are theirs to turn */
  private async open(tx: EntityManager, actor: StaffActor, ids: string[], may: MayTurn): Promise<Turned[]> {
    await this.planner.shareLaw(tx);
    await tx.query(LOCK_PLANS_OF, [ids]);
    const followUps = await tx.query<Turned[]>(SEEN_FOLLOW_UPS, [actor.id, ids]);
    if (followUps.length === 0 || followUps.length < ids.length) throw reminderProblem.no_such_follow_up();
    allow(followUps.every((followUp) => may(actor, followUp)));
    return followUps;
  }

  private async write(
    tx: EntityManager,
    actor: StaffActor,
    followUps: Turned[],
    kind: 'note' | 'snooze' | 'reassignment' | 'dismissal',
    text: string,
    until: string | null = null,
  ): Promise<void> {
    const rows = followUps.map(({ id }) => ({ id: uuidv7(), followUpId: id }));
    await tx.query(INSERT_NOTES, [JSON.stringify(rows), actor.id, kind, text, until]);
  }

  private async putOff(tx: EntityManager, followUps: Turned[], until: string | null): Promise<void> {
    await tx.query(SNOOZE, [idsOf(followUps), until]);
    await this.planner.remind(
      tx,
      followUps.map((followUp) => ({ ...followUp, snoozedUntil: until })),
    );
  }

  private async tell(
    tx: EntityManager,
    rows: { followUpId: string; recipientId: string; step: string }[],
  ): Promise<void> {
    const told = await tx.query<{ id: string; channel: Channel }[]>(TELL_NOW, [JSON.stringify(rows)]);
    if (told.length > 0) afterCommit(tx, () => this.queue.wake(told));
  }
}

const idsOf = (followUps: Turned[]): string[] => followUps.map(({ id }) => id);

const factsOf = (followUps: Turned[], fact: string, details?: Fact['details']): Fact[] =>
  followUps.map((followUp) => factOf(followUp, fact, details));

const factOf = ({ id, refugeeId }: Turned, fact: string, details?: Fact['details']): Fact => ({
  subject: { type: 'follow_up', id },
  cases: refugeeId === null ? [] : [refugeeId],
  fact,
  details,
});
