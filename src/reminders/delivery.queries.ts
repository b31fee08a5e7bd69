const CLAIMABLE = `
  (r.state = 'planned' and coalesce(r.retry_at, '-infinity') <= now()
   or r.state = 'sending' and r.claimed_at < now() - interval '2 minutes')`;

export const DUE_REMINDERS = `
  select r.id from reminders r where r.due_at <= clock_now() and r.state in ('planned', 'sending') and ${CLAIMABLE}
  order by r.due_at, r.id limit 500`;

export interface Claimed {
  id: string;
  /** Somebody claimed it before and did not come back: it may be out already. */
  again: boolean;
  attempts: number;
  open: boolean;
  /** The recipient still works here and sees the case today. */
  sees: boolean;
  email: string;
  language: 'da' | 'en';
  subject_type: string;
  subject_id: string;
  refugee_id: string | null;
  case_number: string | null;
  key: string;
  occurrence: number;
  earliest_on: string;
  latest_on: string;
  act_by: string;
}

/** Takes one due reminder for sending, and reads again what it rests on. Claims and retries are real time, not the moved clock. */
export const CLAIM_REMINDER = `
  with claimed as (
    update reminders r set state = 'sending', claimed_at = now(), attempts = r.attempts + 1
    from reminders before
    where r.id = $1 and before.id = r.id and r.due_at <= clock_now() and ${CLAIMABLE}
    returning r.id, r.follow_up_id, r.recipient_id, r.attempts, before.state = 'sending' as again
  )
  select c.id, c.again, c.attempts, f.state = 'open' as open,
         a.disabled_at is null and (f.refugee_id is null
           or exists (select from visible_cases(a.id, clock_today()) v where v.refugee_id = f.refugee_id)) as sees,
         a.email, a.language, f.subject_type, f.subject_id, f.refugee_id, r.case_number, f.key, f.occurrence, f.earliest_on, f.latest_on, f.act_by
  from claimed c
  join follow_ups f on f.id = c.follow_up_id
  join staff_accounts a on a.id = c.recipient_id
  left join refugees r on r.id = f.refugee_id`;

export const MARK_REMINDER = `
  update reminders set state = $2, sent_at = case when $2 = 'sent' then clock_now() end where id = $1 and state = 'sending'`;

/** Sending failed: tries again after 30 seconds, doubled each time up to an hour. */
export const RETRY_REMINDER = `
  update reminders set state = 'planned', retry_at = now() + least(interval '30 seconds' * 2 ^ (attempts - 1), interval '1 hour')
  where id = $1 and state = 'sending'`;
