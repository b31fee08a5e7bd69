import { leads } from '../staff/staff.contract.js';
import type { List } from '../platform/http/paging.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import { UNDELIVERED } from './undelivered.duties.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

/** A mail `r` of the follow-up `f` that a person has to decide on; what reminds of such a task leads to no other. */
const OPEN = `r.channel = 'email' and r.state in ('failed', 'unsure') and f.state = 'open' and f.key <> '${UNDELIVERED}'`;

/** Cases of `$1` with such mails, or with a task for them that stands; the columns are those of `UndeliveredFacts`. */
export const UNDELIVERED_FACTS = `
  select refugee_id as "subjectId", min(since) as since, bool_and(decided) as decided
  from (
    select f.refugee_id, r.due_on as since, false as decided
    from reminders r join follow_ups f on f.id = r.follow_up_id
    where ${OPEN} and f.refugee_id = any($1::uuid[])
    union all
    select subject_id, earliest_on, true from follow_ups
    where subject_type = 'case' and subject_id = any($1::uuid[]) and key = '${UNDELIVERED}' and state = 'open'
  ) as found
  group by refugee_id`;

/** Nothing is left to decide once what they remind of has ended, which planning only sees the next time. */
export const MARK_DECIDED = `
  update plans set stale = true, stale_because = 'plan.outdated', stale_subject_type = null, stale_subject_id = null
  where not stale and subject_type = 'case' and subject_id in (
    select t.refugee_id from follow_ups t
    where t.key = '${UNDELIVERED}' and t.state = 'open' and not exists (
      select from follow_ups f join reminders r on r.follow_up_id = f.id where f.refugee_id = t.refugee_id and ${OPEN}))
  returning subject_id`;

export interface UndeliveredRow {
  id: string;
  person_id: string | null;
  given_names: string | null;
  family_name: string | null;
  follow_up_id: string;
  subject_type: string;
  key: string;
  occurrence: number;
  practice: PracticeOfFollowUp | null;
  step: string;
  recipient_id: string;
  due_on: string;
  state: 'failed' | 'unsure';
  because: string;
}

/** Whether the reader `$1` decides on `r`: its recipient, and who leads the case's unit, or the recipient's where there is no case. */
const THEIRS = `
  (r.recipient_id = $1 or v.basis = 'supervision' or f.refugee_id is null and exists (
    select from staff_accounts a where a.id = r.recipient_id and ${leads('a.unit_id')}))`;

/** What waits for a decision of the reader: `$3` case or null. */
export const UNDELIVERED_REMINDERS = {
  name: 'reminders.undelivered',
  select: `
    r.id, f.refugee_id as person_id, v.basis, c.given_names, c.family_name, r.follow_up_id, f.subject_type, f.key, f.occurrence, ${PRACTICE} as practice, r.step,
    r.recipient_id, r.due_on, r.state, r.not_sent_because as because`,
  from: `
    from reminders r
    join follow_ups f on f.id = r.follow_up_id
    left join refugees c on c.id = f.refugee_id
    ${seenCaseIfAny('f.refugee_id')}
    where ${OPEN} and ${THEIRS} and (f.refugee_id is null or v.basis is not null) and ($3::uuid is null or f.refugee_id = $3)`,
  sorts: { dueOn: { sql: 'r.due_on', type: 'date' } },
  first: 'dueOn',
  id: { sql: 'r.id', type: 'uuid' },
} satisfies List;

export interface ToDecide {
  id: string;
  refugee_id: string | null;
  theirs: boolean;
}

/** Those of `$2` that the reader `$1` sees, whatever became of them. */
export const TO_DECIDE = `
  select r.id, f.refugee_id, ${THEIRS} as theirs
  from reminders r join follow_ups f on f.id = r.follow_up_id ${seenCaseIfAny('f.refugee_id')}
  where r.id = any($2::uuid[]) and (f.refugee_id is null and ${THEIRS} or v.basis is not null)`;

/** `$1` reminders, `$2` what was decided: it came after all, it goes out again, or nobody needs it. */
export const DECIDE = `
  update reminders r set
    state = case $2 when 'sent' then 'sent' when 'send_again' then 'planned' else 'cancelled' end,
    not_sent_because = case when $2 = 'dropped' then 'dropped' end,
    sent_at = case when $2 = 'sent' then clock_now() end,
    attempts = 0, lost = 0, retry_at = null
  from follow_ups f
  where r.id = any($1::uuid[]) and f.id = r.follow_up_id and r.channel = 'email' and r.state in ('failed', 'unsure')
  returning r.id, f.refugee_id`;
