import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import { Pages, type PageQuery } from '../platform/http/paging.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import { READ_PARAMETERS, TimelineService } from '../timeline/timeline.service.js';
import type {
  FollowUpPage,
  FollowUpQuery,
  FollowUpView,
  MyDayPage,
  PastFollowUpView,
} from './dto/follow-up.dto.js';
import { PlannerService } from './planner.service.js';
import { dayInWords } from './reminder-mail.js';
import {
  followUpsPage,
  HISTORY_SORTS,
  MY_DAY_SORTS,
  myDayPage,
  type FollowUpRow,
} from './reminders.queries.js';

/** What a person has to do, and what a case was followed up on. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly timeline: TimelineService,
    private readonly planner: PlannerService,
    private readonly refugees: RefugeesService,
    private readonly pages: Pages,
  ) {}

  async myDay(actor: Actor, query: PageQuery, language: Language): Promise<MyDayPage> {
    const page = this.pages.open('my-day', query, MY_DAY_SORTS, 'actBy', { sql: 'f.id', type: 'uuid' });
    const parameters: unknown[] = [];
    const after = page.after(parameters, READ_PARAMETERS);
    const statement = myDayPage(page.sortValue, after, page.orderBy, page.limit);
    const rows = await this.timeline.read<FollowUpRow>(
      actor,
      'my_day.list',
      statement,
      parameters,
      page.limit,
    );
    return page.close(rows, (row) => this.view(row, language));
  }

  async ofCase(
    actor: Actor,
    refugeeId: string,
    query: FollowUpQuery,
    language: Language,
  ): Promise<FollowUpPage> {
    const page = this.pages.open('follow-ups', { ...query, case: refugeeId }, HISTORY_SORTS, '-plannedAt', {
      sql: 'f.id',
      type: 'uuid',
    });
    const parameters: unknown[] = [refugeeId];
    const after = page.after(parameters, READ_PARAMETERS);
    const statement = followUpsPage(page.sortValue, after, page.orderBy, page.limit);
    const rows = await this.timeline.read<FollowUpRow>(
      actor,
      'follow_ups.list',
      statement,
      parameters,
      page.limit,
    );
    if (rows.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page.close(rows, (row) => ({ ...this.view(row, language), ...past(row) }));
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
