/** What a claim is given up after; longer than any mail takes. */
const CLAIM_STANDS = `interval '2 minutes'`;

/** What can be taken, of the row `o`. Claims and pauses are real time, not the moved clock. */
const CLAIMABLE = `
  o.state in ('planned', 'sending')
  and (o.state = 'planned' and coalesce(o.retry_at, '-infinity') <= now()
       or o.state = 'sending' and o.claimed_at < now() - ${CLAIM_STANDS})`;

/**
 * The statements for a table whose rows go out as mails. It has the columns `state` (planned, sending, sent, cancelled,
 * failed, unsure), `attempts`, `lost`, `claimed_at`, `retry_at`, `sent_at` and `not_sent_because`.
 * @param due what makes the row `o` due, besides being in nobody's hands
 */
export const outgoing = (table: string, due: string) => ({
  claimable: CLAIMABLE,
  /** Condition on a row `o` that can be taken now. */
  due: `${due} and ${CLAIMABLE}`,

  /** Takes `$1`: the whole row, and `again` when somebody did before and never came back. `also` sets more columns. */
  claim: (also = ''): string => `
    update ${table} o set state = 'sending', claimed_at = now(), attempts = o.attempts + 1,
      lost = o.lost + (o.state = 'sending')::int ${also}
    where o.id = $1 and ${due} and ${CLAIMABLE}
    returning o.*, old.state = 'sending' as again`,

  /** The claim `$2` of `$1` failed: again after 30 seconds, doubled each time up to an hour. */
  retry: `
    update ${table} set state = 'planned', retry_at = now() + least(interval '30 seconds' * 2 ^ least(attempts - 1, 7), interval '1 hour')
    where id = $1 and attempts = $2 and state = 'sending'`,

  /** How the claim `$2` of `$1` ended: `$3` state, `$4` why it was not sent. `also` sets more columns. */
  settle: (also = ''): string => `
    update ${table} set state = $3, not_sent_because = $4, sent_at = case when $3 = 'sent' then clock_now() end ${also}
    where id = $1 and attempts = $2 and state = 'sending' returning id`,
});
