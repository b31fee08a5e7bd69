import type { List } from '../platform/http/paging.js';
import { seenCaseIfAny } from '../refugees/refugees.contract.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

/** What delivery tells Postgres, with the id of the account, when something of its inbox is new. */
export const INBOX_CHANNEL = 'inbox';

/**
 * The reminders in the inbox of an account, `m`; those of a case it does not see today are not there.
 * @param account SQL for the id of the account
 */
const inboxOf = (account: string): string => `
  from reminders m
  join follow_ups f on f.id = m.follow_up_id
  ${seenCaseIfAny('f.refugee_id', account)}
  left join refugees r on r.id = f.refugee_id
  where m.recipient_id = ${account} and m.channel = 'in_app' and m.state = 'sent'
    and (f.refugee_id is null or v.basis is not null)`;

const unreadOf = (account: string): string =>
  `(select count(*)::int ${inboxOf(account)} and m.read_at is null)`;

export interface InboxRow {
  id: string;
  step: string;
  sent_at: Date;
  read_at: Date | null;
  follow_up_id: string;
  subject_type: string;
  key: string;
  practice: PracticeOfFollowUp | null;
  occurrence: number;
  state: string;
  earliest_on: string;
  latest_on: string;
  act_by: string;
  refugee_id: string | null;
  given_names: string | null;
  family_name: string | null;
  /** How many of the whole inbox are unread. */
  unread: number;
}

/** The inbox of the reader; `$3` whether only what is unread. */
export const INBOX = {
  name: 'inbox.list',
  select: `
    m.id, f.refugee_id as person_id, v.basis, m.step, m.sent_at, m.read_at, f.id as follow_up_id, f.subject_type, f.key,
    ${PRACTICE} as practice, f.occurrence, f.state,
    f.earliest_on, f.latest_on, f.act_by, f.refugee_id, r.given_names, r.family_name, ${unreadOf('$1')} as unread`,
  from: `${inboxOf('$1')} and (m.read_at is null or not $3::boolean)`,
  sorts: { sentAt: { sql: 'm.sent_at', type: 'timestamptz' } },
  first: '-sentAt',
  id: { sql: 'm.id', type: 'uuid' },
} satisfies List;

/** What a live inbox tells: ids and counts only. */
export interface InboxState {
  unread: number;
  /** Id of the reminder that came last. */
  newest: string | null;
}

/** How the inboxes of some accounts, `$1`, stand. */
export const INBOX_STATES = `
  select a.id as "accountId", ${unreadOf('a.id')} as unread,
         (select m.id ${inboxOf('a.id')} order by m.sent_at desc, m.id desc limit 1) as newest
  from unnest($1::uuid[]) as a(id)`;

/**
 * Keeps when an account, `$1`, first read reminders of its own, `$2`, and tells its other screens on the channel `$3`.
 * One row: whether all of them were there; who asks rolls back if not.
 */
export const READ_REMINDERS = `
  with mine as (
    select id from reminders where id = any($2::uuid[]) and recipient_id = $1 and channel = 'in_app' and state = 'sent'
  ),
  first_read as (
    update reminders m set read_at = clock_now() from mine where m.id = mine.id and m.read_at is null returning m.id
  )
  select (select count(*) from mine) = cardinality($2::uuid[]) as found,
         case when exists (select from first_read) then pg_notify($3, $1::uuid::text) end`;
