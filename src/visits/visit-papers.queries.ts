import { seenCase } from '../refugees/refugees.contract.js';
import type { BookingForm, BookingState, InvitedHow } from './visits.contract.js';

/** A language by its code, with the names we have for it. */
export interface NamedLanguage {
  code: string;
  da: string;
  en: string;
}

export interface VisitPaperRow {
  on_day: string;
  unit: string;
  centre: string;
  municipality: string;
  consultants: string[];
  bookings: {
    language: NamedLanguage;
    fromTime: string;
    toTime: string;
    form: BookingForm;
    state: BookingState;
    agency: string | null;
  }[];
  closed: boolean;
  cancelled: boolean;
}

export interface InvitationRow extends VisitPaperRow {
  given_names: string;
  family_name: string;
  mother_tongue: string | null;
  interpreter_language: string | null;
}

export interface DaySheetRow extends VisitPaperRow {
  /** Null in the one row of a visit without a participant whose case the reader sees. */
  participant_id: string | null;
  given_names: string;
  family_name: string;
  case_number: string;
  language: NamedLanguage | null;
  interpreter_needed: boolean;
  invited_on: string | null;
  invited_how: InvitedHow | null;
}

const named = (language: string): string =>
  `(select json_build_object('code', l.code, 'da', coalesce(l.title_da, l.title_en), 'en', l.title_en)
    from languages l where l.code = ${language})`;

const VISIT = `
  cv.on_day, u.name as unit, c.name as centre, c.municipality, cv.closed_at is not null as closed,
  cv.cancelled_at is not null as cancelled,
  (select json_agg(a.name order by a.name, a.id)
   from visit_consultants vc join staff_accounts a on a.id = vc.staff_id where vc.visit_id = cv.id) as consultants,
  (select coalesce(json_agg(json_build_object('language', ${named('b.language')}, 'fromTime', to_char(b.from_time, 'HH24:MI'),
            'toTime', to_char(b.to_time, 'HH24:MI'), 'form', b.form, 'state', b.state, 'agency', b.agency)
          order by b.from_time, b.id), '[]')
   from interpreter_bookings b where b.visit_id = cv.id and b.state <> 'cancelled') as bookings`;
const VISIBLE = `
  from visible_visits($1) s join centre_visits cv on cv.id = s.visit_id
  join asylum_centres c on c.id = cv.centre_id join units u on u.id = cv.unit_id`;
const SEEN_PARTICIPANT = `visit_participants p join refugees r on r.id = p.refugee_id ${seenCase('p.refugee_id')}`;

/** What the letter to a participant says: `$3` visit, `$4` participant. */
export const INVITATION = `
  select ${VISIT}, p.refugee_id as person_id, v.basis, r.given_names, r.family_name, r.mother_tongue, r.interpreter_language
  ${VISIBLE} join (${SEEN_PARTICIPANT}) on p.visit_id = cv.id
  where cv.id = $3 and p.id = $4`;

/** What is printed for the day of a visit, `$3`: a row for each participant whose case the reader sees, or one row without. */
export const DAY_SHEET = `
  select ${VISIT}, p.id as participant_id, p.refugee_id as person_id, v.basis, r.given_names, r.family_name, r.case_number,
    ${named('coalesce(r.interpreter_language, r.mother_tongue)')} as language, r.interpreter_needed, p.invited_on, p.invited_how
  ${VISIBLE} left join (${SEEN_PARTICIPANT}) on p.visit_id = cv.id
  where cv.id = $3 order by r.family_name, r.given_names, p.id`;
