import type { List } from '../platform/http/paging.js';

/** A session ends after this long without a refresh: over lunch it lives, over night it does not. */
const IDLE = `interval '12 hours'`;
/** And after this long in any case. */
const ABSOLUTE = `interval '30 days'`;

/** The newest refresh token of a session, `$2`: it is alive as long as the session is. `$1` its hash. */
export const INSERT_REFRESH_TOKEN = `
  insert into refresh_tokens (token_hash, session_id, expires_at)
  select $1, id, least(clock_now() + ${IDLE}, started_at + ${ABSOLUTE}) from sessions where id = $2`;

export interface ClaimedToken {
  session_id: string;
  account_id: string;
  /** Whether this was the token's first use. */
  first: boolean;
  fresh: boolean;
  running: boolean;
}

/** Claims a refresh token: only one of two that come at once gets a row with `first` true. */
export const CLAIM_REFRESH_TOKEN = `
  with claimed as (
    update refresh_tokens set used_at = clock_now()
    where token_hash = $1 and used_at is null returning session_id, expires_at > clock_now() as fresh
  )
  select t.session_id, c.session_id is not null as first, coalesce(c.fresh, false) as fresh, s.account_id, s.ended_at is null as running
  from refresh_tokens t join sessions s on s.id = t.session_id left join claimed c on true
  where t.token_hash = $1`;

const END = 'update sessions set ended_at = clock_now(), ended_because = $2';

export const END_SESSION = `${END} where id = $1 and ended_at is null`;

/** Of an account, `$3`, and only if it is still running. */
export const END_OWN_SESSION = `
  ${END} where id = $1 and account_id = $3 and ended_at is null
  and exists (select from refresh_tokens t where t.session_id = id and t.used_at is null and t.expires_at > clock_now())
  returning id`;

/** All of an account, `$1`, but one, `$3`, which may be null. */
export const END_SESSIONS = `${END} where account_id = $1 and ended_at is null and id is distinct from $3`;

/** Which of some, `$1`, have ended. */
export const ENDED_SESSIONS = 'select id from sessions where id = any($1::uuid[]) and ended_at is not null';

/** Whether a session, `$1`, of an account, `$2`, still runs, and the account is open and still in the role `$3`. */
export const STILL_RUNS = `
  select from sessions s join staff_accounts a on a.id = s.account_id
  where s.id = $1 and a.id = $2 and a.role = $3 and s.ended_at is null and a.disabled_at is null
    and exists (select from refresh_tokens t where t.session_id = s.id and t.used_at is null and t.expires_at > clock_now())`;

export interface SessionRow {
  id: string;
  started_at: Date;
  last_used_at: Date;
}

/** The running sessions of an account, `$1`. One has exactly one refresh token that was not used. */
export const SESSIONS = {
  name: 'sessions.list',
  select: 's.id, s.started_at, t.issued_at as last_used_at',
  from: `
    from sessions s join refresh_tokens t on t.session_id = s.id and t.used_at is null and t.expires_at > clock_now()
    where s.account_id = $1 and s.ended_at is null`,
  sorts: {
    startedAt: { sql: 's.started_at', type: 'timestamptz' },
    lastUsedAt: { sql: 't.issued_at', type: 'timestamptz' },
  },
  first: '-lastUsedAt',
  id: { sql: 's.id', type: 'uuid' },
} satisfies List;
