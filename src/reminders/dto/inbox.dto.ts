import { Count, FlagInQuery, Ids, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { INBOX } from '../inbox.queries.js';
import { FollowUpPerson } from './follow-up.dto.js';

export class InboxQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(INBOX)) sort?: string;
  /** Only what you have not read. @example true */
  @Optional() @FlagInQuery() unread?: boolean;
}

/** What a reminder is about, in the language of the reader. */
export class InboxFollowUp {
  id: string;
  /** @example contract */
  key: string;
  /** Which one of several of the key: the second of four talks. @example 1 */
  @Count() occurrence: number;
  /** Whether there is still something to do. */
  @OneOf(['open', 'done', 'superseded', 'cancelled', 'dismissed']) state: string;
  /** @example "Integration contract" */
  title: string;
  /** @example "The municipality took over on 2027-02-01." */
  reason: string;
  /** The last working day on or before the legal day. @example 2027-03-01 */
  actBy: string;
}

export class InboxItem {
  id: string;
  /** Why it came now: the day meant for it, the last day, somebody else did not read theirs, or it changed hands. */
  @OneOf(['target', 'last', 'deputy', 'leader', 'given', 'taken']) step: string;
  followUp: InboxFollowUp;
  refugee: FollowUpPerson | null;
  sentAt: string;
  readAt: string | null;
}

export class InboxPage extends PageDto(InboxItem) {
  /** How many of your whole inbox you have not read. @example 3 */
  @Count() unread: number;
}

export class ReadReminders {
  /** Reminders of your inbox: all of them or none. */
  @Ids(100, 1) reminderIds: string[];
}
