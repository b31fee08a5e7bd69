import { Instant, OneOf } from '../../platform/http/fields.js';
import { PastFollowUpView } from './follow-up.dto.js';

/** What somebody wrote on it, and why they put it off, gave it away or dropped it. */
export class FollowUpNote {
  id: string;
  @Instant() at: string;
  authorId: string;
  @OneOf(['note', 'snooze', 'reassignment', 'dismissal']) kind: string;
  /** @example "Asked for an interpreter first." */
  text: string;
  /** The day until which it was put off. */
  untilOn: string | null;
}

export class FollowUpReminder {
  id: string;
  @OneOf(['target', 'last', 'deputy', 'leader', 'given', 'taken']) step: string;
  @OneOf(['in_app', 'email']) channel: string;
  recipientId: string;
  dueOn: string;
  @OneOf(['planned', 'sending', 'sent', 'unsure', 'failed', 'cancelled']) state: string;
  sentAt: string | null;
  readAt: string | null;
}

export class WholeFollowUpView extends PastFollowUpView {
  /** Oldest first. */
  notes: FollowUpNote[];
  /** By the day they are due. */
  reminders: FollowUpReminder[];
}
