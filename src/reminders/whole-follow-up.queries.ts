import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import type { FollowUpNote, FollowUpReminder } from './dto/whole-follow-up.dto.js';
import { FOLLOW_UP, PAST, type PastFollowUpRow } from './reminders.queries.js';

export interface WholeFollowUpRow extends PastFollowUpRow {
  notes: FollowUpNote[];
  reminders: FollowUpReminder[];
}

const NOTES = `
  (select coalesce(json_agg(json_build_object('id', n.id, 'at', n.at, 'authorId', n.author_id, 'kind', n.kind, 'text', n.text,
     'untilOn', n.until_on) order by n.at, n.id), '[]')
   from follow_up_notes n where n.follow_up_id = f.id)`;

const REMINDERS = `
  (select coalesce(json_agg(json_build_object('id', m.id, 'step', m.step, 'channel', m.channel, 'recipientId', m.recipient_id,
     'dueOn', m.due_on, 'state', m.state, 'sentAt', m.sent_at, 'readAt', m.read_at) order by m.due_on, m.id), '[]')
   from reminders m where m.follow_up_id = f.id)`;

/** One follow-up, `$3`, with all that happened to it; one of no case is seen by those whose work it is. */
export const WHOLE_FOLLOW_UP = `
  select ${FOLLOW_UP}, ${PAST}, ${NOTES} as notes, ${REMINDERS} as reminders
  from follow_ups f
  left join refugees r on r.id = f.refugee_id
  ${seenCaseIfAny('f.refugee_id')}
  where f.id = $3 and (v.basis is not null or f.refugee_id is null and $1 in (f.owner_id, f.deputy_id))`;
