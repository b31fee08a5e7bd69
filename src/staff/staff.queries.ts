import type { SortColumn } from '../platform/http/paging.js';

export const ACCOUNT_SORTS = { name: { sql: 'a.name', type: 'text' } } satisfies Record<string, SortColumn>;

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  language: string;
  role: string;
  unit_id: string;
  unit: string;
  sort_value: string;
  more: boolean;
}

/** Open accounts; `$1` role, `$2` unit, either may be null. Staff are colleagues, not citizens: no read log. */
export const accountsPage = (sortValue: string, after: string, orderBy: string, limit: number): string => `
  with found as (
    select a.id, a.name, a.email, a.language, a.role, a.unit_id, u.name as unit, ${sortValue}
    from staff_accounts a join units u on u.id = a.unit_id
    where a.disabled_at is null and ($1::text is null or a.role = $1) and ($2::uuid is null or a.unit_id = $2) and ${after}
    order by ${orderBy} limit ${limit + 1}
  )
  select *, (select count(*) from found) > ${limit} as more from found limit ${limit}`;

export const ACCOUNT_BY_ID = `
  select a.id, a.name, a.email, a.language, a.role, a.unit_id, u.name as unit
  from staff_accounts a join units u on u.id = a.unit_id where a.id = $1`;

/** Claims a refresh token: only one of two that come at once gets a row with `first` true. */
export const CLAIM_REFRESH_TOKEN = `
  with claimed as (
    update refresh_tokens set used_at = clock_now()
    where token_hash = $1 and used_at is null returning session_id, expires_at > clock_now() as fresh
  )
  select t.session_id, c.session_id is not null as first, coalesce(c.fresh, false) as fresh, s.account_id, s.ended_at is null as running
  from refresh_tokens t join sessions s on s.id = t.session_id left join claimed c on true
  where t.token_hash = $1`;
