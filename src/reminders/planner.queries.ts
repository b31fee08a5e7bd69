/**
 * Locks the plans of subjects, always in the same order, so that two changes of one case plan one after the other.
 * Answers what had marked those that waited for the sweep.
 */
export const LOCK_PLANS = `
  insert into plans (subject_type, subject_id)
  select $1, id from unnest($2::uuid[]) as id order by id
  on conflict (subject_type, subject_id) do update
  set stale = false, stale_because = null, stale_subject_type = null, stale_subject_id = null, failed_at = null
  returning subject_id as id, subject_type as type, old.stale_because as fact,
    case when old.stale_subject_id is not null
         then json_build_object('type', old.stale_subject_type, 'id', old.stale_subject_id) end as by`;

/** `$1` subject type, `$2` ids, `$3` the fact, `$4` type and `$5` id of what the fact is about. */
export const MARK_PLANS = `
  update plans set stale = true, stale_because = $3, stale_subject_type = $4, stale_subject_id = $5
  where subject_type = $1 and subject_id = any($2::uuid[])`;

/** Subjects with something open that follows from a rule of these keys: `$1` keys, `$2` the fact, `$3` the suspension. */
export const MARK_PLANS_BY_RULES = `
  update plans p set stale = true, stale_because = $2, stale_subject_type = 'suspension', stale_subject_id = $3
  where (p.subject_type, p.subject_id) in (
    select f.subject_type, f.subject_id from follow_ups f
    where f.state in ('open', 'dismissed')
      and f.rule_ids && (select coalesce(array_agg(l.id), '{}') from legislation_rules l where l.key = any($1::text[])))`;

/** Of every case of a unit: `$1` unit, `$2` the fact, `$3` the version of the practice rule. */
export const MARK_PLANS_OF_UNIT = `
  update plans set stale = true, stale_because = $2, stale_subject_type = 'practice_rule_version', stale_subject_id = $3
  where subject_type = 'case' and subject_id in (select id from refugees where unit_id = $1)`;

/**
 * Of every case in whose team the accounts are or will be, whose unit they lead, or in which something is theirs to do;
 * and the same of those they are the deputies of, today or later: who does their work may be another now.
 * `$1` accounts, `$2` the fact.
 */
export const MARK_PLANS_OF_ACCOUNTS = `
  with concerned as (
    select unnest($1::uuid[]) as id
    union select account_id from staff_absences where deputy_id = any($1::uuid[]) and to_on >= clock_today()
  )
  update plans set stale = true, stale_because = $2, stale_subject_type = 'account', stale_subject_id = ($1::uuid[])[1]
  where subject_type = 'case' and subject_id in (
    select refugee_id from case_team
    where staff_id in (select id from concerned) and coalesce(until_on, 'infinity') > clock_today()
    union
    select r.id from units u join refugees r on r.unit_id = u.id where u.leader_id in (select id from concerned)
    union
    select refugee_id from follow_ups where owner_id = any($1::uuid[]) and state = 'open'
    union
    select refugee_id from follow_ups where assigned_id in (select id from concerned) and state = 'open')`;

export const STALE_BATCH = 500;

/** One that failed is tried again after an hour, and only when nothing else waits. */
export const STALE_PLANS = `
  select subject_type as type, subject_id as id, coalesce(stale_because, 'day.came') as fact,
         case when stale_subject_id is not null then json_build_object('type', stale_subject_type, 'id', stale_subject_id) end as by
  from plans
  where subject_type = any($1) and (stale or again_on <= clock_today())
    and (failed_at is null or failed_at < clock_now() - interval '1 hour')
  order by failed_at nulls first, subject_type, subject_id limit ${STALE_BATCH} for update skip locked`;

/** Planning this one failed: the others go first. `$1` subject type, `$2` id. */
export const NOTE_FAILURE = `
  insert into plans (subject_type, subject_id, stale, failed_at) values ($1, $2, true, clock_now())
  on conflict (subject_type, subject_id) do update set stale = true, failed_at = clock_now()`;

/**
 * Who does the work of each role in each case today: the holder, if the account still works in it, or the leader
 * of the case's unit; while one of them is away their deputy, if there is one who can.
 */
