import { amendsOlder } from '../competences/competences.contract.js';
import type { List } from '../platform/http/paging.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import { leads } from '../staff/staff.contract.js';
import type { Outcome, Reason, SubjectType } from './visit-operations.contract.js';

interface Author {
  id: string;
  name: string;
}

export interface Stands {
  value: unknown;
  revision: number;
  by: Author | null;
  at: string | null;
}

export interface AsideRow {
  id: string;
  operation_id: string;
  outcome: Outcome;
  reason: Reason | null;
  errors: object[] | null;
  subject_type: SubjectType;
  subject_id: string;
  field: string;
  device_id: string;
  seq: number;
  at: Date;
  received_at: Date;
  author: Author;
  /** Whether the reader sees whose it is: only then what it says. */
  readable: boolean;
  person_id: string | null;
  value: unknown;
  /** What stands instead; of a decided one, what stood until then. */
  stands: Stands | null;
  decided_at: Date | null;
  decided_by: Author | null;
  taken: boolean | null;
  decision_reason: string | null;
}

/** What stands in the field that operation `o` is of, once it is known whose that is. */
const STANDS = `
    case when o.subject_type = 'assessment' then (
        select jsonb_build_object('value', an.value, 'revision', an.revision, 'at', an.answered_at,
          'by', jsonb_build_object('id', s.id, 'name', s.name))
        from assessment_answers an join staff_accounts s on s.id = an.answered_by
        where an.assessment_id = o.target and an.field = o.field)
      when o.field = 'outcome' then (
        select jsonb_build_object('value', p.outcome, 'revision', p.outcome_revision, 'at', p.recorded_at,
          'by', (select jsonb_build_object('id', s.id, 'name', s.name) from staff_accounts s where s.id = p.outcome_by))
        from visit_participants p where p.id = o.target)
      else (
        select jsonb_build_object('value', p.assessment_id, 'revision', p.assessment_revision, 'at', p.assessment_at,
          'by', (select jsonb_build_object('id', s.id, 'name', s.name) from staff_accounts s where s.id = p.assessment_by))
        from visit_participants p where p.id = o.target)
    end`;

/** `$1` row of the log. */
export const STANDS_NOW = `select ${STANDS} as stands from visit_operations o where o.id = $1`;

const SELECT = `
  o.id, o.operation_id, o.outcome, o.reason, o.errors, o.subject_type, o.subject_id, o.field, o.device_id, o.seq,
    o.at, o.received_at, json_build_object('id', a.id, 'name', a.name) as author,
    case when v.basis is not null then o.refugee_id end as person_id, v.basis, r.readable,
    case when r.readable then o.value end as value,
    case when r.readable then case when o.decided_at is null then ${STANDS} else o.stood end end as stands,
    o.decided_at, case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end as decided_by, o.taken,
    o.decision_reason`;
const FROM = `
  from visible_visits($1) seen
  join visit_operations o on o.visit_id = seen.visit_id
  join centre_visits cv on cv.id = o.visit_id
  join staff_accounts a on a.id = o.account_id
  left join staff_accounts d on d.id = o.decided_by
  ${seenCaseIfAny('o.refugee_id')}
  cross join lateral (
    select v.basis is not null
      or (o.refugee_id is null and (o.account_id = $1::uuid or ${leads('cv.unit_id')})) as readable) r
  where o.visit_id = $3 and o.outcome <> 'applied'`;

/**
 * Operations that stand, or stood, aside: `$3` visit, `$4` outcome, `$5` whether they are decided; each but the first may
 * be null. What is of nobody known yet is read by who sent it and by the leader of the visit's unit.
 */
export const ASIDE = {
  name: 'visits.operations',
  select: SELECT,
  from: `${FROM} and ($4::text is null or o.outcome = $4) and ($5::boolean is null or (o.decided_at is not null) = $5)`,
  sorts: { receivedAt: { sql: 'o.received_at', type: 'timestamptz' } },
  first: 'receivedAt',
  id: { sql: 'o.id', type: 'uuid' },
} satisfies List;

/** One of them: `$3` visit, `$4` row of the log. */
export const ASIDE_BY_ID = `select ${SELECT} ${FROM} and o.id = $4`;

/** The draft a person, `$1`, has that the answer belongs in, and the form in which a pack, `$2`, told of the assessment `$3`, or of any. */
export const DRAFT_FOR = `
  select a.id, a.form_version,
    coalesce((select t.form_version from visit_pack_people t where t.pack_id = $2 and t.assessment_id = $3),
             (select k.form_version from visit_packs k where k.id = $2)) as told_form
  from assessments a
  where a.refugee_id = $1 and a.signed_at is null and (a.id = $3 or not ${amendsOlder('a')})`;
