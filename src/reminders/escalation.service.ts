import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LegislationService } from '../legislation/legislation.service.js';
import { isOpenDay } from '../platform/calendar/calendar.js';
import { afterCommit, Database, today } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { ESCALATE, UNREAD_BATCH, type Escalated } from './escalation.queries.js';
import { LOCK_PLANS_OF } from './follow-up-turns.queries.js';
import { PlannerService } from './planner.service.js';
import { ReminderQueue } from './reminder-queue.js';
import type { Channel } from './reminders.contract.js';

interface Unread {
  id: string;
  follow_up_id: string;
}

interface Told {
  escalated: Escalated[];
  due: { id: string; channel: Channel }[];
}

/** What nobody reads is told to the deputy, and then to who leads the unit: each once, on days when somebody is at work. */
@Injectable()
export class EscalationService implements Sweep, OnModuleInit {
  readonly name = 'unread reminders';

  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly legislation: LegislationService,
    private readonly sweeps: Sweeps,
    private readonly queue: ReminderQueue,
    private readonly planner: PlannerService,
  ) {}

  onModuleInit(): void {
    this.sweeps.add(this);
  }

  async sweep(): Promise<number> {
    let all = 0;
    for (let batch = -1; batch !== 0; all += batch)
      batch = await this.database.transaction((tx) => this.escalateBatch(tx));
    return all;
  }

  private async escalateBatch(tx: EntityManager): Promise<number> {
    if (!isOpenDay(await today(tx), await this.legislation.closingDays(tx))) return 0;
    const unread = await tx.query<Unread[]>(UNREAD_BATCH);
    if (unread.length === 0) return 0;
    await this.planner.shareLaw(tx);
    await tx.query(LOCK_PLANS_OF, [unread.map(({ follow_up_id }) => follow_up_id)]);
    const [{ escalated, due }] = await tx.query<Told[]>(ESCALATE, [unread.map(({ id }) => id)]);
    if (escalated.length > 0) await this.timeline.record(tx, null, escalated.map(factOf));
    if (due.length > 0) afterCommit(tx, () => this.queue.wake(due));
    return escalated.length;
  }
}

const factOf = ({ follow_up_id, refugee_id, step, told_as }: Escalated): Fact => ({
  subject: { type: 'follow_up', id: follow_up_id },
  cases: refugee_id === null ? [] : [refugee_id],
  fact: 'follow_up.escalated',
  details: { to: told_as, step },
});
