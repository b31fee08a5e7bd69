import {
  Count,
  Email,
  Flag,
  FlagInQuery,
  IsId,
  Line,
  Nullable,
  OneOf,
  Optional,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { REMINDER_MAILS, ROLES, type ReminderMails, type Role } from '../staff.contract.js';
import { ACCOUNTS } from '../staff.queries.js';

export class OpenAccount {
  /** @example karen.caseworker@demo.ankomst.dk */
  @Email() email: string;
  /** @example "Karen Holm" */
  @Line(100) name: string;
  @OneOf(ROLES) role: Role;
  @IsId() unitId: string;
  @Optional() @OneOf(['da', 'en']) language?: 'da' | 'en';
}

export class ChangeAccount {
  /** @example "Karen Holm" */
  @Optional() @Line(100) name?: string;
  @Optional() @OneOf(ROLES) role?: Role;
  @Optional() @IsId() unitId?: string;
  @Optional() @OneOf(['da', 'en']) language?: 'da' | 'en';
  /** A colleague of the same role, who is told when a reminder stays unread; null for nobody. */
  @Nullable() @IsId() deputyId?: string | null;
  /** A closed account cannot enter; its sessions end. */
  @Optional() @Flag() disabled?: boolean;
}

export class StaffAccountQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(ACCOUNTS)) sort?: string;
  /** Only accounts with this role. */
  @Optional() @OneOf(ROLES) role?: Role;
  /** Only accounts of this unit. */
  @Optional() @IsId() unitId?: string;
  /** Closed accounts instead of open ones. */
  @Optional() @FlagInQuery() disabled?: boolean;
}

export class StaffAccountView {
  id: string;
  /** @example "Karen Holm" */
  name: string;
  /** @example caseworker */
  @OneOf(ROLES) role: string;
  unitId: string;
  /** @example "Integration Nord" */
  unit: string;
}

export class MeView extends StaffAccountView {
  /** @example 1 */
  @Count() version: number;
  /** @example karen.caseworker@demo.ankomst.dk */
  @Email() email: string;
  /** The language of mails. */
  @OneOf(['da', 'en']) language: string;
  /** A mail for each reminder, or one a day with all of them. */
  @OneOf(REMINDER_MAILS) reminderMails: ReminderMails;
  /** Who is told when a reminder stays unread; a closed account counts as nobody. */
  deputyId: string | null;
}

/** An account as an administrator sees it. */
export class AccountView extends MeView {
  disabled: boolean;
}

export class UnitView {
  id: string;
  /** @example "Integration Nord" */
  name: string;
  leaderId: string | null;
}

export class StaffAccountPage extends PageDto(StaffAccountView) {}
