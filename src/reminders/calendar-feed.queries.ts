import type { List } from '../platform/http/paging.js';
import { PRACTICE, type PracticeOfFollowUp } from './practice-of-follow-up.queries.js';

/** `$4` the hash of its token. */
export const INSERT_FEED =
  'insert into calendar_feeds (id, account_id, name, token_hash) values ($1, $2, $3, $4)';

/** Of the account `$2`; closing it twice is closing it. */
export const REVOKE_FEED = `
  update calendar_feeds set revoked_at = coalesce(revoked_at, clock_now()) where id = $1 and account_id = $2 returning id`;

export interface FeedRow {
  id: string;
  name: string | null;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

/** Of the account `$1`. */
export const FEEDS = {
  name: 'calendar_feeds.list',
  select: 'c.id, c.name, c.created_at, c.last_used_at, c.revoked_at',
  from: 'from calendar_feeds c where c.account_id = $1',
  sorts: { createdAt: { sql: 'c.created_at', type: 'timestamptz' } },
  first: '-createdAt',
  id: { sql: 'c.id', type: 'uuid' },
} satisfies List;

export interface FeedReader {
  account_id: string;
  language: 'da' | 'en';
}

/** Whose feed has the token, `$1` its hash; that it was used is noted once an hour. */
export const USE_FEED = `
  with feed as (
    select c.id, c.account_id, a.language from calendar_feeds c join staff_accounts a on a.id = c.account_id
    where c.token_hash = $1 and c.revoked_at is null and a.disabled_at is null
  ), used as (
    update calendar_feeds c set last_used_at = clock_now() from feed
    where c.id = feed.id and coalesce(c.last_used_at, '-infinity') <= clock_now() - interval '1 hour'
  )
  select account_id, language from feed`;

export interface FeedEvent {
  id: string;
  subject_type: string;
  key: string;
  occurrence: number;
  practice: PracticeOfFollowUp | null;
  act_by: string;
  /** How often its days moved, and when what stands here was last another. */
  moves: number;
  changed_at: Date;
}

/** The most a calendar takes without becoming slow; those that come first. */
const MOST = 500;

/**
 * What the account `$1` has to do in cases it sees today. Ids, kinds and days are not sight of a person: no read log.
 */
export const FEED_EVENTS = `
  select f.id, f.subject_type, f.key, f.occurrence, ${PRACTICE} as practice, f.act_by, moved.times as moves, greatest(f.planned_at, moved.at) as changed_at
  from follow_ups f
  cross join lateral (select count(*)::int as times, max(at) as at from follow_up_moves m where m.follow_up_id = f.id) moved
  where f.owner_id = $1 and f.state = 'open' and not f.suspended
    and (f.refugee_id is null or f.refugee_id in (select refugee_id from visible_cases($1, clock_today())))
  order by f.act_by, f.id limit ${MOST}`;
