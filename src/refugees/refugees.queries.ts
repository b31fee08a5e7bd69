import type { List } from '../platform/http/paging.js';
import { leads } from '../staff/staff.contract.js';
import { seenCase } from './refugees.contract.js';

/** Cases the reader, `$1`, sees. */
const VISIBLE = 'from visible_cases($1, clock_today()) v join refugees r on r.id = v.refugee_id';

export interface TeamRow {
  role: string;
  staffId: string;
  name: string;
  fromOn: string;
  untilOn: string | null;
}

const TEAM = `
  select coalesce(json_agg(json_build_object('role', t.role, 'staffId', t.staff_id, 'name', a.name,
           'fromOn', t.from_on, 'untilOn', t.until_on) order by t.from_on, t.role), '[]')
  from case_team t join staff_accounts a on a.id = t.staff_id where t.refugee_id = r.id`;

export interface IdentifierRow {
  id: string;
  system: 'asylum_person_id' | 'cpr';
  value: string | null;
  /** Base64 of what is sealed. */
  sealed: string | null;
  validFrom: string;
  validTo: string | null;
}

export const REFUGEE_BY_ID = `
  select r.*, r.id as person_id, v.basis,
    (select coalesce(array_agg(l.language order by l.language), '{}') from refugee_languages l where l.refugee_id = r.id) as languages,
    (${TEAM}) as team,
    (select coalesce(json_agg(json_build_object('id', i.id, 'system', i.system, 'value', i.value,
              'sealed', encode(i.sealed, 'base64'), 'validFrom', i.valid_from, 'validTo', i.valid_to) order by i.id), '[]')
     from refugee_identifiers i where i.refugee_id = r.id) as identifiers
  ${VISIBLE} where r.id = $3`;

export interface RefugeeListRow {
  id: string;
  case_number: string;
  given_names: string;
  family_name: string;
  nationality: string;
  permit_basis: string | null;
  takeover_on: string | null;
  unit_id: string;
}

/** A row of `refugees` as Postgres names its columns, with what hangs on it. */
export interface RefugeeRow extends RefugeeListRow {
  version: number;
  born_on: string;
  sex: string;
  mother_tongue: string | null;
  languages: string[];
  interpreter_needed: boolean;
  interpreter_language: string | null;
  household_adults: number | null;
  household_children: number | null;
  childcare: 'not_needed' | 'needed' | 'arranged' | null;
  permit_granted_on: string | null;
  permit_expires_on: string | null;
  allocation_decided_on: string | null;
  registered_on: string | null;
  takeover_agreed_on: string | null;
  early_cv_handover_on: string | null;
  early_contract_handover_on: string | null;
  handover_on: string | null;
  takeover_rule_ids: string[];
  identifiers: IdentifierRow[];
  team: TeamRow[];
}

const LIST_ROW = `
  r.id, r.id as person_id, v.basis, r.case_number, r.given_names, r.family_name, r.nationality, r.permit_basis,
  r.takeover_on, r.unit_id`;

/** `$3` beginnings of names, `$4` nationality, `$5` permit basis, `$6` unit; each may be null. */
export const REFUGEES = {
  name: 'refugees.list',
  select: LIST_ROW,
  from: `${VISIBLE}
    where ($3::text is null or r.name_words @@ beginnings($3))
      and ($4::text is null or r.nationality = $4)
      and ($5::text is null or r.permit_basis = $5)
      and ($6::uuid is null or r.unit_id = $6)`,
  sorts: {
    name: { sql: `(r.family_name || ', ' || r.given_names)`, type: 'text' },
    takeoverOn: { sql: `coalesce(r.takeover_on, 'infinity')`, type: 'date' },
    registeredAt: { sql: 'r.registered_at', type: 'timestamptz' },
  },
  first: 'name',
  id: { sql: 'r.id', type: 'uuid' },
} satisfies List;

/** `$3` blind index of a CPR number, `$4` asylum person id; one of them is null. */
export const REFUGEE_BY_IDENTIFIER = `
  select ${LIST_ROW}
  from refugee_identifiers i join refugees r on r.id = i.refugee_id ${seenCase('r.id')}
  where i.valid_to is null
    and ((i.system = 'cpr' and i.blind_index = $3::bytea) or (i.system = 'asylum_person_id' and i.value = $4::text))`;

export const CURRENT_CPR = `
  select r.id as person_id, v.basis, i.id, i.sealed
  ${VISIBLE}
  join refugee_identifiers i on i.refugee_id = r.id and i.system = 'cpr' and i.valid_to is null
  where r.id = $3`;

export interface TimelineRow {
  id: string;
  at: Date;
  fact: string;
  subject_type: string;
  subject_id: string;
  details: Record<string, unknown>;
  actor_id: string | null;
  actor_name: string | null;
}

/** What happened in a case: `$3` case. */
export const TIMELINE = {
  name: 'timeline.list',
  select: `t.id, v.refugee_id as person_id, v.basis, t.at, t.fact, t.subject_type, t.subject_id, t.details,
           t.actor_id, a.name as actor_name`,
  from: `
    from visible_cases($1, clock_today()) v
    join timeline t on t.case_ids @> array[v.refugee_id]
    left join staff_accounts a on a.id = t.actor_id
    where v.refugee_id = $3`,
  sorts: { at: { sql: 't.at', type: 'timestamptz' } },
  first: '-at',
  id: { sql: 't.id', type: 'uuid' },
} satisfies List;

