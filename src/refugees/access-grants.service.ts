import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { CASE_ROLES, type StaffActor } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { caseFact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import {
  END_GRANT,
  GRANT_BY_ID,
  GRANTS,
  INSERT_GRANT,
  PROLONG_GRANT,
  type GrantRow,
} from './access-grants.queries.js';
import type { GrantPage, GrantQuery, GrantSight, GrantView } from './dto/access-grant.dto.js';
import { mayGrantSight, maySeeGrants } from './refugees.policy.js';
import { refugeeProblem } from './refugees.problems.js';
import { RefugeesService } from './refugees.service.js';

/** Sight of a case for a colleague outside its team, for some days; each colleague has at most one grant of a case at a time. */
@Injectable()
export class AccessGrantsService {
  constructor(
    private readonly database: Database,
    private readonly refugees: RefugeesService,
    private readonly staff: StaffService,
    private readonly timeline: TimelineService,
  ) {}

  async list(actor: StaffActor, refugeeId: string, query: GrantQuery): Promise<GrantPage> {
    await this.refugees.requireMay(actor, refugeeId, maySeeGrants);
    const page = await this.timeline.list(actor, GRANTS, query, [refugeeId], view);
    if (page.items.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return page;
  }

  /** Who sees the case by a grant already has it for longer: a leader who gives it again need not take it back first. */
  async give(actor: StaffActor, refugeeId: string, { staffId, days }: GrantSight): Promise<GrantView> {
    const id = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayGrantSight);
      if (!(await this.staff.inRole(tx, staffId, ...CASE_ROLES))) throw refugeeProblem.reads_no_cases();
      const running = await prolong(tx, refugeeId, staffId, days);
      const grantId = running?.id ?? uuidv7();
      if (!running) await tx.query(INSERT_GRANT, [grantId, refugeeId, staffId, actor.id, days]);
      const what = running ? 'grant.prolonged' : 'grant.given';
      if (running?.prolonged !== false)
        await this.timeline.record(tx, actor, [caseFact(refugeeId, what, { grantId, staffId, days })]);
      return grantId;
    });
    return this.read(actor, id);
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

  private async read(actor: Actor, id: string): Promise<GrantView> {
    const row = await this.timeline.readOne<GrantRow>(actor, 'grants.read', GRANT_BY_ID, [id]);
    if (!row) throw refugeeProblem.no_such_grant();
    return view(row);
  }
}

/** The grant that runs already, if one does, and whether it lasts longer now. */
async function prolong(
  tx: EntityManager,
  refugeeId: string,
  staffId: string,
  days: number,
): Promise<{ id: string; prolonged: boolean } | undefined> {
  const [[running]] = await tx.query<[{ id: string; prolonged: boolean }[], number]>(PROLONG_GRANT, [
    refugeeId,
    staffId,
    days,
  ]);
  return running;
}

function view(row: GrantRow): GrantView {
  return {
    id: row.id,
    refugeeId: row.refugee_id,
    staffId: row.staff_id,
    name: row.name,
    grantedBy: row.granted_by,
    fromAt: row.from_at.toISOString(),
    untilAt: row.until_at.toISOString(),
    running: row.running,
  };
}
