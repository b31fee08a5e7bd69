import { leads } from './staff.contract.js';
import type { List } from '../platform/http/paging.js';
import type { ReminderMails } from './staff.contract.js';

export interface AccountRow {
  id: string;
  name: string;
  email: string;
  language: string;
  role: string;
  unit_id: string;
  unit: string;
  deputy_id: string | null;
  reminder_mails: ReminderMails;
  version: number;
  disabled: boolean;
}

const ACCOUNT = `
  a.id, a.name, a.email, a.language, a.role, a.unit_id, u.name as unit, a.deputy_id, a.reminder_mails, a.version, a.disabled_at is not null as disabled`;

/** `$1` role, `$2` unit, either may be null; `$3` whether closed ones. Staff are colleagues, not citizens: no read log. */
export const ACCOUNTS = {
  name: 'staff_accounts.list',
  select: ACCOUNT,
  from: `
    from staff_accounts a join units u on u.id = a.unit_id
    where (a.disabled_at is not null) = $3 and ($1::text is null or a.role = $1) and ($2::uuid is null or a.unit_id = $2)`,
  sorts: { name: { sql: 'a.name', type: 'text' } },
  first: 'name',
  id: { sql: 'a.id', type: 'uuid' },
} satisfies List;

export const ACCOUNT_BY_ID = `select ${ACCOUNT} from staff_accounts a join units u on u.id = a.unit_id where a.id = $1`;

export const UNITS = 'select id, name, leader_id as "leaderId" from units order by name';

/** Whether `$1` leads the unit `$2` today. */
export const LEADS_UNIT = `select ${leads('$2')} as leads`;

/** One change of who administers after the other: two could each leave it to the other one. */
export const LOCK_ADMINISTRATORS = `select pg_advisory_xact_lock(hashtext('ankomst.administrators'))`;

export const OTHER_ADMINISTRATORS = `
  select count(*)::int as count from staff_accounts
  where role = 'administrator' and disabled_at is null and id <> $1`;

/** Who got another role stands in for nobody of the former one: `$1` account. */
export const LEAVE_AS_DEPUTY =
  'update staff_accounts set deputy_id = null, version = version + 1 where deputy_id = $1';
