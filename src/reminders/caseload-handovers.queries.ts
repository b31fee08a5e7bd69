import type { List } from '../platform/http/paging.js';
import type { TeamRole } from '../staff/staff.contract.js';
import { leads } from '../staff/staff.contract.js';

/**
 * Which places `t` in teams of cases `r` a handover gives away: those somebody holds in a unit on a day or later.
 * Preview and handover select by this and nothing else, so that they cannot differ.
 * @param first number of the first of four parameters: unit, who hands over, role or null for any, day
 */
const given = (first: number): string => `
  r.unit_id = $${first} and t.staff_id = $${first + 1} and ($${first + 2}::text is null or t.role = $${first + 2})
  and coalesce(t.until_on, 'infinity') > greatest(t.from_on, $${first + 3}::date)`;
/** The same with its tables, for `$1`–`$4`. */
const PLACES_GIVEN = `from case_team t join refugees r on r.id = t.refugee_id where ${given(1)}`;

/** Who takes over, and in which role; the account stays what it is until the handover is done: `$1` account, `$2` roles. */
export const TAKES_OVER = `
  select role from staff_accounts where id = $1 and disabled_at is null and role = any($2) for share`;

export interface HeldRole {
  role: TeamRole;
  cases: number;
}

/** In how many cases the colleague holds which role. */
export const HELD_ROLES = `
  select t.role, count(distinct t.refugee_id)::int as cases ${PLACES_GIVEN} group by t.role order by t.role`;

/** How many open follow-ups go along, by role or because the colleague was asked to do them. */
export const FOLLOW_UPS_GOING_ALONG = `
  select count(*)::int as count from follow_ups f
  where f.state = 'open' and f.refugee_id in (select t.refugee_id ${PLACES_GIVEN})
    and (f.assigned_id = $2 or f.assigned_id is null and f.role = $3)`;

export interface PlaceRow {
  id: string;
  refugee_id: string;
  case_number: string;
  given_names: string;
  family_name: string;
  from_on: string;
  until_on: string | null;
}

/** The places themselves, for a reader to look at: `$3`–`$6` which. */
export const PLACES = {
  name: 'handovers.preview',
  select: `t.id, r.id as person_id, v.basis, r.id as refugee_id, r.case_number, r.given_names, r.family_name,
           greatest(t.from_on, $6::date) as from_on, t.until_on`,
  from: `
    from visible_cases($1, clock_today()) v
    join refugees r on r.id = v.refugee_id
    join case_team t on t.refugee_id = r.id
    where ${given(3)}`,
  sorts: { name: { sql: `(r.family_name || ', ' || r.given_names)`, type: 'text' } },
  first: 'name',
  id: { sql: 't.id', type: 'uuid' },
} satisfies List;

/** Locks the cases, always in the same order; whoever changes a team locks its case first. */
export const LOCK_CASES = `
  select id from refugees where id in (select t.refugee_id ${PLACES_GIVEN}) order by id for update`;

/** The places as they are behind the lock: `$5` the locked cases. */
export const LOCKED_PLACES = `select t.id ${PLACES_GIVEN} and r.id = any($5::uuid[])`;

/** What somebody was asked to do in some cases, another is asked to do: `$1` who was, `$2` who is, `$3` cases. */
export const ASK_ANOTHER = `
  update follow_ups set assigned_id = $2 where assigned_id = $1 and state = 'open' and refugee_id = any($3::uuid[])`;

/** `$1` id, `$2` unit, `$3` role, `$4` who hands over, `$5` who takes over, `$6` day, `$7` number of cases, `$8` by whom. */
export const INSERT_HANDOVER = `
  insert into handovers (id, unit_id, role, from_id, to_id, from_on, cases, done_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`;

export interface HandoverRow {
  id: string;
  unit_id: string;
  role: string;
  from_id: string;
  from_name: string;
  to_id: string;
  to_name: string;
  from_on: string;
  cases: number;
  done_by: string;
  done_at: Date;
}

const HANDOVER = `
  h.id, h.unit_id, h.role, h.from_id, giver.name as from_name, h.to_id, taker.name as to_name, h.from_on, h.cases,
  h.done_by, h.done_at`;
/** Those of the units `$1` leads, those to or from `$1`, and those `$1` did. */
const SEEN = `
  from handovers h join staff_accounts giver on giver.id = h.from_id join staff_accounts taker on taker.id = h.to_id
  where ($1 in (h.from_id, h.to_id, h.done_by) or ${leads('h.unit_id')})`;

/** They show no citizen: nothing for the read log. `$1` actor. */
export const HANDOVERS = {
  name: 'handovers.list',
  select: HANDOVER,
  from: SEEN,
  sorts: { doneAt: { sql: 'h.done_at', type: 'timestamptz' } },
  first: '-doneAt',
  id: { sql: 'h.id', type: 'uuid' },
} satisfies List;

/** `$1` actor, `$2` handover. */
export const HANDOVER_BY_ID = `select ${HANDOVER} ${SEEN} and h.id = $2`;
