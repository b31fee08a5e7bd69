import type { Rule } from '../legislation/rule-book.js';
import type { List } from '../platform/http/paging.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';

/** Locks the plans of subjects, always in the same order, so that two changes of one case plan one after the other. */
export const LOCK_PLANS = `
  insert into plans (subject_type, subject_id)
  select $1, id from unnest($2::uuid[]) as id order by id
  on conflict (subject_type, subject_id) do update set stale = false`;

export const MARK_PLANS =
  'update plans set stale = true where subject_type = $1 and subject_id = any($2::uuid[])';

/**
 * Of every case in whose team the accounts are or will be, whose unit they lead, or in which something is theirs to do;
 * and the same of those they are the deputies of, today or later: who does their work may be another now.
 */
export const MARK_PLANS_OF_ACCOUNTS = `
  with concerned as (
    select unnest($1::uuid[]) as id
    union select account_id from staff_absences where deputy_id = any($1::uuid[]) and to_on >= clock_today()
  )
  update plans set stale = true
  where subject_type = 'case' and subject_id in (
    select refugee_id from case_team
    where staff_id in (select id from concerned) and coalesce(until_on, 'infinity') > clock_today()
    union
    select r.id from units u join refugees r on r.unit_id = u.id where u.leader_id in (select id from concerned)
    union
    select refugee_id from follow_ups where owner_id = any($1::uuid[]) and state = 'open')`;

export const STALE_BATCH = 200;

export const STALE_PLANS = `
  select subject_type as type, subject_id as id, case when stale then 'rule.added' else 'team.changed' end as fact
  from plans where subject_type = any($1) and (stale or again_on <= clock_today())
  order by subject_type, subject_id limit ${STALE_BATCH} for update skip locked`;

/**
 * Who does the work of each role in each case today: the holder, if the account still works in it, or the leader
 * of the case's unit; while one of them is away their deputy, if there is one who can.
 * Notes on the way when that changes next, so that the sweep plans again on that day: when a role gets another holder,
 * and when an absence begins or is over, of the people of the case or of their deputies.
 */
export const OWNERS = `
  with again as (
    update plans set again_on = (
      select min(day) from (
        select unnest(array[t.from_on, t.until_on]) from case_team t where t.refugee_id = plans.subject_id
        union all
        select unnest(array[away.from_on, away.to_on + 1])
        from staff_absences own join staff_absences away on away.account_id in (own.account_id, own.deputy_id)
        where own.to_on >= clock_today() and own.account_id in (
          select t.staff_id from case_team t
          where t.refugee_id = plans.subject_id and coalesce(t.until_on, 'infinity') > clock_today()
          union all
          select u.leader_id from refugees r join units u on u.id = r.unit_id where r.id = plans.subject_id)
      ) as turn(day) where day > clock_today()
    ) where subject_type = 'case' and subject_id = any($1::uuid[])
  )
  select r.id as "refugeeId", wanted.role,
         coalesce(works_for(holder.id, clock_today()), works_for(leader.id, clock_today())) as "ownerId"
  from refugees r
  join units u on u.id = r.unit_id
  left join staff_accounts leader on leader.id = u.leader_id and leader.disabled_at is null
  cross join unnest(array['job_consultant', 'coordinator', 'caseworker']) as wanted(role)
  left join case_team t on t.refugee_id = r.id and t.role = wanted.role
    and t.from_on <= clock_today() and clock_today() < coalesce(t.until_on, 'infinity')
  left join staff_accounts holder on holder.id = t.staff_id and holder.role = t.role and holder.disabled_at is null
  where r.id = any($1::uuid[])`;

export const OPEN_FOLLOW_UPS = `
  select id, subject_id as "subjectId", key, owner_id as "ownerId", earliest_on as "earliestOn", target_on as "targetOn",
         latest_on as "latestOn", rule_ids as "ruleIds", act_method as "actMethod", act_href as "actHref"
  from follow_ups where subject_type = $1 and subject_id = any($2::uuid[]) and state = 'open'`;

/** `$1` rows of {id, state}, `$2` what ended them. A reminder that is not out yet is not sent any more. */
export const END_FOLLOW_UPS = `
  with ended as (
    update follow_ups f set state = e.state, ended_at = clock_now(), ended_because = e.because
    from jsonb_to_recordset($1::jsonb) as e(id uuid, state text, because text) where f.id = e.id returning f.id
  )
  update reminders set state = 'cancelled' from ended where follow_up_id = ended.id and state = 'planned'`;