/** A case whose list of something is empty was looked at all the same: `$3` case. */
export const SEEN_CASE =
  'select refugee_id as person_id, basis from visible_cases($1, clock_today()) where refugee_id = $3';

/** `$1` cases. */
export const HOLD_CASES = 'select from refugees where id = any ($1::uuid[]) order by id for update';

/** Why an account sees a case today: `$1` actor, `$2` case; no row when it does not. */
export const BASIS_OF = 'select basis from visible_cases($1, clock_today()) where refugee_id = $2';

/** Ends who holds the role from a day on: `$1` case, `$2` role, `$3` day. */
export const END_TEAM_ROLE = `
  update case_team set until_on = $3::date
  where refugee_id = $1 and role = $2 and from_on <= $3::date and coalesce(until_on, 'infinity') > $3::date returning staff_id`;

export const HOLDER_ON = `
  select staff_id from case_team where refugee_id = $1 and role = $2 and from_on <= $3::date and $3::date < coalesce(until_on, 'infinity')`;

export const STALE_BATCH = 200;

export const STALE_TAKEOVERS = `select id from refugees where takeover_stale order by id limit ${STALE_BATCH} for update skip locked`;

/** Marks the cases whose takeover a rule may move: `$1` whether it is the Ukraine act's, `$2` from, `$3` to. */
export const MARK_TAKEOVERS = `
  update refugees set takeover_stale = true
  where allocation_decided_on between $2::date and $3::date
    and (permit_basis is not distinct from 'ukraine_act') = $1::boolean`;

/** `$1` refugee, `$2` languages. */
export const REMOVE_LANGUAGES = 'delete from refugee_languages where refugee_id = $1 and language <> all($2)';
export const ADD_LANGUAGES = `
  insert into refugee_languages (refugee_id, language) select $1, unnest($2::text[]) on conflict do nothing returning language`;

/** `$1` id, `$2` refugee, `$3` system, `$4` value, `$5` sealed, `$6` blind index. */
export const INSERT_IDENTIFIER = `
  insert into refugee_identifiers (id, refugee_id, system, value, sealed, blind_index, valid_from)
  select $1, $2, $3, $4, $5, $6, greatest(clock_now(), max(valid_to))
  from refugee_identifiers where refugee_id = $2 and system = $3`;
/** A writer who waited for another began before the other's number did. */
export const END_IDENTIFIER = `
  update refugee_identifiers set valid_to = greatest(clock_now(), valid_from)
  where refugee_id = $1 and system = $2 and valid_to is null`;
/** Whether the number is the current one: `$1` refugee, `$2` system, `$3` value or null, `$4` blind index or null. */
export const IS_CURRENT_IDENTIFIER = `
  select from refugee_identifiers
  where refugee_id = $1 and system = $2 and valid_to is null and (value = $3 or blind_index = $4)`;

/** `$1` id, `$2` refugee, `$3` account, `$4` role, `$5` first day: until whoever holds the role next, if anybody does. */
export const JOIN_TEAM = `
  insert into case_team (id, refugee_id, staff_id, role, from_on, until_on)
  select $1, $2, $3, $4, $5::date, min(next.from_on)
  from case_team next where next.refugee_id = $2 and next.role = $4 and next.from_on > $5::date`;

/** Gives places in case teams to another: `$1` their ids, `$2` account, `$3` first day, or later where the place begins later. */
export const PASS_ON_PLACES = `
  with left_by as (
    update case_team t set until_on = greatest(t.from_on, $3::date) where t.id = any($1::uuid[])
    returning t.refugee_id, t.role, new.until_on as from_on, old.until_on
  )
  insert into case_team (id, refugee_id, staff_id, role, from_on, until_on)
  select uuidv7(), refugee_id, $2, role, from_on, until_on from left_by
  returning refugee_id as "refugeeId", role, from_on as "fromOn"`;

/**
 * Whose number somebody tried to give to another person: that it is taken says that the person is known here.
 * `$1` actor, `$2` blind index of a CPR number or null, `$3` asylum person id or null.
 */
export const LOG_TAKEN_NUMBER = `
  insert into read_log (actor_id, what, purpose, person_ids)
  select $1, 'refugees.number_taken', 'registration', array_agg(refugee_id)
  from refugee_identifiers
  where valid_to is null and ((system = 'cpr' and blind_index = $2) or (system = 'asylum_person_id' and value = $3))
  having count(*) > 0`;

/** Whether `$1` is in the team of the case `$2` today in their own place, or leads its unit. */
export const HAS_OWN_PLACE = `
  select exists (
           select from case_team t where t.refugee_id = $2 and t.staff_id = $1
             and t.from_on <= clock_today() and clock_today() < coalesce(t.until_on, 'infinity'))
         or exists (select from refugees r where r.id = $2 and ${leads('r.unit_id')}) as own`;
