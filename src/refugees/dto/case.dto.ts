import { ApiProperty } from '@nestjs/swagger';
import { IsDay, IsId, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { TEAM_ROLES, type TeamRole } from '../../staff/staff.contract.js';
import { TIMELINE } from '../refugees.queries.js';

export class TeamRolePath {
  @IsId() id: string;
  /** The role in the case team. */
  @OneOf(TEAM_ROLES) role: TeamRole;
}

export class AssignTeamRole {
  /** A colleague with this role. */
  @IsId() staffId: string;
  /** First day; today when left out. Who held the role leaves it that day. */
  @Optional() @IsDay() fromOn?: string;
}

export class TimelineQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(TIMELINE)) sort?: string;
}

export class TimelineEntry {
  id: string;
  at: string;
  /** @example refugee.registered */
  fact: string;
  subject: SubjectView;
  /** Ids, field names, codes, days and numbers; what depends on the fact. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { permitBasis: 'aliens_act_7_1' } })
  details: Record<string, unknown>;
  actor: ActorView | null;
}

export class SubjectView {
  /** @example case */
  type: string;
  id: string;
}

export class ActorView {
  id: string;
  /** @example "Karen Holm" */
  name: string;
}

export class TimelinePage extends PageDto(TimelineEntry) {}
