import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Day } from '../platform/calendar/calendar.js';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { CorrectVisitation, RecordVisitation, VisitationView } from './dto/visitation.dto.js';
import { mayWorkOnProgramme } from './programme.policy.js';
import { programmeProblem } from './programme.problems.js';
import { Visitation } from './visitation.entity.js';
import { VISITATION_OF_CASE, type VisitationRow } from './visitations.queries.js';

/** The one visitation of a person; a wrong day is corrected, and the timeline keeps what it was. */
@Injectable()
export class VisitationsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
  ) {}

  async read(actor: Actor, refugeeId: string): Promise<VisitationView> {
    const row = await this.timeline.readOne<VisitationRow>(actor, 'visitations.read', VISITATION_OF_CASE, [
      refugeeId,
    ]);
    if (row) return view(row);
    await this.refugees.requireSeen(actor, refugeeId);
    throw programmeProblem.no_visitation();
  }

  async record(actor: StaffActor, refugeeId: string, request: RecordVisitation): Promise<VisitationView> {
    await this.database.transaction(async (tx) => {
      const refugee = await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      const { heldOn, category = null } = request;
      await requireHeld(tx, heldOn, refugee.knownSince);
      const visitation = Object.assign(new Visitation(), { refugeeId, heldOn, category });
      await tx.insert(Visitation, visitation);
      await this.timeline.record(tx, actor, [
        factOf('visitation', visitation, 'visitation.recorded', { heldOn, category }),
      ]);
    });
    return this.read(actor, refugeeId);
  }

  async correct(
    actor: StaffActor,
    refugeeId: string,
    version: number | undefined,
    request: CorrectVisitation,
  ): Promise<VisitationView> {
    await this.database.transaction(async (tx) => {
      const refugee = await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      const visitation = await tx.findOneBy(Visitation, { refugeeId });
      if (!visitation) throw programmeProblem.no_visitation();
      requireVersion(visitation.version, version);
      const fields = visitation.correct(request);
      if (fields.length === 0) return;
      const { heldOn, category } = visitation;
      await requireHeld(tx, heldOn, refugee.knownSince);
      await tx.save(visitation);
      await this.timeline.record(tx, actor, [
        factOf('visitation', visitation, 'visitation.corrected', { fields, heldOn, category }),
      ]);
    });
    return this.read(actor, refugeeId);
  }
}

async function requireHeld(tx: EntityManager, heldOn: Day, knownSince: Day): Promise<void> {
  if (heldOn < knownSince) throw programmeProblem.before_the_case({ knownSince });
  const now = await today(tx);
  if (heldOn > now) throw programmeProblem.visitation_in_future({ today: now });
}

function view(row: VisitationRow): VisitationView {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.person_id,
    heldOn: row.held_on,
    category: row.category,
    recordedAt: row.recorded_at.toISOString(),
  };
}
