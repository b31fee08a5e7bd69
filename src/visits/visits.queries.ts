import type { List } from '../platform/http/paging.js';
import { seenCase, seenCaseIfAny } from '../refugees/refugees.contract.js';
import type { BookingForm, BookingState, InvitedHow, Outcome } from './visits.contract.js';

export interface CentreRow {
  id: string;
  code: string;
  name: string;
  operator: string;
  municipality: string;
}

/** `$1` beginnings of words of the name or the municipality, or null. */
export const CENTRES = {
  name: 'asylum-centres',
  select: 'c.id, c.code, c.name, c.operator, c.municipality',
  from: `from asylum_centres c where ($1::text is null or words(c.name || ' ' || c.municipality) @@ beginnings($1))`,
  sorts: { name: { sql: 'c.name', type: 'text' } },
  first: 'name',
  id: { sql: 'c.id', type: 'uuid' },
} satisfies List;

export interface VisitRow {
  id: string;
  version: number;
  centre: { id: string; code: string; name: string };
  on_day: string;
  unit_id: string;
  interpreter_language: string | null;
  consultants: { staffId: string; name: string }[];
  seen: { participants: number; withoutOutcome: number };
  planned_at: Date;
  closed_at: Date | null;
  cancelled_at: Date | null;
  cancellation_reason: string | null;
  bookings: BookingRow[];
}

/** As JSON. */
export interface BookingRow {
  id: string;
  version: number;
  language: string;
  fromTime: string;
  toTime: string;
  form: BookingForm;
  state: BookingState;
  agency: string | null;
  reference: string | null;
  requestedAt: string;
}

/** Of booking `b`. */
const BOOKING = `json_build_object('id', b.id, 'version', b.version, 'language', b.language,
  'fromTime', to_char(b.from_time, 'HH24:MI'), 'toTime', to_char(b.to_time, 'HH24:MI'), 'form', b.form, 'state', b.state,
  'agency', b.agency, 'reference', b.reference,
  'requestedAt', b.requested_at)`;

/** Of a visit, `$1`. It is of no person. */
export const BOOKING_BY_ID = `select ${BOOKING} as booking from interpreter_bookings b where b.visit_id = $1 and b.id = $2`;

/** Counts only participants whose case the reader, `$1`, sees: a total must not tell of the others. */
const VISIT = `
  cv.id, cv.version, cv.on_day, cv.unit_id, cv.interpreter_language, cv.planned_at, cv.closed_at,
  cv.cancelled_at, cv.cancellation_reason,
  (select coalesce(json_agg(${BOOKING} order by b.from_time, b.id), '[]')
   from interpreter_bookings b where b.visit_id = cv.id) as bookings,
  json_build_object('id', c.id, 'code', c.code, 'name', c.name) as centre,
  (select json_agg(json_build_object('staffId', a.id, 'name', a.name) order by a.name, a.id)
   from visit_consultants vc join staff_accounts a on a.id = vc.staff_id where vc.visit_id = cv.id) as consultants,
  (select json_build_object('participants', count(*), 'withoutOutcome', count(*) filter (where p.outcome is null))
   from visit_participants p ${seenCase('p.refugee_id')} where p.visit_id = cv.id) as seen`;
const VISIBLE = `
  from visible_visits($1) s join centre_visits cv on cv.id = s.visit_id join asylum_centres c on c.id = cv.centre_id`;

/** It shows no person, counts only: `$1` actor, `$2` centre or null. */
export const VISITS = {
  name: 'visits',
  select: VISIT,
  from: `${VISIBLE} where ($2::uuid is null or cv.centre_id = $2)`,
  sorts: { onDay: { sql: 'cv.on_day', type: 'date' } },
  first: '-onDay',
  id: { sql: 'cv.id', type: 'uuid' },
} satisfies List;

/** It shows no person, counts only: `$1` actor, `$2` visit. */
export const VISIT_BY_ID = `select ${VISIT} ${VISIBLE} where cv.id = $2`;

export interface ParticipantRow {
  /** Null in the one row of a visit without a participant whose case the reader sees. */
  participant_id: string | null;
  refugee_id: string;
  given_names: string;
  family_name: string;
  outcome: Outcome | null;
  assessment_id: string | null;
  recorded_at: Date | null;
  invited_on: string | null;
  invited_how: InvitedHow | null;
}

export interface StoredParticipant {
  id: string;
  refugee_id: string;
  outcome: Outcome | null;
  assessment_id: string | null;
  invited_on: string | null;
}

