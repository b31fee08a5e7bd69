import type { SortColumn } from '../platform/http/paging.js';
import type { Basis } from './refugees.contract.js';

export const REFUGEE_SORTS = {
  name: { sql: `(r.family_name || ', ' || r.given_names)`, type: 'text' },
  takeoverOn: { sql: `coalesce(r.takeover_on, 'infinity')`, type: 'date' },
  registeredAt: { sql: 'r.registered_at', type: 'timestamptz' },
} satisfies Record<string, SortColumn>;

/** The rows of one case, or none: `$1` actor, `$3` case. */
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
  person_id: string;
  basis: Basis;
  more: boolean;
  sort_value: string;
  case_number: string;
  given_names: string;
  family_name: string;
  nationality: string;
  permit_basis: string | null;
  takeover_on: string | null;
  unit_id: string;
}

/** `$3` beginnings of names, `$4` nationality, `$5` permit basis, `$6` unit; each may be null. */
export const refugeesPage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  select r.id, r.id as person_id, v.basis, r.case_number, r.given_names, r.family_name, r.nationality,
         r.permit_basis, r.takeover_on, r.unit_id, ${sortValue}
  ${VISIBLE}
  where ($3::text is null or r.name_words @@ beginnings($3))
    and ($4::text is null or r.nationality = $4)
    and ($5::text is null or r.permit_basis = $5)
    and ($6::uuid is null or r.unit_id = $6)
    and ${after}
  order by ${orderBy} limit ${limit + 1}`;

/** `$3` blind index of a CPR number, `$4` asylum person id; one of them is null. */
export const REFUGEE_BY_IDENTIFIER = `
  select r.id, r.id as person_id, v.basis, r.case_number, r.given_names, r.family_name, r.nationality,
         r.permit_basis, r.takeover_on, r.unit_id
  ${VISIBLE}
  join refugee_identifiers i on i.refugee_id = r.id and i.valid_to is null
  where (i.blind_index = $3::bytea and i.system = 'cpr') or (i.value = $4::text and i.system = 'asylum_person_id')`;

export const CURRENT_CPR = `
  select r.id as person_id, v.basis, i.id, i.sealed
  ${VISIBLE}
  left join refugee_identifiers i on i.refugee_id = r.id and i.system = 'cpr' and i.valid_to is null
  where r.id = $3`;

export const TIMELINE_SORTS = { at: { sql: 't.at', type: 'timestamptz' } } satisfies Record<
  string,
  SortColumn
>;

export interface TimelineRow {
  id: string;
  sort_value: string;
  more: boolean;
  at: Date;
  fact: string;
  subject_type: string;
  subject_id: string;
  details: Record<string, unknown>;
  actor_id: string | null;
  actor_name: string | null;
}

/** What happened in a case: `$3` case. */
export const timelinePage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  select t.id, v.refugee_id as person_id, v.basis, t.at, t.fact, t.subject_type, t.subject_id, t.details,
         t.actor_id, a.name as actor_name, ${sortValue}
  from visible_cases($1, clock_today()) v
  join timeline t on t.case_ids @> array[v.refugee_id]
  left join staff_accounts a on a.id = t.actor_id
  where v.refugee_id = $3 and ${after}
  order by ${orderBy} limit ${limit + 1}`;

/** Why an account sees a case today: `$1` actor, `$2` case; no row when it does not. */
export const BASIS_OF = 'select basis from visible_cases($1, clock_today()) where refugee_id = $2';

/** Ends who holds the role from a day on: `$1` case, `$2` role, `$3` day. */
export const END_TEAM_ROLE = `
  update case_team set until_on = $3::date
  where refugee_id = $1 and role = $2 and from_on <= $3::date and coalesce(until_on, 'infinity') > $3::date returning staff_id`;

export const HOLDER_ON = `
  select staff_id from case_team where refugee_id = $1 and role = $2 and from_on <= $3::date and $3::date < coalesce(until_on, 'infinity')`;

export const STALE_TAKEOVERS =
  'select id from refugees where takeover_stale order by id limit 200 for update skip locked';

/** Marks the cases whose takeover a rule may move: `$1` acts' bases or null for all others, `$2` from, `$3` to. */
export const MARK_TAKEOVERS = `
  update refugees set takeover_stale = true
  where allocation_decided_on between $2::date and coalesce($3::date, 'infinity')
    and (permit_basis = 'ukraine_act') is not distinct from $1::boolean`;
