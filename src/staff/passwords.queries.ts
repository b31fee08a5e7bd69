import { outgoing } from '../platform/mail/outgoing.queries.js';
import type { Claim } from '../platform/mail/outgoing.js';

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

const TO_SEND = outgoing('password_tokens', 'o.ended_at is null');

/** Oldest first. */
export const TOKENS_TO_SEND = `select o.id from password_tokens o where ${TO_SEND.due} order by o.asked_at, o.id limit 500`;

export interface TokenToSend extends Claim {
  purpose: 'invitation' | 'reset';
  expires_at: Date;
  email: string;
  name: string;
  language: 'da' | 'en';
}

/** Takes `$1` and gives it its token (`$2` the hash): one that may be out already is replaced by the new one. */
export const CLAIM_TO_SEND = `
  with claimed as (${TO_SEND.claim(`, token_hash = $2, expires_at = clock_now() + ${GOOD_FOR}`)})
  select c.id, c.attempts, c.lost, c.again, c.purpose, c.expires_at, a.email, a.name, a.language
  from claimed c join staff_accounts a on a.id = c.account_id`;

export const SEND_TOKEN_LATER = TO_SEND.retry;

export const TOKEN_SETTLED = TO_SEND.settle(`,
  ended_at = case when $3 = 'sent' then ended_at else coalesce(ended_at, clock_now()) end,
  ended_because = case when $3 = 'sent' then ended_because else coalesce(ended_because, 'not sent') end`);

/** What could not be sent for as long as it would have been good. */
export const GIVE_UP = `
  update password_tokens set state = 'failed', not_sent_because = 'given_up', ended_at = clock_now(), ended_because = 'not sent'
  where state in ('planned', 'sending') and ended_at is null and asked_at < clock_now() - ${GOOD_FOR} returning id`;
