import { amendsOlder } from '../competences/competences.contract.js';
import type { Basis } from '../refugees/refugees.contract.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import type { Role } from '../staff/staff.contract.js';
import { WAITING } from './operation-state.js';
import type { Outcome, Reason, SubjectType } from './visit-operations.contract.js';

export interface HeldPack {
  form_version: number;
  closed: boolean;
  cancelled: boolean;
  role: Role;
  unit_id: string;
  disabled: boolean;
  current_form: number;
}

/** A pack of the account, and its visit, which is neither closed nor cancelled while this transaction lasts: `$1` visit, `$2` pack, `$3` account. */
export const HOLD_PACK = `
  select k.form_version, cv.closed_at is not null as closed, cv.cancelled_at is not null as cancelled, a.role, a.unit_id, a.disabled_at is not null as disabled,
         (select max(version) from form_versions) as current_form
  from visit_packs k join centre_visits cv on cv.id = k.visit_id join staff_accounts a on a.id = k.account_id
  where k.visit_id = $1 and k.id = $2 and k.account_id = $3 for share of cv`;

/** One request of a device at a time; `$1` visit, `$2` account, `$3` device, `$4` pack, `$5` its own count. */
export const HOLD_DEVICE = `
  insert into visit_devices as d (visit_id, account_id, device_id, pack_id, last) values ($1, $2, $3, $4, $5)
  on conflict (visit_id, account_id, device_id)
    do update set pack_id = excluded.pack_id, last = greatest(d.last, excluded.last)`;

export interface KnownOperation {
  id: string;
  operation_id: string;
  digest: Buffer;
  seq: number;
  own: boolean;
  outcome: Outcome;
  reason: Reason | null;
  revision: number | null;
  decided: boolean;
}

/** What came before of these: `$1` visit, `$2` account, `$3` device, `$4` ids of operations, `$5` their numbers. */
export const KNOWN_OPERATIONS = `
  select id, operation_id, digest, seq, (account_id, device_id) = ($2, $3) as own, outcome, reason, revision,
    decided_at is not null as decided
  from visit_operations
  where visit_id = $1
    and (operation_id = any ($4::uuid[]) or (account_id = $2 and device_id = $3 and seq = any ($5::int[])))`;

/** Participants of a visit that are meant by ids of their own, of assessments, or of what devices call those. */
const MEANT = `
  (p.id = any ($2::uuid[])
   or exists (select from visit_assessment_aliases l where l.visit_id = $1 and l.alias = any ($2) and l.participant_id = p.id)
   or exists (select from assessments a where a.id = any ($2) and a.refugee_id = p.refugee_id))`;

/** `$1` visit, `$2` ids. */
export const CASES_MEANT = `select p.refugee_id from visit_participants p where p.visit_id = $1 and ${MEANT}`;

export interface GroundRow {
  participants: {
    id: string;
    refugeeId: string;
    outcome: string | null;
    outcomeRevision: number;
    assessmentId: string | null;
    assessmentRevision: number;
    basis: Basis | null;
    draft: string | null;
    amendsOlder: boolean;
  }[];
  aliases: { alias: string; participantId: string; refugeeId: string; assessmentId: string | null }[];
  assessments: { id: string; refugeeId: string }[];
  told: {
    packId: string;
    participantId: string;
    refugeeId: string;
    assessmentId: string | null;
    formVersion: number;
    revisions: Record<string, number>;
    erased: boolean;
  }[];
}

/** What stands, behind the locks of the cases: `$1` visit, `$2` ids, `$3` account whose packs they are, `$4` account whose sight counts. */
export const GROUND = `
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'refugeeId', p.refugee_id, 'outcome', p.outcome,
       'outcomeRevision', p.outcome_revision, 'assessmentId', p.assessment_id, 'assessmentRevision', p.assessment_revision,
       'basis', v.basis,
       'draft', draft.id, 'amendsOlder', coalesce(draft.amends_older, false))), '[]')
     from visit_participants p
     left join lateral (select a.id, ${amendsOlder('a')} as amends_older from assessments a
                        where a.refugee_id = p.refugee_id and a.signed_at is null) draft on true
     ${seenCaseIfAny('p.refugee_id', '$4')} where p.visit_id = $1 and ${MEANT}) as participants,
    (select coalesce(jsonb_agg(jsonb_build_object('alias', l.alias, 'participantId', l.participant_id,
       'refugeeId', l.refugee_id, 'assessmentId', l.assessment_id)), '[]')
     from visit_assessment_aliases l where l.visit_id = $1 and l.alias = any ($2)) as aliases,
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'refugeeId', a.refugee_id)), '[]')
     from assessments a where a.id = any ($2)) as assessments,
    (select coalesce(jsonb_agg(jsonb_build_object('packId', t.pack_id, 'participantId', t.participant_id,
       'refugeeId', t.refugee_id, 'assessmentId', t.assessment_id, 'formVersion', t.form_version, 'revisions', t.revisions,
       'erased', e.refugee_id is not null)), '[]')
     from visit_pack_people t left join erased_people e on e.refugee_id = t.refugee_id
     where t.pack_id in (select k.id from visit_packs k where k.visit_id = $1 and k.account_id = $3)) as told`;

export interface StoredOperation {
  id: string;
  operation_id: string;
  pack_id: string;
  pack_form: number;
  account_id: string;
  device_id: string;
  seq: number;
  subject_type: SubjectType;
  subject_id: string;
  field: string;
  base_revision: number;
  value: unknown;
  refugee_id: string | null;
  outcome: Outcome;
  reason: Reason | null;
  decided: boolean;
}

