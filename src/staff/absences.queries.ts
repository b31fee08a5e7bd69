import type { Day } from '../platform/calendar/calendar.js';
import type { List } from '../platform/http/paging.js';
import { leads } from './staff.contract.js';

export interface AbsenceRow {
  id: string;
  version: number;
  account_id: string;
  name: string;
  from_on: Day;
  to_on: Day;
  deputy_id: string | null;
  deputy_name: string | null;
  recorded_by: string;
  recorded_at: Date;
}

const ABSENCE = `
  a.id, a.version, a.account_id, w.name, a.from_on, a.to_on, a.deputy_id, d.name as deputy_name, a.recorded_by, a.recorded_at`;
const WITH_PEOPLE = `
  from staff_absences a join staff_accounts w on w.id = a.account_id left join staff_accounts d on d.id = a.deputy_id`;

/**
 * Those of `$1`, those in which `$1` is the deputy, and those of the unit that `$1` leads; of everybody when `$2`.
 * `$3` account or null. Staff are colleagues, not citizens: no read log.
 */
export const ABSENCES = {
  name: 'absences.list',
  select: ABSENCE,
  from: `${WITH_PEOPLE}
    where ($2::boolean or $1::uuid in (a.account_id, a.deputy_id) or ${leads('w.unit_id')})
      and ($3::uuid is null or a.account_id = $3)`,
  sorts: { fromOn: { sql: 'a.from_on', type: 'date' } },
  first: '-fromOn',
  id: { sql: 'a.id', type: 'uuid' },
} satisfies List;

export const ABSENCE_BY_ID = `select ${ABSENCE} ${WITH_PEOPLE} where a.id = $1`;

/** Whether `$1` leads the unit of account `$2` today. */
export const LEADS = `select from staff_accounts w where w.id = $2 and ${leads('w.unit_id')}`;

export interface LockedAccount {
  id: string;
  role: string;
  unit_id: string;
  disabled: boolean;
}

/** Of the absent and the deputy, so that neither is closed, nor gets an absence, meanwhile; in one order, whoever asks. */
export const LOCK_ACCOUNTS = `
  select id, role, unit_id, disabled_at is not null as disabled from staff_accounts
  where id = any($1::uuid[]) order by id for no key update`;

/** Whether account `$1` is away on one of the days from `$2` to `$3`. */
export const AWAY_BETWEEN = `
  select from staff_absences where account_id = $1 and from_on <= $3::date and $2::date <= to_on and from_on <= to_on`;

/** One that never was in force; any other is history. */
export const DELETE_COMING = 'delete from staff_absences where id = $1 and from_on > clock_today()';
