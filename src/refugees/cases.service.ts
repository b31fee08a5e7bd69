import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { allow } from '../platform/http/problem.js';
import type { StaffActor, TeamRole } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { caseFact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CaseTeamService } from './case-team.service.js';
import type { AssignTeamRole, TimelineEntry, TimelinePage, TimelineQuery } from './dto/case.dto.js';
import { mayChangeTeam } from './refugees.policy.js';
import { refugeeProblem } from './refugees.problems.js';
import { HAS_OWN_PLACE, TIMELINE, type TimelineRow } from './refugees.queries.js';
import { RefugeesService } from './refugees.service.js';

/** Who works on a case, and what has happened in it. */
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
      await this.openTeam(tx, actor, refugeeId);
      if (!(await this.staff.inRole(tx, staffId, role))) throw refugeeProblem.not_in_that_role();
      if (!(await this.team.join(tx, refugeeId, role, staffId, fromOn ?? null))) return;
      await this.timeline.record(tx, actor, [
        caseFact(refugeeId, 'team.joined', { role, staffId, fromOn: fromOn ?? null }),
      ]);
    });
  }

  /** Who only stands in for a colleague leaves the team as it is: their sight is to end with the days they stand in. */
  private async openTeam(tx: EntityManager, actor: StaffActor, refugeeId: string): Promise<void> {
    await this.refugees.open(tx, actor, refugeeId, mayChangeTeam);
    const [{ own }] = await tx.query<{ own: boolean }[]>(HAS_OWN_PLACE, [actor.id, refugeeId]);
    allow(own);
  }

  release(actor: StaffActor, refugeeId: string, role: TeamRole): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.openTeam(tx, actor, refugeeId);
      if (!(await this.team.leave(tx, refugeeId, role))) return;
      await this.timeline.record(tx, actor, [caseFact(refugeeId, 'team.left', { role })]);
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
