import { IsId, Nullable, OneOf, Optional } from '../../platform/http/fields.js';
import { REMINDER_MAILS, type ReminderMails } from '../staff.contract.js';

export class ChangeMe {
  /** The language of mails. */
  @Optional() @OneOf(['da', 'en']) language?: 'da' | 'en';
  /** A mail for each reminder, or one a day with all of them. */
  @Optional() @OneOf(REMINDER_MAILS) reminderMails?: ReminderMails;
  /** A colleague of the same role, who is told when your reminders stay unread; null for nobody. */
  @Nullable() @IsId() deputyId?: string | null;
}
