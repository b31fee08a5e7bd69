import type { SortColumn } from '../platform/http/paging.js';
import type { Outcome } from './visits.contract.js';

export const CENTRE_SORTS = { name: { sql: 'c.name', type: 'text' } } satisfies Record<string, SortColumn>;
export const VISIT_SORTS = { onDay: { sql: 'v.on_day', type: 'date' } } satisfies Record<string, SortColumn>;

export interface CentreRow {
  id: string;
  code: string;
  name: string;
  operator: string;
  municipality: string;
  sort_value: string;
  more: boolean;
}

/** `$1` beginnings of words of the name or the municipality, or null. */
export const centresPage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  with found as (
    select c.id, c.code, c.name, c.operator, c.municipality, ${sortValue}
    from asylum_centres c
    where ($1::text is null or words(c.name || ' ' || c.municipality) @@ beginnings($1)) and ${after}
    order by ${orderBy} limit ${limit + 1}
  )
  select *, (select count(*) from found) > ${limit} as more from found limit ${limit}`;

export interface VisitRow {
  id: string;
  version: number;
  centre: { id: string; code: string; name: string };
  on_day: string;
  unit_id: string;
  interpreter_language: string | null;
  consultants: { staffId: string; name: string }[];
  participant_count: number;
  without_outcome: number;
  planned_at: Date;
  closed_at: Date | null;
  sort_value: string;
  more: boolean;
}

const VISIT = `
  v.id, v.version, v.on_day, v.unit_id, v.interpreter_language, v.planned_at, v.closed_at,
  json_build_object('id', c.id, 'code', c.code, 'name', c.name) as centre,
  (select json_agg(json_build_object('staffId', a.id, 'name', a.name) order by a.name, a.id)
   from visit_consultants vc join staff_accounts a on a.id = vc.staff_id where vc.visit_id = v.id) as consultants,
  (select count(*)::int from visit_participants p where p.visit_id = v.id) as participant_count,
  (select count(*)::int from visit_participants p where p.visit_id = v.id and p.outcome is null) as without_outcome`;
const SEEN =
  'from visible_visits($1) s join centre_visits v on v.id = s.visit_id join asylum_centres c on c.id = v.centre_id';

/** `$1` actor, `$2` centre or null. It shows no person: counts only. */
export const visitsPage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  with found as (
    select ${VISIT}, ${sortValue} ${SEEN}
    where ($2::uuid is null or v.centre_id = $2) and ${after}
    order by ${orderBy} limit ${limit + 1}
  )
  select *, (select count(*) from found) > ${limit} as more from found limit ${limit}`;

/** `$1` actor, `$2` visit. It shows no person: counts only. */
export const VISIT_BY_ID = `select ${VISIT} ${SEEN} where v.id = $2`;

export interface ParticipantRow {
  /** Null in the one row of a visit without a participant whose case the reader sees. */
  participant_id: string | null;
  refugee_id: string;
  given_names: string;
  family_name: string;
  outcome: Outcome | null;
  assessment_id: string | null;
  recorded_at: Date | null;
}

const PARTICIPANT = `
  p.id as participant_id, p.refugee_id, p.refugee_id as person_id, seen.basis, r.given_names, r.family_name,
  p.outcome, p.assessment_id, p.recorded_at`;
/** Participants whose case the reader sees; lateral, so that each is looked up instead of every case the reader sees. */
const SEEN_PARTICIPANT = `
  visit_participants p join refugees r on r.id = p.refugee_id
  cross join lateral (select basis from visible_cases($1, clock_today()) vc where vc.refugee_id = p.refugee_id) seen`;

/** A visit, `$3`, with the participants whose case the reader sees: a row for each, or one row without. */
export const VISIT_WITH_PARTICIPANTS = `
  select ${VISIT}, ${PARTICIPANT} ${SEEN} left join (${SEEN_PARTICIPANT}) on p.visit_id = v.id
  where v.id = $3 order by r.family_name, r.given_names, p.id`;

/** `$3` participant. */
export const PARTICIPANT_BY_ID = `select ${PARTICIPANT} from ${SEEN_PARTICIPANT} where p.id = $3`;

/** A participant whose case the actor sees: `$1` actor, `$2` visit, `$3` participant. */
export const SEEN_PARTICIPANT_OF = `
  select p.id, p.refugee_id, p.outcome, p.assessment_id from ${SEEN_PARTICIPANT} where p.visit_id = $2 and p.id = $3`;

/** Whether the actor sees the visit: `$1` actor, `$2` visit. */
export const SEES_VISIT = 'select from visible_visits($1) where visit_id = $2';

export const INSERT_CONSULTANTS =
  'insert into visit_consultants (visit_id, staff_id) select $1, unnest($2::uuid[])';

export const PARTICIPANTS_OF =
  'select id, refugee_id, outcome, assessment_id from visit_participants where visit_id = $1';

export const INSERT_PARTICIPANT =
  'insert into visit_participants (id, visit_id, refugee_id) values ($1, $2, $3)';

export const DELETE_PARTICIPANT = 'delete from visit_participants where id = $1';

/** `$1` participant, `$2` outcome, `$3` assessment or null. */
export const END_PARTICIPANT = `
  update visit_participants set outcome = $2, assessment_id = $3, recorded_at = clock_now() where id = $1`;

export const CLOSE_VISIT =
  'update centre_visits set closed_at = clock_now(), version = version + 1 where id = $1';
