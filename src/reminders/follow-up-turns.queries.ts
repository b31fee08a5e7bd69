import { seenCaseIfAny, type Basis } from '../refugees/refugees.contract.js';
import { letGo, WAITING } from './planner.queries.js';

/** A follow-up somebody wants to turn. */
export interface Turned {
  id: string;
  key: string;
  refugeeId: string | null;
  state: string;
  ownerId: string | null;
  deputyId: string | null;
  suspended: boolean;
  snoozedUntil: string | null;
  targetOn: string;
  actBy: string;
  basis: Basis | null;
}

const TURNED = `
  f.id, f.key, f.refugee_id as "refugeeId", f.state, f.owner_id as "ownerId", f.deputy_id as "deputyId", f.suspended,
  f.snoozed_until as "snoozedUntil", f.target_on as "targetOn", f.act_by as "actBy"`;

/** The follow-ups of `$2` whose case the actor, `$1`, sees, or that are of no case and theirs. */
export const SEEN_FOLLOW_UPS = `
  select ${TURNED}, v.basis
  from follow_ups f ${seenCaseIfAny('f.refugee_id')}
  where f.id = any($2::uuid[]) and (v.basis is not null or f.refugee_id is null and f.owner_id = $1)`;

/** Locks the plans of follow-ups, in the planner's order: planning and turning take turns. */
export const LOCK_PLANS_OF = `
  select from plans p
  where (p.subject_type, p.subject_id) in (select subject_type, subject_id from follow_ups where id = any($1::uuid[]))
  order by p.subject_type, p.subject_id for update`;

/** `$1` rows of {id, followUpId}, `$2` author, `$3` kind, `$4` text, `$5` day it is put off to, or null. */
export const INSERT_NOTES = `
  insert into follow_up_notes (id, follow_up_id, author_id, kind, text, until_on)
  select n.id, n."followUpId", $2, $3, $4, $5 from jsonb_to_recordset($1::jsonb) as n(id uuid, "followUpId" uuid)`;

/** `$1` follow-ups, `$2` the day, or null to take them back. What was planned for before that day is not sent. */
export const SNOOZE = `
  with snoozed as (
    update follow_ups set snoozed_until = $2::date where id = any($1::uuid[]) returning id
  )
  update reminders r set ${letGo('snoozed')} from snoozed
  where r.follow_up_id = snoozed.id and ${WAITING} and (r.state = 'sent' or r.step in ('target', 'last'))`;

export const ASSIGN = 'update follow_ups set assigned_id = $2 where id = any($1::uuid[])';

export const DISMISS = `
  with dismissed as (
    update follow_ups set state = 'dismissed', ended_at = clock_now(), ended_because = 'follow_up.dismissed',
      ended_subject_type = 'follow_up', ended_subject_id = id
    where id = any($1::uuid[]) returning id
  )
  update reminders r set ${letGo('ended')} from dismissed where r.follow_up_id = dismissed.id and ${WAITING}`;

/** Takes a dismissal back: planning finds that it is wanted, and opens it anew. */
export const FORGET_DISMISSAL = `
  update follow_ups set state = 'cancelled', ended_because = 'dismissal.taken_back' where id = $1 and state = 'dismissed'`;

/** Whether an account works here and works on or leads every one of the cases: `$1` account, `$2` cases. */
export const WORKS_ON_ALL = `
  select exists (select from staff_accounts where id = $1 and disabled_at is null)
    and not exists (
      select from unnest($2::uuid[]) as wanted(id)
      where not exists (
        select from visible_cases($1, clock_today()) v where v.refugee_id = wanted.id and v.basis <> 'grant')) as works`;

/**
 * Tells accounts of follow-ups at once, on both channels: `$1` rows of {followUpId, recipientId, step}. What goes to and
 * fro within a day is mailed once, and stands anew in the inbox each time: its last word is where it is now.
 */
export const TELL_NOW = `
  insert into reminders as r (follow_up_id, step, recipient_id, channel, due_on, due_at)
  select t."followUpId", t.step, t."recipientId", channel, clock_today(), clock_now()
  from jsonb_to_recordset($1::jsonb) as t("followUpId" uuid, "recipientId" uuid, step text)
  cross join unnest(array['in_app', 'email']) as channel
  on conflict on constraint reminders_once do update
  set state = 'planned', due_at = excluded.due_at, sent_at = null, read_at = null
  where r.channel = 'in_app' and r.state <> 'planned'
  returning id, channel`;

/** Who acts on a follow-up has read of it, and so has the owner whom they stand in for: `$1` follow-ups, `$2` actor. */
export const READ_BY_ACTING = `
  update reminders m set read_at = clock_now() from follow_ups f
  where f.id = any($1::uuid[]) and m.follow_up_id = f.id and m.channel = 'in_app' and m.state = 'sent' and m.read_at is null
    and (m.recipient_id = $2 or f.deputy_id = $2)`;
