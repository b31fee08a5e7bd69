import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  FollowUpPage,
  FollowUpQuery,
  FollowUpView,
  MyDayPage,
  MyDayQuery,
} from './dto/follow-up.dto.js';
import type { WholeFollowUpView } from './dto/whole-follow-up.dto.js';
import { followUpView, pastFollowUpView, wholeFollowUpView } from './follow-ups.presenter.js';
import { DutiesService } from './duties.service.js';
import { reminderProblem } from './reminders.problems.js';
import {
  FOLLOW_UPS,
  FOLLOW_UPS_BY_ID,
  MY_DAY,
  type FollowUpRow,
  type PastFollowUpRow,
} from './reminders.queries.js';
import { WHOLE_FOLLOW_UP, type WholeFollowUpRow } from './whole-follow-up.queries.js';

/** What a person has to do, and what a case was followed up on. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly timeline: TimelineService,
    private readonly duties: DutiesService,
    private readonly refugees: RefugeesService,
  ) {}

  myDay(actor: Actor, query: MyDayQuery, language: Language): Promise<MyDayPage> {
    return this.timeline.list(actor, MY_DAY, query, [query.snoozed ?? false], this.presented(language));
  }

  /** Some follow-ups, as far as the actor sees them. */
  async some(actor: Actor, ids: string[], language: Language): Promise<{ items: FollowUpView[] }> {
    const rows = await this.timeline.readAll<FollowUpRow>(actor, 'follow_ups.some', FOLLOW_UPS_BY_ID, [ids]);
    return { items: rows.map(this.presented(language)) };
  }

  async ofCase(
    actor: Actor,
    refugeeId: string,
    query: FollowUpQuery,
    language: Language,
  ): Promise<FollowUpPage> {
    const page = await this.timeline.list(actor, FOLLOW_UPS, query, [refugeeId], (row: PastFollowUpRow) =>
      pastFollowUpView(row, this.duties.text(row), language),
    );
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  /** @throws 404 when the actor does not see its case */
  async one(actor: Actor, id: string, language: Language): Promise<WholeFollowUpView> {
    const row = await this.timeline.readOne<WholeFollowUpRow>(actor, 'follow_ups.read', WHOLE_FOLLOW_UP, [
      id,
    ]);
    if (!row) throw reminderProblem.no_such_follow_up();
    return wholeFollowUpView(row, this.duties.text(row), language);
  }

  /** How a follow-up is shown to a reader of a language. */
  presented(language: Language): (row: FollowUpRow) => FollowUpView {
    return (row) => followUpView(row, this.duties.text(row), language);
  }
}