const PARTICIPANT = `
  p.id as participant_id, p.refugee_id, p.refugee_id as person_id, v.basis, r.given_names, r.family_name,
  p.outcome, p.assessment_id, p.recorded_at, p.invited_on, p.invited_how`;
const SEEN_PARTICIPANT = `visit_participants p join refugees r on r.id = p.refugee_id ${seenCase('p.refugee_id')}`;

/** A visit, `$3`, with the participants whose case the reader sees: a row for each, or one row without. */
export const VISIT_WITH_PARTICIPANTS = `
  select ${VISIT}, ${PARTICIPANT} ${VISIBLE} left join (${SEEN_PARTICIPANT}) on p.visit_id = cv.id
  where cv.id = $3 order by r.family_name, r.given_names, p.id`;

/** `$3` participant. */
export const PARTICIPANT_BY_ID = `select ${PARTICIPANT} from ${SEEN_PARTICIPANT} where p.id = $3`;

/** A participant whose case the actor sees: `$1` actor, `$2` visit, `$3` participant. */
export const PARTICIPANT_OF = `
  select p.id, p.refugee_id, p.outcome, p.assessment_id, p.invited_on
  from ${SEEN_PARTICIPANT} where p.visit_id = $2 and p.id = $3`;

export const INSERT_CONSULTANTS =
  'insert into visit_consultants (visit_id, staff_id) select $1, unnest($2::uuid[])';

export const PARTICIPANTS_OF =
  'select id, refugee_id, outcome, assessment_id, invited_on from visit_participants where visit_id = $1';

/** Those of the participants `$3` whose case the actor, `$1`, sees, in the order in which cases are locked: `$2` visit. */
export const PARTICIPANTS_AMONG = `
  select p.id, p.refugee_id, p.outcome, p.assessment_id, p.invited_on
  from ${SEEN_PARTICIPANT} where p.visit_id = $2 and p.id = any($3::uuid[]) order by p.refugee_id`;

/** `$3` participants. */
export const PARTICIPANTS_BY_ID = `
  select ${PARTICIPANT} from ${SEEN_PARTICIPANT} where p.id = any($3::uuid[])
  order by r.family_name, r.given_names, p.id`;

/** `$1` participants, `$2` day and `$3` way, both null to take it back. */
export const INVITE_PARTICIPANTS =
  'update visit_participants set invited_on = $2, invited_how = $3 where id = any($1::uuid[])';

export const TAKE_BACK_INVITATIONS =
  'update visit_participants set invited_on = null, invited_how = null where visit_id = $1 and invited_on is not null';

export const DELETE_CONSULTANTS = 'delete from visit_consultants where visit_id = $1';

export const CONSULTANTS_OF =
  'select staff_id as id from visit_consultants where visit_id = $1 order by staff_id';

/** A row if the account, `$1`, sees the visit, `$2`. */
export const SEES_VISIT = 'select from visible_visits($1) s where s.visit_id = $2';

/** Another day is another appointment: `$1` visit. */
export const ASK_AGAIN_FOR_INTERPRETERS = `
  update interpreter_bookings set state = 'requested', version = version + 1 where visit_id = $1 and state = 'confirmed'`;

export const CANCEL_INTERPRETERS = `
  update interpreter_bookings set state = 'cancelled', version = version + 1 where visit_id = $1 and state <> 'cancelled'`;

/** Those without an outcome, and whether `$1` sees the case: `$2` visit. */
export const OPEN_PARTICIPANTS = `
  select v.basis is not null as seen from visit_participants p ${seenCaseIfAny('p.refugee_id')}
  where p.visit_id = $2 and p.outcome is null`;

export const INSERT_PARTICIPANT =
  'insert into visit_participants (id, visit_id, refugee_id) values ($1, $2, $3)';

export const DELETE_PARTICIPANT = 'delete from visit_participants where id = $1';

/** `$1` participant, `$2` outcome, `$3` assessment or null, `$4` who says so. */
export const END_PARTICIPANT = `
  update visit_participants set outcome = $2, assessment_id = $3, recorded_at = clock_now(),
    outcome_by = case when outcome is distinct from $2 then $4 else outcome_by end,
    assessment_by = case when assessment_id is distinct from $3 then $4 else assessment_by end,
    assessment_at = case when assessment_id is distinct from $3 then clock_now() else assessment_at end
  where id = $1`;

export const CLOSE_VISIT =
  'update centre_visits set closed_at = clock_now(), version = version + 1 where id = $1';

/** `$1` visit, `$2` reason. */
export const CANCEL_VISIT = `
  update centre_visits set cancelled_at = clock_now(), cancellation_reason = $2, version = version + 1 where id = $1`;
