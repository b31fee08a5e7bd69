import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import type { Language } from '../platform/http/language.js';
import { CASE_ROLES } from '../staff/staff.contract.js';
import { staffProblem } from '../staff/staff.problems.js';
import { StaffService } from '../staff/staff.service.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type {
  LoadView,
  UnitFollowUpPage,
  UnitFollowUpQuery,
  UnitFollowUpView,
  UnitLoad,
} from './dto/load.dto.js';
import { FOLLOW_UPS_OF_UNIT, LOAD_OF_UNIT, type LoadRow } from './loads.queries.js';
import type { FollowUpRow } from './reminders.queries.js';
import { RemindersService } from './reminders.service.js';

/** How the work of a unit lies, for who leads it today: its leader, or the leader's deputy. */
@Injectable()
export class LoadsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly reminders: RemindersService,
    private readonly staff: StaffService,
  ) {}

  /** Figures of colleagues, none of citizens: nothing for the read log. @throws 404 */
  async ofUnit(actor: Actor, unitId: string): Promise<UnitLoad> {
    const rows = await this.database.query<LoadRow[]>(LOAD_OF_UNIT, [actor.id, unitId, CASE_ROLES]);
    // There is a row for nobody in every unit that the actor leads.
    if (rows.length === 0) throw staffProblem.unit_not_led();
    return { items: rows.map(loadOf) };
  }

  /** What the figures count. @throws 404 */
  async followUps(
    actor: Actor,
    unitId: string,
    query: UnitFollowUpQuery,
    language: Language,
  ): Promise<UnitFollowUpPage> {
    const { ownerId = null, unowned = null, overdue = null, dueThisWeek = null, snoozed = null } = query;
    const filters = [unitId, ownerId, unowned, overdue, dueThisWeek, snoozed];
    const shown = this.reminders.presented(language);
    const present = (row: FollowUpRow): UnitFollowUpView => ({ ...shown(row), ownerId: row.owner_id });
    const page = await this.timeline.list(actor, FOLLOW_UPS_OF_UNIT, query, filters, present);
    if (page.items.length === 0) await this.staff.requireLed(this.database, actor, unitId);
    return page;
  }
}

function loadOf(row: LoadRow): LoadView {
  const { id, name, role, closed, open, due_this_week, overdue, snoozed, unread, cases } = row;
  return {
    person: id === null ? null : { id, name: name!, role: role!, closed },
    open,
    dueThisWeek: due_this_week,
    overdue,
    snoozed,
    unreadReminders: unread,
    cases,
  };
}