export const OWNERS = `
  select r.id as "refugeeId", wanted.role,
         coalesce(works_for(holder.id, clock_today()), works_for(leader.id, clock_today())) as "ownerId"
  from refugees r
  join units u on u.id = r.unit_id
  left join staff_accounts leader on leader.id = u.leader_id and leader.disabled_at is null
  cross join unnest(array['job_consultant', 'coordinator', 'caseworker', 'team_leader']) as wanted(role)
  left join case_team t on t.refugee_id = r.id and t.role = wanted.role
    and t.from_on <= clock_today() and clock_today() < coalesce(t.until_on, 'infinity')
  left join staff_accounts holder on holder.id = t.staff_id and holder.role = t.role and holder.disabled_at is null
  where r.id = any($1::uuid[])`;

/**
 * Notes the next day on which a plan changes by itself: what the duties wait for, a role gets another holder, or an
 * absence begins or is over, of the people of the case, of who was asked, or of their deputies.
 * `$1` subject type, `$2` rows of {id, day}.
 */
export const NOTE_NEXT_CHANGE = `
  with next as (
    select n.id, least(n.day, case when $1 = 'case' then (
      select min(day) from (
        select unnest(array[t.from_on, t.until_on]) from case_team t where t.refugee_id = n.id
        union all
        select unnest(array[away.from_on, away.to_on + 1])
        from staff_absences own join staff_absences away on away.account_id in (own.account_id, own.deputy_id)
        where own.to_on >= clock_today() and own.account_id in (
          select t.staff_id from case_team t where t.refugee_id = n.id and coalesce(t.until_on, 'infinity') > clock_today()
          union all
          select u.leader_id from refugees r join units u on u.id = r.unit_id where r.id = n.id
          union all
          select f.assigned_id from follow_ups f
          where f.subject_type = 'case' and f.subject_id = n.id and f.state = 'open' and f.assigned_id is not null)
      ) as turn(day) where day > clock_today()) end) as day
    from jsonb_to_recordset($2::jsonb) as n(id uuid, day date)
  )
  update plans p set again_on = next.day from next
  where p.subject_type = $1 and p.subject_id = next.id and p.again_on is distinct from next.day`;

/** Open follow-ups of subjects, and those somebody dismissed. */
export const STORED_FOLLOW_UPS = `
  select f.id, f.subject_id as "subjectId", f.key, f.occurrence, f.series, f.state, f.role, f.owner_id as "ownerId",
         f.earliest_on as "earliestOn", f.target_on as "targetOn", f.latest_on as "latestOn", f.suspended,
         f.rule_ids as "ruleIds", f.practice_version_id as "practiceVersionId", f.assumed, f.act_method as "actMethod",
         f.act_href as "actHref",
         case when f.assigned_id is not null then (
           select works.id
           from staff_accounts a cross join lateral (select works_for(a.id, clock_today()) as id) works
           where a.id = f.assigned_id and a.disabled_at is null
             and (f.refugee_id is null or exists (
               select from visible_cases(works.id, clock_today()) v
               where v.refugee_id = f.refugee_id and v.basis <> 'grant'))) end as "assignedTo"
  from follow_ups f
  where f.subject_type = $1 and f.subject_id = any($2::uuid[]) and f.state in ('open', 'dismissed')`;

/** A reminder `r` that is not out yet, or in an inbox and not read: somebody may still be told of it. */
export const WAITING = `(r.state = 'planned' or r.state = 'sent' and r.channel = 'in_app' and r.read_at is null)`;

/** What becomes of it: it is not sent any more, and nobody else is told that it was not read. */
export const letGo = (because: string): string => `
  state = case r.state when 'planned' then 'cancelled' else r.state end,
  not_sent_because = case r.state when 'planned' then '${because}' end, deputy_on = null, leader_on = null`;

/** `$1` rows of {id, state, because, byType, byId, ruleIds, supersededBy}. A reminder that is not out yet is not sent any more. */
export const END_FOLLOW_UPS = `
  with ended as (
    update follow_ups f
    set state = e.state, ended_at = clock_now(), ended_because = e.because, ended_subject_type = e."byType",
        ended_subject_id = e."byId", ended_rule_ids = e."ruleIds", superseded_by = e."supersededBy"
    from jsonb_to_recordset($1::jsonb)
         as e(id uuid, state text, because text, "byType" text, "byId" uuid, "ruleIds" uuid[], "supersededBy" uuid)
    where f.id = e.id and f.state = 'open' returning f.id
  )
  update reminders r set ${letGo('ended')} from ended where r.follow_up_id = ended.id and ${WAITING}`;