/** The days stand, the owner, the rules or the place to act are new; what was planned for the owner before is not sent any more. */
export const PASS_ON_FOLLOW_UPS = `
  with passed as (
    update follow_ups f set owner_id = p."ownerId", rule_ids = p."ruleIds", act_method = p."actMethod", act_href = p."actHref"
    from jsonb_to_recordset($1::jsonb) as p(id uuid, "ownerId" uuid, "ruleIds" uuid[], "actMethod" text, "actHref" text)
    where f.id = p.id returning f.id, f.owner_id
  )
  update reminders set state = 'cancelled' from passed
  where follow_up_id = passed.id and state = 'planned' and recipient_id is distinct from passed.owner_id`;

export const OPEN_NEW = `
  insert into follow_ups (id, subject_type, subject_id, refugee_id, key, owner_id, earliest_on, target_on, latest_on,
                          act_by, rule_ids, act_method, act_href)
  select id, "subjectType", "subjectId", "refugeeId", key, "ownerId", "earliestOn", "targetOn", "latestOn", "actBy",
         "ruleIds", "actMethod", "actHref"
  from jsonb_to_recordset($1::jsonb) as n(id uuid, "subjectType" text, "subjectId" uuid, "refugeeId" uuid, key text,
       "ownerId" uuid, "earliestOn" date, "targetOn" date, "latestOn" date, "actBy" date, "ruleIds" uuid[], "actMethod" text, "actHref" text)`;

/**
 * Plans the steps of follow-ups; one that was cancelled when somebody else took over is planned again.
 * Answers the reminders that are due already: a plan can come too late for its first day.
 */
export const PLAN_REMINDERS = `
  insert into reminders as r (follow_up_id, step, recipient_id, channel, due_on, due_at)
  select "followUpId", step, "recipientId", 'email', "dueOn", ("dueOn" + time '08:00') at time zone 'Europe/Copenhagen'
  from jsonb_to_recordset($1::jsonb) as n("followUpId" uuid, step text, "recipientId" uuid, "dueOn" date)
  on conflict on constraint reminders_once do update set state = 'planned' where r.state = 'cancelled'
  returning case when due_at <= clock_now() then id end as id`;

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
         a.email, a.language, f.subject_type, f.subject_id, f.refugee_id, r.case_number, f.key, f.earliest_on, f.latest_on, f.act_by
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

const RULES = `
  (select coalesce(json_agg(json_build_object('id', l.id, 'key', l.key, 'operator', l.operator, 'value', l.value, 'unit', l.unit,
     'validFrom', nullif(l.valid_from, '-infinity'), 'validTo', l.valid_to, 'legalBasis', l.legal_basis, 'source', l.source,
     'confidence', l.confidence) order by l.key), '[]') from legislation_rules l where l.id = any(f.rule_ids))`;

export interface FollowUpRow {
  id: string;
  key: string;
  subject_type: string;
  subject_id: string;
  refugee_id: string | null;
  given_names: string | null;
  family_name: string | null;
  state: string;
  rules: Rule[];
  earliest_on: string;
  target_on: string;
  latest_on: string;
  act_by: string;
  act_method: string;
  act_href: string;
  owner_id: string | null;
  ended_at: Date | null;
  ended_because: string | null;
}

const FOLLOW_UP = `
  f.id, f.refugee_id as person_id, v.basis, f.key, f.subject_type, f.subject_id, f.refugee_id, r.given_names, r.family_name, f.state,
  ${RULES} as rules, f.earliest_on, f.target_on, f.latest_on, f.act_by, f.act_method, f.act_href, f.owner_id, f.ended_at, f.ended_because`;

/** What an account has to do: `$1` actor. */
export const MY_DAY = {
  name: 'my_day.list',
  select: FOLLOW_UP,
  from: `
    from follow_ups f
    left join refugees r on r.id = f.refugee_id
    ${seenCaseIfAny('f.refugee_id')}
    where f.owner_id = $1 and f.state = 'open' and (f.refugee_id is null or v.basis is not null)`,
  sorts: { actBy: { sql: 'f.act_by', type: 'date' } },
  first: 'actBy',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;

/** Every follow-up of a case, also what ended and why: `$3` case. */
export const FOLLOW_UPS = {
  name: 'follow_ups.list',
  select: FOLLOW_UP,
  from: `
    from visible_cases($1, clock_today()) v
    join refugees r on r.id = v.refugee_id
    join follow_ups f on f.refugee_id = r.id
    where r.id = $3`,
  sorts: { plannedAt: { sql: 'f.planned_at', type: 'timestamptz' } },
  first: '-plannedAt',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;
