import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { afterCommit, Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import { allow } from '../platform/http/problem.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { deliveryProblem } from './delivery.problems.js';
import type {
  DecideReminders,
  UndeliveredPage,
  UndeliveredQuery,
  UndeliveredView,
} from './dto/undelivered.dto.js';
import { DutiesService } from './duties.service.js';
import { ReminderQueue } from './reminder-queue.js';
import {
  DECIDE,
  TO_DECIDE,
  UNDELIVERED_REMINDERS,
  type ToDecide,
  type UndeliveredRow,
} from './undelivered.queries.js';

/** Mails that reached nobody, or may not have: a person decides what becomes of them. */
@Injectable()
export class UndeliveredService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
    private readonly duties: DutiesService,
    private readonly queue: ReminderQueue,
  ) {}

  async list(actor: Actor, query: UndeliveredQuery, language: Language): Promise<UndeliveredPage> {
    const { refugeeId = null } = query;
    const present = (row: UndeliveredRow): UndeliveredView => this.view(row, language);
    return this.timeline.list(actor, UNDELIVERED_REMINDERS, query, [refugeeId], present);
  }

  /** @throws 404 when one is not seen, 403 when one is for others to decide, 409 when one waits for no decision */
  decide(actor: StaffActor, { reminderIds, outcome }: DecideReminders): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.open(tx, actor, reminderIds);
      const [decided] = await tx.query<[ToDecide[], number]>(DECIDE, [reminderIds, outcome]);
      if (decided.length < reminderIds.length) throw deliveryProblem.nothing_to_decide();
      const facts = decided.map(({ id, refugee_id: refugeeId }) => ({
        subject: { type: 'reminder', id },
        cases: refugeeId === null ? [] : [refugeeId],
        fact: 'reminder.decided',
        details: { outcome },
      }));
      await this.timeline.record(tx, actor, facts);
      if (outcome === 'send_again')
        afterCommit(tx, () => this.queue.wake(decided.map(({ id }) => ({ id, channel: 'email' }))));
    });
  }

  /** Locks the cases, always in the same order. */
  private async open(tx: EntityManager, actor: StaffActor, reminderIds: string[]): Promise<void> {
    const found = await tx.query<ToDecide[]>(TO_DECIDE, [actor.id, reminderIds]);
    if (found.length < reminderIds.length) throw deliveryProblem.no_such_reminder();
    const cases = new Set(found.flatMap(({ refugee_id }) => refugee_id ?? []));
    for (const refugeeId of [...cases].sort()) await this.refugees.open(tx, actor, refugeeId, () => true);
    allow(found.every(({ theirs }) => theirs));
  }

  private view(row: UndeliveredRow, language: Language): UndeliveredView {
    const { person_id: refugeeId } = row;
    return {
      id: row.id,
      followUpId: row.follow_up_id,
      refugee: refugeeId === null ? null : { id: refugeeId, name: `${row.given_names} ${row.family_name}` },
      title: this.duties.text(row).title[language],
      step: row.step,
      recipientId: row.recipient_id,
      dueOn: row.due_on,
      state: row.state,
      because: row.because,
    };
  }
}