/**
 * What is new of follow-ups that stay. `remind` says that their reminders are planned anew: those planned so far are
 * not sent, and whoever put it off, or was told in place of somebody, starts afresh.
 */
export const CHANGE_FOLLOW_UPS = `
  with rows as (
    select * from jsonb_to_recordset($1::jsonb) as c(id uuid, "ownerId" uuid, role text, remind boolean, "earliestOn" date,
      "targetOn" date, "latestOn" date, "actBy" date, suspended boolean, "ruleIds" uuid[],
      "practiceVersionId" uuid, assumed text[], "actMethod" text, "actHref" text)
  ),
  changed as (
    update follow_ups f
    set owner_id = c."ownerId", role = c.role, earliest_on = c."earliestOn", target_on = c."targetOn",
        latest_on = c."latestOn", act_by = c."actBy", suspended = c.suspended, rule_ids = c."ruleIds",
        practice_version_id = c."practiceVersionId", assumed = c.assumed, act_method = c."actMethod", act_href = c."actHref",
        snoozed_until = case when not c.remind then f.snoozed_until end,
        deputy_id = case when not c.remind then f.deputy_id end
    from rows c where f.id = c.id returning f.id, c.remind
  )
  update reminders r set ${letGo('planned_anew')} from changed
  where changed.remind and r.follow_up_id = changed.id and ${WAITING} and (r.state = 'sent' or r.step in ('target', 'last'))`;

/** `$1` rows of {id, because, byType, byId, fromTargetOn, fromLatestOn, toTargetOn, toLatestOn, fromRuleIds, toRuleIds}. */
export const NOTE_MOVES = `
  insert into follow_up_moves (follow_up_id, because, because_subject_type, because_subject_id, from_target_on,
                               from_latest_on, to_target_on, to_latest_on, from_rule_ids, to_rule_ids)
  select id, because, "byType", "byId", "fromTargetOn", "fromLatestOn", "toTargetOn", "toLatestOn", "fromRuleIds", "toRuleIds"
  from jsonb_to_recordset($1::jsonb) as m(id uuid, because text, "byType" text, "byId" uuid, "fromTargetOn" date,
       "fromLatestOn" date, "toTargetOn" date, "toLatestOn" date, "fromRuleIds" uuid[], "toRuleIds" uuid[])`;

export const OPEN_NEW = `
  insert into follow_ups (id, subject_type, subject_id, refugee_id, key, occurrence, series, role, owner_id, earliest_on,
                          target_on, latest_on, act_by, suspended, rule_ids, practice_version_id, assumed, act_method,
                          act_href)
  select id, "subjectType", "subjectId", "refugeeId", key, occurrence, series, role, "ownerId", "earliestOn",
         "targetOn", "latestOn", "actBy", suspended, "ruleIds", "practiceVersionId", assumed, "actMethod", "actHref"
  from jsonb_to_recordset($1::jsonb) as n(id uuid, "subjectType" text, "subjectId" uuid, "refugeeId" uuid, key text,
       occurrence int, series text, role text, "ownerId" uuid, "earliestOn" date, "targetOn" date, "latestOn" date,
       "actBy" date, suspended boolean, "ruleIds" uuid[], "practiceVersionId" uuid, assumed text[], "actMethod" text,
       "actHref" text)`;

/**
 * Plans the steps of follow-ups on both channels; one that was cancelled when somebody else took over is planned again.
 * Answers the reminders that are due already: a plan can come too late for its first day.
 */
export const PLAN_REMINDERS = `
  insert into reminders as r (follow_up_id, step, recipient_id, channel, due_on, due_at, deputy_on, leader_on)
  select "followUpId", step, "recipientId", channel, "dueOn", ("dueOn" + time '08:00') at time zone 'Europe/Copenhagen',
         "deputyOn", "leaderOn"
  from jsonb_to_recordset($1::jsonb)
       as n("followUpId" uuid, step text, "recipientId" uuid, "dueOn" date, "deputyOn" date, "leaderOn" date)
  cross join unnest(array['in_app', 'email']) as channel
  on conflict on constraint reminders_once do update
  set state = 'planned', not_sent_because = null, attempts = 0, lost = 0, retry_at = null, deputy_on = excluded.deputy_on,
      leader_on = excluded.leader_on
  where r.state = 'cancelled' and r.not_sent_because is distinct from 'dropped'
  returning case when due_at <= clock_now() then id end as id, channel`;
