import type { AccountView, MeView, StaffAccountView } from './dto/staff-account.dto.js';
import type { AccountRow } from './staff.queries.js';

/** What every colleague sees of an account. */
export const accountItem = ({ id, name, role, unit_id, unit }: AccountRow): StaffAccountView => ({
  id,
  name,
  role,
  unitId: unit_id,
  unit,
});

/** What the account sees of itself. */
export const ownView = (row: AccountRow): MeView => ({
  ...accountItem(row),
  version: row.version,
  email: row.email,
  language: row.language,
  reminderMails: row.reminder_mails,
  deputyId: row.deputy_id,
});

/** What an administrator sees. */
export const wholeView = (row: AccountRow): AccountView => ({ ...ownView(row), disabled: row.disabled });
