import type { Claim } from '../platform/mail/outgoing.js';
import { outgoing } from '../platform/mail/outgoing.queries.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

const DIGESTS = outgoing('digests', 'o.on_day = clock_today()');

/** Most things a digest names; it says how many there are. */
const NAMED = 50;

/** What the account `a` has to do today, of the follow-ups `f` and their cases `r`. */
const TO_DO = `
  f.owner_id = a.id and f.state = 'open' and not f.suspended
  and f.earliest_on <= (select clock_today()) and coalesce(f.snoozed_until, '-infinity') <= (select clock_today())
  and (f.refugee_id is null or exists (
    select from visible_cases(a.id, clock_today()) v where v.refugee_id = f.refugee_id))`;

/** Of a day that is over nobody wants the digest any more; old ones go. */
export const END_DIGESTS = `
  with ended as (
    update digests set state = case state when 'planned' then 'cancelled' else 'unsure' end, not_sent_because = 'day_over'
    where on_day < clock_today() and state in ('planned', 'sending')
  )
  delete from digests where on_day < clock_today() - 30`;

/** From 08:00: one for everybody who wants one and has something to do. */
export const PLAN_DIGESTS = `
  insert into digests (account_id, on_day)
  select a.id, clock_today() from staff_accounts a
  where a.reminder_mails = 'daily_digest' and a.disabled_at is null
    and clock_now() >= (clock_today() + time '08:00') at time zone 'Europe/Copenhagen'
    and not exists (select from digests d where d.account_id = a.id and d.on_day = clock_today())
    and exists (select from follow_ups f where ${TO_DO})
  on conflict on constraint digests_once do nothing`;

export const DUE_DIGESTS = `select o.id from digests o where ${DIGESTS.due} order by o.id`;

export interface ClaimedDigest extends Claim {
  on_day: string;
  /** Whether the account still works here, and still wants one. */
  wanted: boolean;
  email: string;
  language: 'da' | 'en';
  things: number;
  first: {
    subject_type: string;
    key: string;
    occurrence: number;
    practice: PracticeOfFollowUp | null;
    act_by: string;
    case_number: string | null;
  }[];
}

/** Takes one for sending, and reads what there is to do now. */
export const CLAIM_DIGEST = `
  with o as (${DIGESTS.claim()})
  select o.id, o.attempts, o.lost, o.again, o.on_day, a.email, a.language,
         a.disabled_at is null and a.reminder_mails = 'daily_digest' as wanted, todo.things, todo.first
  from o join staff_accounts a on a.id = o.account_id
  cross join lateral (
    select count(*)::int as things,
           coalesce(json_agg(json_build_object('subject_type', f.subject_type, 'key', f.key, 'occurrence', f.occurrence, 'practice', f.practice, 'act_by', f.act_by,
             'case_number', f.case_number) order by f.place) filter (where f.place <= ${NAMED}), '[]') as first
    from (
      select f.subject_type, f.key, f.occurrence, ${PRACTICE} as practice, f.act_by, r.case_number, row_number() over (order by f.act_by, f.id) as place
      from follow_ups f left join refugees r on r.id = f.refugee_id where ${TO_DO}
    ) f
  ) todo`;

export const SEND_DIGEST_LATER = DIGESTS.retry;
export const DIGEST_SETTLED = DIGESTS.settle();
