/** Most unread reminders that one transaction passes upwards. */
const ESCALATION_BATCH = 100;

const COME = (column: string) =>
  `(r.${column} + time '08:00') at time zone 'Europe/Copenhagen' <= clock_now()`;

/**
 * Reminders in the inbox of whose they still are that nobody has read since, and who is to be told: the owner's deputy
 * of these days or else in general, and later, or when there is none, who leads the unit.
 */
const UNREAD = `
  select r.id, r.step, r.follow_up_id, f.refugee_id, told.as as told_as, told.id as told_id
  from reminders r
  join follow_ups f on f.id = r.follow_up_id and f.owner_id = r.recipient_id
  join staff_accounts owner on owner.id = f.owner_id
  left join refugees c on c.id = f.refugee_id
  left join units u on u.id = coalesce(c.unit_id, owner.unit_id)
  left join staff_accounts deputy on deputy.id <> owner.id and deputy.disabled_at is null and deputy.id = coalesce(
    nullif(works_for(owner.id, clock_today()), owner.id),
    case when works_for(owner.deputy_id, clock_today()) = owner.deputy_id then owner.deputy_id end)
  left join staff_accounts leader on leader.id <> owner.id and leader.disabled_at is null
    and leader.id = works_for(u.leader_id, clock_today())
  cross join lateral (
    select 'leader' as as, leader.id
    where leader.id is not null and (${COME('leader_on')} or r.escalated is null and deputy.id is null)
    union all
    select 'deputy', deputy.id where r.escalated is null
    limit 1
  ) told
  where r.channel = 'in_app' and r.state = 'sent' and r.read_at is null and r.escalated is distinct from 'leader'
    and r.step in ('target', 'last') and r.deputy_on <= clock_today() and ${COME('deputy_on')}
    and f.state = 'open' and not f.suspended and coalesce(f.snoozed_until, '-infinity') <= clock_today()
    and not exists (select from reminders read where read.follow_up_id = r.follow_up_id and read.read_at >= r.sent_at)
    and told.id is not null`;

export const UNREAD_BATCH = `${UNREAD} order by r.deputy_on, r.id limit ${ESCALATION_BATCH}`;

export interface Escalated {
  follow_up_id: string;
  refugee_id: string | null;
  step: string;
  told_as: 'deputy' | 'leader';
}

/** Of the reminders `$1` those that are still unread: tells the next one, by both channels, at once. */
export const ESCALATE = `
  with unread as materialized (${UNREAD} and r.id = any($1::uuid[]) for update of r skip locked),
  marked as (update reminders r set escalated = unread.told_as from unread where r.id = unread.id),
  deputised as (
    update follow_ups f set deputy_id = unread.told_id from unread where f.id = unread.follow_up_id and unread.told_as = 'deputy'
  ),
  planned as (
    insert into reminders (follow_up_id, step, recipient_id, channel, due_on, due_at)
    select distinct follow_up_id, told_as, told_id, channel, clock_today(), clock_now()
    from unread cross join unnest(array['in_app', 'email']) as channel
    on conflict on constraint reminders_once do nothing
    returning id, channel
  )
  select (select coalesce(json_agg(json_build_object('follow_up_id', follow_up_id, 'refugee_id', refugee_id, 'step', step,
            'told_as', told_as)), '[]') from unread) as escalated,
         (select coalesce(json_agg(json_build_object('id', id, 'channel', channel)), '[]') from planned) as due`;
