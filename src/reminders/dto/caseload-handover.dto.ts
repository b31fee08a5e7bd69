import { Count, IsDay, IsId, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { TEAM_ROLES, type TeamRole } from '../../staff/staff.contract.js';
import { HANDOVERS } from '../caseload-handovers.queries.js';

export class PlanHandover {
  /** The unit whose cases are handed over; you lead it. */
  @IsId() unitId: string;
  /** Who leaves the case teams; also a colleague whose account is closed. */
  @IsId() fromId: string;
  /** Who joins them, in the same role. */
  @IsId() toId: string;
  /** First day; today when left out. */
  @Optional() @IsDay() fromOn?: string;
}

export class RoleToHandOver {
  @OneOf(TEAM_ROLES) role: TeamRole;
  /** Cases in which the colleague holds it on the day or later. @example 118 */
  @Count() cases: number;
  /** Whether it is the role of who takes over: other roles stay. */
  moves: boolean;
}

/** A place in a case's team, with the days in which it changes hands. */
export class PlaceToHandOver {
  refugeeId: string;
  /** @example 1042 */
  @Count() caseNumber: number;
  /** @example "Selam Tesfay" */
  name: string;
  /** @example 2027-02-01 */
  fromOn: string;
  /** The day somebody else was to take it from then, null when nobody was. @example null */
  untilOn: string | null;
}

export class PlacesPage extends PageDto(PlaceToHandOver) {}

export class HandoverPreview {
  roles: RoleToHandOver[];
  /** Open follow-ups that go along, by role or because the colleague was asked to do them. @example 131 */
  @Count() followUps: number;
  /** What would move, by name of the person. */
  places: PlacesPage;
}

export class HandoverQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(HANDOVERS)) sort?: string;
}

export class HandoverPerson {
  id: string;
  /** @example "Karen Holm" */
  name: string;
}

export class HandoverView {
  id: string;
  unitId: string;
  @OneOf(TEAM_ROLES) role: string;
  from: HandoverPerson;
  to: HandoverPerson;
  /** @example 2027-02-01 */
  fromOn: string;
  /** How many cases changed hands. @example 118 */
  @Count() cases: number;
  /** The leader, or their deputy. */
  doneById: string;
  doneAt: string;
}

export class HandoverPage extends PageDto(HandoverView) {}
