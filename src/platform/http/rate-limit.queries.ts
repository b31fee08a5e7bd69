/** What a caller who is slowed down pays for everything, in multiples. */
const SLOW = 10;

/**
 * Adds what a request costs to what its caller, `$1`, has spent this minute, `$2`; answers what is spent by now and
 * in how many seconds the minute is over.
 */
export const COUNT = `
  insert into request_counts as c (caller, minute, spent) values ($1, date_trunc('minute', clock_now()), $2)
  on conflict (caller) do update set
    minute = excluded.minute,
    spent = case when c.minute = excluded.minute then c.spent else 0 end
          + excluded.spent * case when c.slow_until > clock_now() then ${SLOW} else 1 end
  returning spent, ceil(extract(epoch from minute + interval '1 minute' - clock_now()))::int as seconds`;

/** `$1` caller, `$2` until when. */
export const SLOW_DOWN = `
  insert into request_counts as c (caller, minute, spent, slow_until) values ($1, date_trunc('minute', clock_now()), 0, $2)
  on conflict (caller) do update set slow_until = greatest(c.slow_until, excluded.slow_until)`;

/** What no longer counts. */
export const FORGET = `
  delete from request_counts
  where minute < clock_now() - interval '2 minutes' and coalesce(slow_until, '-infinity') < clock_now()`;
