import { Count, FlagInQuery, IsId, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { ROLES } from '../../staff/staff.contract.js';
import { FOLLOW_UPS_OF_UNIT } from '../loads.queries.js';
import { FollowUpView } from './follow-up.dto.js';

export class LoadedPerson {
  id: string;
  /** @example "Karen Holm" */
  name: string;
  /** @example caseworker */
  @OneOf(ROLES) role: string;
  /** The account is closed: what is still here waits for somebody to take it over. */
  closed: boolean;
}

/** What one person has in the cases of a unit. Suspended follow-ups are not counted: nobody can act on them. */
export class LoadView {
  /** Null for what is nobody's; its `cases` are those without a team. */
  person: LoadedPerson | null;
  /** @example 140 */
  @Count() open: number;
  /** Of the open: last day to act today or within the six days after. @example 12 */
  @Count() dueThisWeek: number;
  /** Of the open: the last day to act has passed. @example 3 */
  @Count() overdue: number;
  /** Of the open: put off until a later day. @example 5 */
  @Count() snoozed: number;
  /** Reminders of open follow-ups that were sent to the person and not read. @example 2 */
  @Count() unreadReminders: number;
  /** Cases in whose team the person is today. @example 118 */
  @Count() cases: number;
}

export class UnitLoad {
  /** One for each colleague, by name, and last one for nobody. */
  items: LoadView[];
}

export class UnitFollowUpQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(FOLLOW_UPS_OF_UNIT)) sort?: string;
  /** Only what this colleague has. */
  @Optional() @IsId() ownerId?: string;
  /** Only what is nobody's, or only what is somebody's. @example false */
  @Optional() @FlagInQuery() unowned?: boolean;
  /** Only where the last day to act has passed, or only where it has not. @example false */
  @Optional() @FlagInQuery() overdue?: boolean;
  /** Only where the last day to act is today or within the six days after, or only others. @example false */
  @Optional() @FlagInQuery() dueThisWeek?: boolean;
  /** Only what is put off until a later day, or only what is not. @example false */
  @Optional() @FlagInQuery() snoozed?: boolean;
}

export class UnitFollowUpView extends FollowUpView {
  /** Null while neither the role nor the lead of the unit is filled. */
  ownerId: string | null;
}

export class UnitFollowUpPage extends PageDto(UnitFollowUpView) {}
