import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages } from '../platform/http/paging.js';
import { allow } from '../platform/http/problem.js';
import type { StaffActor, TeamRole } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { READ_PARAMETERS, TimelineService } from '../timeline/timeline.service.js';
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
import { timelinePage, TIMELINE_SORTS, type TimelineRow } from './refugees.queries.js';
import { RefugeesService } from './refugees.service.js';

const INSERT_GRANT = `
  insert into access_grant (id, refugee_id, staff_id, granted_by, until_at)
  values ($1, $2, $3, $4, clock_now() + make_interval(days => $5)) returning id, staff_id as "staffId", until_at as "untilAt"`;
const END_GRANT =
  'update access_grant set until_at = clock_now() where id = $1 and refugee_id = $2 and until_at > clock_now() returning id';

/** Who works on a case and who may see it, and what has happened in it. */
@Injectable()
export class CasesService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly team: CaseTeamService,
    private readonly staff: StaffService,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
  ) {}

  assign(
    actor: StaffActor,
    refugeeId: string,
    role: TeamRole,
    { staffId, fromOn }: AssignTeamRole,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { basis } = await this.refugees.open(tx, actor, refugeeId);
      allow(mayChangeTeam(actor, basis));
      if (!(await this.staff.inRole(tx, staffId, role))) throw refugeeProblem.not_in_that_role();
      if (!(await this.team.join(tx, refugeeId, role, staffId, fromOn ?? null))) return;
      const details = { role, staffId, fromOn: fromOn ?? null };
      await this.timeline.record(tx, actor, [
        { subject: { type: 'case', id: refugeeId }, cases: [refugeeId], fact: 'team.joined', details },
      ]);
    });
  }

  release(actor: StaffActor, refugeeId: string, role: TeamRole): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { basis } = await this.refugees.open(tx, actor, refugeeId);
      allow(mayChangeTeam(actor, basis));
      if (!(await this.team.leave(tx, refugeeId, role))) return;
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'case', id: refugeeId },
          cases: [refugeeId],
          fact: 'team.left',
          details: { role },
        },
      ]);
    });
  }

  grant(actor: StaffActor, refugeeId: string, { staffId, days }: GrantSight): Promise<GrantView> {
    return this.database.transaction(async (tx) => {
      const { basis } = await this.refugees.open(tx, actor, refugeeId);
      allow(mayGrantSight(actor, basis));
      const [grant] = await tx.query<GrantView[]>(INSERT_GRANT, [
        uuidv7(),
        refugeeId,
        staffId,
        actor.id,
        days,
      ]);
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'case', id: refugeeId },
          cases: [refugeeId],
          fact: 'grant.given',
          details: { grantId: grant.id, staffId, days },
        },
      ]);
      return grant;
    });
  }

  revoke(actor: StaffActor, refugeeId: string, grantId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { basis } = await this.refugees.open(tx, actor, refugeeId);
      allow(mayGrantSight(actor, basis));
      const [ended] = await tx.query<[unknown[], number]>(END_GRANT, [grantId, refugeeId]);
      if (ended.length === 0) return;
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'case', id: refugeeId },
          cases: [refugeeId],
          fact: 'grant.revoked',
          details: { grantId },
        },
      ]);
    });
  }

  async history(actor: Actor, refugeeId: string, query: TimelineQuery): Promise<TimelinePage> {
    const page = this.pages.open('timeline', { ...query, case: refugeeId }, TIMELINE_SORTS, '-at', {
      sql: 't.id',
      type: 'uuid',
    });
    const parameters: unknown[] = [refugeeId];
    const after = page.after(parameters, READ_PARAMETERS);
    const rows = await this.timeline.read<TimelineRow>(
      actor,
      'timeline.list',
      timelinePage(page.sortValue, after, page.orderBy, page.limit),
      parameters,
      page.limit,
    );
    if (rows.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page.close(rows, entry);
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
