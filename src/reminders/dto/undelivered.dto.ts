import { IsDay, IsId, Ids, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { UNDELIVERED_REMINDERS } from '../undelivered.queries.js';
import { FollowUpPerson } from './follow-up.dto.js';

export class UndeliveredQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(UNDELIVERED_REMINDERS)) sort?: string;
  /** Only of this case. */
  @Optional() @IsId() refugeeId?: string;
}

export class UndeliveredView {
  id: string;
  followUpId: string;
  refugee: FollowUpPerson | null;
  /** What was to be done, in the language of the reader. @example "Integration contract" */
  title: string;
  /** @example target */
  @OneOf(['target', 'last', 'deputy', 'leader', 'given', 'taken']) step: string;
  recipientId: string;
  /** @example 2027-02-15 */
  @IsDay() dueOn: string;
  /** `failed`: it was not sent. `unsure`: it may have been. */
  @OneOf(['failed', 'unsure']) state: string;
  /** `refused`: there is no such mailbox. `given_up`: tried for a day. `no_answer`: the mail server took it and said nothing. `claim_lost`: a worker died with it. */
  @OneOf(['refused', 'given_up', 'no_answer', 'claim_lost']) because: string;
}

export class UndeliveredPage extends PageDto(UndeliveredView) {}

export const DECISIONS = ['sent', 'send_again', 'dropped'] as const;

export class DecideReminders {
  /** All of them are decided on, or none. */
  @Ids(100, 1) reminderIds: string[];
  /** `sent`: the recipient knows. `send_again`: the mail goes out again. `dropped`: nobody needs it. */
  @OneOf(DECISIONS) outcome: (typeof DECISIONS)[number];
}
