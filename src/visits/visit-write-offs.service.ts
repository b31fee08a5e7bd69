import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { TimelineService } from '../timeline/timeline.service.js';
import type { ManifestView, WriteOff } from './dto/visit-manifest.dto.js';
import { PACK_OF, RECKONED_OF_PACK, WRITE_OFF } from './visit-manifests.queries.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { visitProblem } from './visits.problems.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** Packs that will not come back, or of which no more comes. */
@Injectable()
export class VisitWriteOffsService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly manifests: VisitManifestsService,
    private readonly timeline: TimelineService,
  ) {}

  /** @throws 409 when nothing of the pack is missing */
  async writeOff(actor: Actor, visitId: string, packId: string, { reason }: WriteOff): Promise<ManifestView> {
    await this.database.transaction(async (tx) => {
      requireOpen(await this.visits.open(tx, actor, visitId));
      const [pack] = await tx.query<{ state: string }[]>(PACK_OF, [visitId, packId]);
      if (!pack) throw visitProblem.no_such_pack();
      const [{ missing }] = await tx.query<{ missing: number }[]>(RECKONED_OF_PACK, [visitId, packId]);
      if (pack.state !== 'out' && missing === 0) throw visitProblem.pack_complete();
      await tx.query(WRITE_OFF, [packId, actor.id, reason]);
      const details = { packId, missing };
      await this.timeline.record(tx, actor, [
        { subject: { type: 'visit', id: visitId }, cases: [], fact: 'pack.written_off', details },
      ]);
    });
    return this.manifests.read(actor, visitId);
  }
}
