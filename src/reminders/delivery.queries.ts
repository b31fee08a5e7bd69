import type { Claim } from '../platform/mail/outgoing.js';
import { outgoing } from '../platform/mail/outgoing.queries.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

const MAILS = outgoing('reminders', `o.channel = 'email' and o.due_at <= clock_now()`);

/** Most rows that one look for what is due finds. */
export const DUE_BATCH = 500;

/** Due and in nobody's hands, oldest first, of the channel `$1`, after the row `$2`, `$3`; as text, for pg cuts an instant to milliseconds. */
export const DUE_REMINDERS = `
  select o.id, o.due_at::text from reminders o
  where o.channel = $1 and (o.due_at, o.id) > ($2::timestamptz, $3::uuid) and o.due_at <= clock_now() and ${MAILS.claimable}
  order by o.due_at, o.id limit ${DUE_BATCH}`;

/** Why the due reminder `o` is not to go out, read again when it does: a code, or null when it is. */
const NOT_SENT_BECAUSE = `
  case
    when f.state <> 'open' then 'ended'
    when f.suspended and o.step not in ('given', 'taken') then 'suspended'
    when a.disabled_at is not null or f.refugee_id is not null and not exists (
      select from visible_cases(a.id, clock_today()) v where v.refugee_id = f.refugee_id) then 'no_longer_theirs'
    when o.step = 'target' and f.snoozed_until > (select clock_today()) then 'snoozed'
    when o.step = 'target' and exists (
      select from reminders later where later.follow_up_id = o.follow_up_id and later.recipient_id = o.recipient_id
        and later.channel = o.channel and later.step = 'last' and later.state <> 'cancelled' and later.due_at <= clock_now())
      then 'later_step_due'
    when o.channel = 'email' and a.reminder_mails = 'daily_digest' then 'digest'
  end`;

const AND_WHAT_IT_RESTS_ON = `
  join follow_ups f on f.id = o.follow_up_id
  join staff_accounts a on a.id = o.recipient_id`;

export interface Told {
  recipientId: string;
  /** How many new ones there are in the recipient's inbox. */
  reminders: number;
}

/**
 * Puts those of `$1` that are due into their recipients' inboxes, and tells whoever listens. Looked at again in the
 * same statement: what is not to be told any more is cancelled, and where the recipient no longer sees the case the
 * plan is made anew, which finds out whose it is. Rows and plans in other hands are left to those.
 */
export const DELIVER_IN_APP = `
  with o as (
    select id, follow_up_id, recipient_id, channel, step from reminders
    where id = any($1::uuid[]) and channel = 'in_app' and state = 'planned' and due_at <= clock_now()
    order by id for update skip locked
  ),
  looked as materialized (
    select o.id, o.recipient_id, f.subject_type, f.subject_id, ${NOT_SENT_BECAUSE} as because from o ${AND_WHAT_IT_RESTS_ON}
  ),
  marked as (
    update reminders r set state = case when because is null then 'sent' else 'cancelled' end, not_sent_because = because,
      sent_at = case when because is null then clock_now() end
    from looked where r.id = looked.id
  ),
  adrift as (
    select subject_type, subject_id from plans where (subject_type, subject_id) in (
      select subject_type, subject_id from looked where because = 'no_longer_theirs')
    order by subject_type, subject_id for update skip locked
  ),
  again as (
    update plans p set stale = true, stale_because = 'plan.outdated', stale_subject_type = null, stale_subject_id = null
    from adrift a where p.subject_type = a.subject_type and p.subject_id = a.subject_id
  )
  select recipient_id as "recipientId", count(*)::int as reminders, pg_notify('inbox', recipient_id::text)
  from looked where because is null group by recipient_id`;

export interface ClaimedReminder extends Claim {
  not_sent_because: string | null;
  step: string;
  email: string;
  language: 'da' | 'en';
  subject_type: string;
  subject_id: string;
  refugee_id: string | null;
  case_number: string | null;
  key: string;
  practice: PracticeOfFollowUp | null;
  occurrence: number;
  earliest_on: string;
  latest_on: string;
  act_by: string;
}

/** Takes one due mail for sending, and reads again what it rests on. */
export const CLAIM_REMINDER = `
  with o as (${MAILS.claim()})
  select o.id, o.attempts, o.lost, o.again, o.step, ${NOT_SENT_BECAUSE} as not_sent_because, a.email, a.language,
         f.subject_type, f.subject_id, f.refugee_id, r.case_number, f.key, ${PRACTICE} as practice,
         f.occurrence, f.earliest_on, f.latest_on, f.act_by
  from o ${AND_WHAT_IT_RESTS_ON} left join refugees r on r.id = f.refugee_id`;

export const SEND_REMINDER_LATER = MAILS.retry;
export const REMINDER_SETTLED = MAILS.settle();
