import type { List } from '../platform/http/paging.js';

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  language: string;
  role: string;
  unit_id: string;
  unit: string;
}

const ACCOUNT = 'a.id, a.name, a.email, a.language, a.role, a.unit_id, u.name as unit';

/** Open accounts; `$1` role, `$2` unit, either may be null. Staff are colleagues, not citizens: no read log. */
export const ACCOUNTS = {
  name: 'staff_accounts.list',
  select: ACCOUNT,
  from: `
    from staff_accounts a join units u on u.id = a.unit_id
    where a.disabled_at is null and ($1::text is null or a.role = $1) and ($2::uuid is null or a.unit_id = $2)`,
  sorts: { name: { sql: 'a.name', type: 'text' } },
  first: 'name',
  id: { sql: 'a.id', type: 'uuid' },
} satisfies List;

export const ACCOUNT_BY_ID = `select ${ACCOUNT} from staff_accounts a join units u on u.id = a.unit_id where a.id = $1`;

export const UNITS = 'select id, name, leader_id as "leaderId" from units order by name';

/** Claims a refresh token: only one of two that come at once gets a row with `first` true. */
export const CLAIM_REFRESH_TOKEN = `
  with claimed as (
    update refresh_tokens set used_at = clock_now()
    where token_hash = $1 and used_at is null returning session_id, expires_at > clock_now() as fresh
  )
  select t.session_id, c.session_id is not null as first, coalesce(c.fresh, false) as fresh, s.account_id, s.ended_at is null as running
  from refresh_tokens t join sessions s on s.id = t.session_id left join claimed c on true
  where t.token_hash = $1`;