const STORED = `
  select o.id, o.operation_id, o.pack_id, k.form_version as pack_form, o.account_id, o.device_id, o.seq, o.subject_type,
         o.subject_id, o.field, o.base_revision, o.value, o.refugee_id, o.outcome, o.reason,
         o.decided_at is not null as decided
  from visit_operations o join visit_packs k on k.id = o.pack_id`;

/** What an account sent that still waits for one of the subjects to be known or met: `$1` visit, `$2` account, `$3` ids. */
export const WAITING_OPERATIONS = `
  ${STORED} where o.visit_id = $1 and o.account_id = $2 and o.subject_id = any ($3::uuid[]) and o.decided_at is null
    and o.reason in (${WAITING.map((reason) => `'${reason}'`).join(', ')})
  for update of o`;

/** `$1` visit, `$2` row of the log. */
export const STORED_OPERATION = `${STORED} where o.visit_id = $1 and o.id = $2`;
export const HOLD_OPERATION = `${STORED_OPERATION} for update of o`;

export interface TrailRow {
  device: string;
  target: string;
  field: string;
  seq: number;
  revision: number;
  written: number | null;
}

/** What devices have done to the targets `$2` of a visit, `$1`; `$3` accounts and `$4` devices, in pairs. */
export const TRAILS = `
  select account_id || ' ' || device_id as device, target, field, seq, revision, written
  from visit_operations
  where visit_id = $1 and outcome = 'applied' and target = any ($2::uuid[])
    and (account_id, device_id) in (select * from unnest($3::uuid[], $4::text[]))`;

/** `$1` rows, `$2` visit, `$3` account, `$4` device, `$5` pack. */
export const LOG_OPERATIONS = `
  insert into visit_operations (id, visit_id, account_id, device_id, pack_id, operation_id, digest, seq, subject_type,
    subject_id, field, base_revision, value, attachments, at, refugee_id, target, outcome, reason, errors, revision, written)
  select id, $2, $3, $4, $5, operation_id, decode(digest, 'hex'), seq, subject_type, subject_id, field, base_revision,
    case when kept then coalesce(value, 'null') end, attachments, at, refugee_id, target, outcome, reason, errors,
    revision, written
  from jsonb_to_recordset($1::jsonb) as o(id uuid, operation_id uuid, digest text, seq int, subject_type text,
    subject_id uuid, field text, base_revision int, value jsonb, kept boolean, attachments text[], at timestamptz,
    refugee_id uuid, target uuid, outcome text, reason text, errors jsonb, revision int, written int)`;

/** Of operations that stood aside: `$1` rows. */
export const LOG_AGAIN = `
  update visit_operations o set outcome = n.outcome, reason = n.reason, errors = n.errors, revision = n.revision,
    written = n.written, target = n.target, refugee_id = coalesce(n.refugee_id, o.refugee_id),
    value = case when n.kept then o.value end, attachments = case when n.kept then o.attachments else '{}' end
  from jsonb_to_recordset($1::jsonb) as n(id uuid, outcome text, reason text, errors jsonb, revision int, written int,
    target uuid, refugee_id uuid, kept boolean)
  where o.id = n.id`;

/** `$1` visit, `$2` rows. */
export const NAME_ASSESSMENTS = `
  insert into visit_assessment_aliases (visit_id, alias, participant_id, refugee_id, assessment_id)
  select $1, alias, "participantId", "refugeeId", "assessmentId"
  from jsonb_to_recordset($2::jsonb) as l(alias uuid, "participantId" uuid, "refugeeId" uuid, "assessmentId" uuid)
  on conflict (visit_id, alias) do update set assessment_id = excluded.assessment_id
    where visit_assessment_aliases.assessment_id is null and excluded.assessment_id is not null`;

/** `$1` rows, `$2` who says it. */
export const CHANGE_PARTICIPANTS = `
  update visit_participants p set
    outcome = n.outcome, outcome_revision = n."outcomeRevision", assessment_id = n."assessmentId",
    assessment_revision = n."assessmentRevision",
    recorded_at = case when n.outcome is null then null when n."saysOutcome" then clock_now() else p.recorded_at end,
    outcome_by = case when n."saysOutcome" then $2 else p.outcome_by end,
    assessment_by = case when n."saysAssessment" then $2 else p.assessment_by end,
    assessment_at = case when n."saysAssessment" then clock_now() else p.assessment_at end
  from jsonb_to_recordset($1::jsonb) as n(id uuid, outcome text, "outcomeRevision" int, "assessmentId" uuid,
    "assessmentRevision" int, "saysOutcome" boolean, "saysAssessment" boolean)
  where p.id = n.id`;

/** `$1` pack. */
export const PACK_CAME_BACK = `
  update visit_packs set returned_at = greatest(clock_now(), written_off_at + interval '1 microsecond')
  where id = $1 and (returned_at is null or returned_at <= written_off_at)`;

/** `$1` row, `$2` who, `$3` whether it is taken, `$4` why, `$5` what stood until then. */
export const DECIDE = `
  update visit_operations set decided_at = clock_now(), decided_by = $2, taken = $3, decision_reason = $4, stood = $5
  where id = $1`;

/** What the device of a conflict, `$1`, sent before to the same field, and nobody has chosen: it goes with it. `$2` who, `$3` why. */
export const DECIDE_EARLIER = `
  update visit_operations o set decided_at = clock_now(), decided_by = $2, taken = false, decision_reason = $3
  from visit_operations d
  where d.id = $1 and d.outcome = 'conflict' and o.visit_id = d.visit_id and o.account_id = d.account_id and o.device_id = d.device_id
    and o.subject_id = d.subject_id and o.field = d.field and o.seq < d.seq and o.outcome = 'conflict' and o.decided_at is null`;
