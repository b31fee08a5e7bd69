import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { CASE_ROLES, type StaffActor, type TeamRole } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { caseFact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CaseTeamService } from './case-team.service.js';
import type {
  AssignTeamRole,
  GrantSight,
  GrantView,
  TimelineEntry,
  TimelinePage,
  TimelineQuery,
} from './dto/case.dto.js';
import { mayChangeTeam, mayGrantSight } from './refugees.policy.js';
import { refugeeProblem } from './refugees.problems.js';
import { END_GRANT, INSERT_GRANT, TIMELINE, type TimelineRow } from './refugees.queries.js';
import { RefugeesService } from './refugees.service.js';

/** Who works on a case and who may see it, and what has happened in it. */
@Injectable()
export class CasesService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly team: CaseTeamService,
    private readonly staff: StaffService,
    private readonly timeline: TimelineService,
  ) {}

  assign(
    actor: StaffActor,
    refugeeId: string,
    role: TeamRole,
    { staffId, fromOn }: AssignTeamRole,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayChangeTeam);
      if (!(await this.staff.inRole(tx, staffId, role))) throw refugeeProblem.not_in_that_role();
      if (!(await this.team.join(tx, refugeeId, role, staffId, fromOn ?? null))) return;
      await this.timeline.record(tx, actor, [
        caseFact(refugeeId, 'team.joined', { role, staffId, fromOn: fromOn ?? null }),
      ]);
    });
  }

  release(actor: StaffActor, refugeeId: string, role: TeamRole): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayChangeTeam);
      if (!(await this.team.leave(tx, refugeeId, role))) return;
      await this.timeline.record(tx, actor, [caseFact(refugeeId, 'team.left', { role })]);
    });
  }

  grant(actor: StaffActor, refugeeId: string, { staffId, days }: GrantSight): Promise<GrantView> {
    return this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayGrantSight);
      if (!(await this.staff.inRole(tx, staffId, ...CASE_ROLES))) throw refugeeProblem.reads_no_cases();
      const [grant] = await tx.query<GrantView[]>(INSERT_GRANT, [
        uuidv7(),
        refugeeId,
        staffId,
        actor.id,
        days,
      ]);
      await this.timeline.record(tx, actor, [
        caseFact(refugeeId, 'grant.given', { grantId: grant.id, staffId, days }),
      ]);
      return grant;
    });
  }

  revoke(actor: StaffActor, refugeeId: string, grantId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayGrantSight);
      const [[grant]] = await tx.query<[{ ended: boolean }[], number]>(END_GRANT, [grantId, refugeeId]);
      if (!grant) throw refugeeProblem.no_such_grant();
      if (grant.ended)
        await this.timeline.record(tx, actor, [caseFact(refugeeId, 'grant.revoked', { grantId })]);
    });
  }

  async history(actor: Actor, refugeeId: string, query: TimelineQuery): Promise<TimelinePage> {
    const page = await this.timeline.list(actor, TIMELINE, query, [refugeeId], entry);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }
}

function entry({
  id,
  at,
  fact,
  subject_type,
  subject_id,
  details,
  actor_id,
  actor_name,
}: TimelineRow): TimelineEntry {
  return {
    id,
    at: at.toISOString(),
    fact,
    subject: { type: subject_type, id: subject_id },
    details,
    actor: actor_id === null ? null : { id: actor_id, name: actor_name ?? '' },
  };
}
