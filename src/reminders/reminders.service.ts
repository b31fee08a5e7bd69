import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import type { PageQuery } from '../platform/http/paging.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  FollowUpPage,
  FollowUpQuery,
  FollowUpView,
  MyDayPage,
  PastFollowUpView,
} from './dto/follow-up.dto.js';
import { PlannerService } from './planner.service.js';
import { dayInWords } from './reminder-mail.js';
import { FOLLOW_UPS, MY_DAY, type FollowUpRow } from './reminders.queries.js';

/** What a person has to do, and what a case was followed up on. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly timeline: TimelineService,
    private readonly planner: PlannerService,
    private readonly refugees: RefugeesService,
  ) {}

  myDay(actor: Actor, query: PageQuery, language: Language): Promise<MyDayPage> {
    return this.timeline.list(actor, MY_DAY, query, [], (row: FollowUpRow) => this.view(row, language));
  }

  async ofCase(
    actor: Actor,
    refugeeId: string,
    query: FollowUpQuery,
    language: Language,
  ): Promise<FollowUpPage> {
    const present = (row: FollowUpRow): PastFollowUpView => ({ ...this.view(row, language), ...past(row) });
    const page = await this.timeline.list(actor, FOLLOW_UPS, query, [refugeeId], present);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  private view(row: FollowUpRow, language: Language): FollowUpView {
    const text = this.planner.text(row.subject_type, row.key);
    const days = {
      earliestOn: dayInWords(row.earliest_on, language),
      latestOn: dayInWords(row.latest_on, language),
    };
    return {
      id: row.id,
      key: row.key,
      subject: { type: row.subject_type, id: row.subject_id },
      refugee:
        row.refugee_id === null
          ? null
          : { id: row.refugee_id, name: `${row.given_names} ${row.family_name}` },
      state: row.state,
      reason: text.reason[language](days),
      rules: row.rules,
      earliestOn: row.earliest_on,
      targetOn: row.target_on,
      latestOn: row.latest_on,
      actBy: row.act_by,
      ifNothing: text.ifNothing[language],
      act: { method: row.act_method, href: row.act_href },
    };
  }
}

function past({
  owner_id,
  ended_at,
  ended_because,
}: FollowUpRow): Pick<PastFollowUpView, 'ownerId' | 'endedAt' | 'endedBecause'> {
  return { ownerId: owner_id, endedAt: ended_at?.toISOString() ?? null, endedBecause: ended_because };
}
