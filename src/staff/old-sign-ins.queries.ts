/** Most rows of a kind forgotten in one sweep: the next takes the next ones. */
export const FORGET_BATCH = 1_000;

/** Sessions, with their refresh tokens, 60 days after they began: 30 days after the longest of them is over. */
export const FORGET_SESSIONS = `
  with old as (
    select id from sessions where started_at < clock_now() - interval '60 days'
    order by started_at limit $1 for update skip locked
  ), tokens as (
    delete from refresh_tokens where session_id in (select id from old)
  ), forgotten as (
    delete from sessions where id in (select id from old) returning id
  )
  select count(*)::int as forgotten from forgotten`;

/** Invitations and resets 30 days after they were used, or good for nothing. */
export const FORGET_PASSWORD_TOKENS = `
  with forgotten as (
    delete from password_tokens where id in (
      select id from password_tokens
      where coalesce(ended_at, expires_at) < clock_now() - interval '30 days'
      limit $1 for update skip locked)
    returning id
  )
  select count(*)::int as forgotten from forgotten`;

/** Sign-in events and read alerts after a year; what happened may be taken away by no other statement. */
export const FORGET_EVENTS = 'select forget_old_sign_ins($1) as forgotten';
