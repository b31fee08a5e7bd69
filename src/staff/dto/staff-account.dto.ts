import { Count, Email, Flag, IsId, Line, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { ROLES, type Role } from '../staff.contract.js';
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
  @Optional() @OneOf(['true', 'false']) disabled?: 'true' | 'false';
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
  /** @example karen.caseworker@demo.ankomst.dk */
  @Email() email: string;
  /** The language of mails. */
  @OneOf(['da', 'en']) language: string;
}

/** An account as an administrator sees it. */
export class AccountView extends MeView {
  /** @example 1 */
  @Count() version: number;
  disabled: boolean;
}

export class UnitView {
  id: string;
  /** @example "Integration Nord" */
  name: string;
  leaderId: string | null;
}

export class StaffAccountPage extends PageDto(StaffAccountView) {}
