const WINDOW = `interval '15 minutes'`;
/** So many failures of one e-mail, and of one address, in the window close its lock. */
const OF_EMAIL = 5;
const OF_ADDRESS = 50;

/** One after the other for the same e-mail (`$1`) and the same address (`$2`), on every instance. */
export const LOCK_TRIES = `
  select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 1)),
         pg_advisory_xact_lock(hashtextextended(encode($2, 'hex'), 2))`;

const standing = (limit: number, of: string): string => `
  select ${limit} as limit, count(*) filter (where not pending)::int as failures,
         count(*) filter (where pending)::int as pending,
         ceil(extract(epoch from (array_agg(at order by at desc) filter (where not pending))[${limit}]
              + ${WINDOW} - clock_now()))::int as "opensInSeconds"
  from tries where ${of}`;

/**
 * How the e-mail (`$1`) and the address (`$2`) stand. A try without an outcome is pending, and a failure when it has
 * been so for longer than any verification takes: its process was killed. What proves who it is ends the count of
 * the e-mail, not of the address: everybody has an account of their own to sign in to between two guesses.
 */
export const STANDINGS = `
  with tries as (
    select t.at, t.email_index, t.address_index,
           o.event is null and t.at > clock_now() - interval '30 seconds' as pending
    from sign_in_events t left join sign_in_events o on o.attempt_id = t.attempt_id and o.event <> 'tried'
    where t.event = 'tried' and t.at > clock_now() - ${WINDOW} and (t.email_index = $1 or t.address_index = $2)
      and (o.event is null or o.event = 'refused')
  ), proven as (
    select max(at) as at from sign_in_events
    where email_index = $1 and event in ('signed_in', 'password_changed', 'password_set')
  )
  ${standing(OF_EMAIL, `email_index = $1 and at > coalesce((select at from proven), '-infinity')`)}
  union all ${standing(OF_ADDRESS, 'address_index = $2')}`;

/** The same for asking for a new password, where every time counts. */
export const RESET_STANDINGS = `
  with tries as (
    select at, email_index, address_index, false as pending from sign_in_events
    where event = 'reset_asked' and at > clock_now() - ${WINDOW} and (email_index = $1 or address_index = $2)
  )
  ${standing(OF_EMAIL, 'email_index = $1')}
  union all ${standing(OF_ADDRESS, 'address_index = $2')}`;

export const INSERT_EVENT = `
  insert into sign_in_events (event, attempt_id, email_index, address_index, account_id, session_id)
  values ($1, $2, $3, $4, $5, $6)`;

/** What a lock kept out, with the account there may be: `$5` its e-mail. */
export const INSERT_LOCKED = `
  insert into sign_in_events (event, attempt_id, email_index, address_index, account_id)
  values ($1, $2, $3, $4, (select id from staff_accounts where lower(email) = $5))`;

/** Whether what was verified still holds, and holds until the session is there: `$1` account, `$2` its password. */
export const STILL_ENTERS = `
  select from staff_accounts where id = $1 and password_version = $2 and disabled_at is null for share`;

/** `$2` is the same password, hashed stronger, unless somebody was faster (`$3`). */
export const STRENGTHEN_HASH =
  'update staff_accounts set password_hash = $2 where id = $1 and password_hash = $3';
