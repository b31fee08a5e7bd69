import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { InboxItem, InboxPage, InboxQuery } from './dto/inbox.dto.js';
import { reasonOf } from './follow-ups.presenter.js';
import { INBOX, INBOX_CHANNEL, READ_REMINDERS, type InboxRow } from './inbox.queries.js';
import { DutiesService } from './duties.service.js';
import { reminderProblem } from './reminders.problems.js';

/** The reminders a person was given in the program itself. */
@Injectable()
export class InboxService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly duties: DutiesService,
  ) {}

  async list(actor: Actor, query: InboxQuery, language: Language): Promise<InboxPage> {
    let unread = 0;
    const present = (row: InboxRow): InboxItem => {
      unread = row.unread;
      return this.item(row, language);
    };
    const page = await this.timeline.list(actor, INBOX, query, [query.unread ?? false], present);
    return { ...page, unread };
  }

  /**
   * The first reading stands, and from then on nobody else is told that it was not read. No fact of a case: it says
   * something of the reader only.
   * @throws 404 unless all of them are in the inbox of the actor
   */
  read({ id }: Actor, reminderIds: string[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [{ found }] = await tx.query<{ found: boolean }[]>(READ_REMINDERS, [
        id,
        reminderIds,
        INBOX_CHANNEL,
      ]);
      if (!found) throw reminderProblem.no_such_reminder();
    });
  }

  private item(row: InboxRow, language: Language): InboxItem {
    const text = this.duties.text(row);
    return {
      id: row.id,
      step: row.step,
      followUp: {
        id: row.follow_up_id,
        key: row.key,
        occurrence: row.occurrence,
        state: row.state,
        title: text.title[language],
        reason: reasonOf(row, text, language),
        actBy: row.act_by,
      },
      refugee:
        row.refugee_id === null
          ? null
          : { id: row.refugee_id, name: `${row.given_names} ${row.family_name}` },
      sentAt: row.sent_at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    };
  }
}
