import { problems } from '../platform/http/problem.js';

export const readLogProblem = problems('access', {
  purpose_required: {
    kind: 'invalid',
    da: 'Du ser sagen i kraft af en særlig adgang: sig med headeren Purpose, hvad du skal bruge den til.',
    en: 'You see this case by a grant: say in the Purpose header what it is for.',
    reach: 'signed in',
  },
});

/**
 * Wraps a read so that the same statement writes one row of the read log with every person in the reply.
 *
 * `statement` selects the reply's rows with `person_id` (or null) and `basis` from `visible_cases`;
 * `$1` is the reader's id, `$2` the purpose of the `Purpose` header or null.
 * The log keeps the weakest basis of the reply; a grant must have named its purpose, or nothing is logged
 * and the caller refuses the reply.
 *
 * @param limit rows of a page; `statement` then fetches one more, and `more` says that it found it
 */
export function withReadLog(what: string, statement: string, limit: number): string {
  return `
    with found as (${statement}),
    page as (select * from found limit ${limit}),
    logged as (
      insert into read_log (actor_id, what, purpose, person_ids)
      select $1::uuid, '${what}', case max(basis) when 'grant' then $2::text else max(basis)::text end,
             array_agg(distinct person_id)
      from page where person_id is not null
      having count(*) > 0 and (max(basis) <> 'grant' or $2::text is not null)
    )
    select page.*, (select count(*) from found) > ${limit} as more from page`;
}
