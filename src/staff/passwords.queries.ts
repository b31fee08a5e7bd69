/** How long what was asked for is good: until it is sent, and again from then on until it is used. */
const GOOD_FOR = `case purpose when 'invitation' then interval '7 days' else interval '1 hour' end`;

export const INSERT_INVITATION = `insert into password_tokens (id, account_id, purpose) values ($1, $2, 'invitation')`;

/** Of whoever has the e-mail `$2`, unless one is on its way; the same work when nobody has. */
export const INSERT_RESET = `
  insert into password_tokens (id, account_id, purpose)
  select $1, a.id, 'reset' from staff_accounts a
  where lower(a.email) = $2 and a.disabled_at is null and not exists (
    select from password_tokens t
    where t.account_id = a.id and t.purpose = 'reset' and t.sent_at is null and t.ended_at is null)`;

export interface UsableToken {
  id: string;
  account_id: string;
  email: string;
  name: string;
}

export const USABLE_TOKEN = `
  select t.id, t.account_id, a.email, a.name from password_tokens t join staff_accounts a on a.id = t.account_id
  where t.token_hash = $1 and t.ended_at is null and t.expires_at > clock_now() and a.disabled_at is null`;

/** `$1` account, `$2` hash of its new password. It comes first: whoever closes the account begins with it, too. */
export const SET_PASSWORD = `
  update staff_accounts set password_hash = $2, password_version = password_version + 1
  where id = $1 and disabled_at is null returning id`;

/** The same, if `$3` is still the version of the password. */
export const CHANGE_PASSWORD = SET_PASSWORD.replace('returning', 'and password_version = $3 returning');

/** Only one of two that come at once gets a row. */
export const USE_TOKEN = `
  update password_tokens set ended_at = clock_now(), ended_because = 'used'
  where id = $1 and token_hash = $2 and ended_at is null and expires_at > clock_now() returning id`;

export const END_TOKENS = `
  update password_tokens set ended_at = clock_now(), ended_because = $2 where account_id = $1 and ended_at is null`;

export interface TokenToSend {
  id: string;
  purpose: 'invitation' | 'reset';
  attempts: number;
  expires_at: Date;
  email: string;
  name: string;
  language: 'da' | 'en';
}

/**
 * Takes one that is to be sent and gives it its token (`$1` the hash). It is left alone for 30 seconds, doubled each
 * time up to an hour: real time, as claims are. A token that may be out already is replaced by the new one.
 */
export const CLAIM_TO_SEND = `
  with claimed as (
    update password_tokens set token_hash = $1, expires_at = clock_now() + ${GOOD_FOR}, attempts = attempts + 1,
      retry_at = now() + interval '30 seconds' * 2 ^ least(attempts, 7)
    where id = (
      select id from password_tokens
      where sent_at is null and ended_at is null and coalesce(retry_at, '-infinity') <= now()
      order by asked_at, id limit 1 for update skip locked)
    returning id, account_id, purpose, attempts, expires_at
  )
  select c.id, c.purpose, c.attempts, c.expires_at, a.email, a.name, a.language
  from claimed c join staff_accounts a on a.id = c.account_id`;

export const MARK_SENT = 'update password_tokens set sent_at = clock_now() where id = $1 and token_hash = $2';

/** What could not be sent for as long as it would have been good. */
export const GIVE_UP = `
  update password_tokens set ended_at = clock_now(), ended_because = 'not sent'
  where sent_at is null and ended_at is null and asked_at < clock_now() - ${GOOD_FOR} returning id`;
