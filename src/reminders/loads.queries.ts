import type { List } from '../platform/http/paging.js';
import { leads } from '../staff/staff.contract.js';
import { FOLLOW_UP } from './reminders.queries.js';

/** Asked once a statement: as a plain call it would be made for every row. */
const TODAY = '(select clock_today())';
/** A follow-up somebody can act on: while it is suspended, nobody can. */
const OPEN = `f.state = 'open' and not f.suspended`;
const OVERDUE = `f.act_by < ${TODAY}`;
/** Today and the six days after it. */
const DUE_THIS_WEEK = `f.act_by between ${TODAY} and ${TODAY} + 6`;
const SNOOZED = `coalesce(f.snoozed_until, '-infinity') > ${TODAY}`;

/** The load of one person; of nobody where `id` is null. */
export interface LoadRow {
  id: string | null;
  name: string | null;
  role: string | null;
  closed: boolean;
  open: number;
  due_this_week: number;
  overdue: number;
  snoozed: number;
  unread: number;
  cases: number;
}

/**
 * What is open in the cases of unit `$2`, by whose it is: its colleagues with one of the roles `$3`, whoever else owns
 * something there, was reminded of it or is on a team, and one row for what is nobody's. No row unless `$1` leads it.
 * Only cases the reader sees are counted.
 */
export const LOAD_OF_UNIT = `
  with seen as materialized (
    select r.id from visible_cases($1, clock_today()) v join refugees r on r.id = v.refugee_id where r.unit_id = $2
  ),
  open as materialized (
    select f.id, f.owner_id, ${DUE_THIS_WEEK} as due_this_week, ${OVERDUE} as overdue, ${SNOOZED} as snoozed
    from seen join follow_ups f on f.refugee_id = seen.id where ${OPEN}
  ),
  work as (
    select owner_id as id, count(*)::int as open, count(*) filter (where due_this_week)::int as due_this_week,
           count(*) filter (where overdue)::int as overdue, count(*) filter (where snoozed)::int as snoozed
    from open group by owner_id
  ),
  unread as (
    select m.recipient_id as id, count(*)::int as unread from open join reminders m on m.follow_up_id = open.id
    where m.channel = 'in_app' and m.state = 'sent' and m.read_at is null group by m.recipient_id
  ),
  team as (
    select t.staff_id as id, count(distinct seen.id)::int as cases
    from seen left join case_team t
      on t.refugee_id = seen.id and t.from_on <= ${TODAY} and ${TODAY} < coalesce(t.until_on, 'infinity')
    group by t.staff_id
  ),
  people as (
    select id from staff_accounts where unit_id = $2 and role = any($3) and disabled_at is null
    union select id from work union select id from unread union select id from team union select null
  )
  select a.id, a.name, a.role, a.disabled_at is not null as closed, coalesce(work.open, 0) as open,
         coalesce(due_this_week, 0) as due_this_week, coalesce(overdue, 0) as overdue, coalesce(snoozed, 0) as snoozed,
         coalesce(unread.unread, 0) as unread, coalesce(cases, 0) as cases
  from people
  left join staff_accounts a on a.id = people.id
  left join work on work.id is not distinct from people.id
  left join unread on unread.id = people.id
  left join team on team.id is not distinct from people.id
  where ${leads('$2')}
  order by a.name, a.id`;

/**
 * The open follow-ups in the cases of unit `$3`, if the reader leads it: `$4` whose, `$5` whether nobody's, `$6` whether
 * overdue, `$7` whether due this week, `$8` whether snoozed; each may be null.
 */
export const FOLLOW_UPS_OF_UNIT = {
  name: 'unit_follow_ups.list',
  select: FOLLOW_UP,
  from: `
    from visible_cases($1, clock_today()) v
    join refugees r on r.id = v.refugee_id
    join follow_ups f on f.refugee_id = r.id
    where r.unit_id = $3 and ${leads('$3')} and ${OPEN}
      and ($4::uuid is null or f.owner_id = $4)
      and ($5::boolean is null or (f.owner_id is null) = $5)
      and ($6::boolean is null or (${OVERDUE}) = $6)
      and ($7::boolean is null or (${DUE_THIS_WEEK}) = $7)
      and ($8::boolean is null or (${SNOOZED}) = $8)`,
  sorts: { actBy: { sql: 'f.act_by', type: 'date' } },
  first: 'actBy',
  id: { sql: 'f.id', type: 'uuid' },
} satisfies List;
