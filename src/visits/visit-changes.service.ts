import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import { requireVersion } from '../platform/http/etag.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import type { ChangeVisit, VisitListItem } from './dto/visit.dto.js';
import { DROP_UNNAMED } from './visit-attachments.queries.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { visitProblem } from './visits.problems.js';
import {
  ASK_AGAIN_FOR_INTERPRETERS,
  CANCEL_INTERPRETERS,
  CANCEL_VISIT,
  CONSULTANTS_OF,
  DELETE_CONSULTANTS,
  INSERT_CONSULTANTS,
  PARTICIPANTS_OF,
  SEES_VISIT,
  TAKE_BACK_INVITATIONS,
  type StoredParticipant,
} from './visits.queries.js';
import { tookPlace } from './visits.contract.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** What becomes of a visit before it takes place: it is changed, or it is cancelled. */
@Injectable()
export class VisitChangesService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly timeline: TimelineService,
    private readonly manifests: VisitManifestsService,
  ) {}

  /** Before the visit's day. Another day is an appointment nobody has been told of: invitations and bookings begin anew. */
  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    { consultantIds, ...said }: ChangeVisit,
  ): Promise<VisitListItem> {
    await this.database.transaction(async (tx) => {
      const visit = await this.visits.open(tx, actor, id);
      requireVersion(visit.version, version);
      requireOpen(visit);
      const now = await today(tx);
      if (visit.onDay <= now) throw visitProblem.day_came({ onDay: visit.onDay });
      const fields = visit.take(said);
      if (visit.onDay < now) throw visitProblem.day_passed({ today: now });
      if (consultantIds && (await this.replaceConsultants(tx, actor, visit, consultantIds)))
        fields.push('consultantIds');
      if (fields.length === 0) return;
      const { onDay, interpreterLanguage } = visit;
      await tx.update(CentreVisit, { id }, { onDay, interpreterLanguage, version: () => 'version + 1' });
      if (fields.includes('onDay')) {
        await tx.query(TAKE_BACK_INVITATIONS, [id]);
        await tx.query(ASK_AGAIN_FOR_INTERPRETERS, [id]);
      }
      await this.record(tx, actor, id, 'visit.changed', {
        fields,
        onDay,
        ...(consultantIds && { consultantIds }),
      });
    });
    return this.visits.summary(actor, id);
  }

  /** A visit that will not take place; whoever was to be met on it is to be invited to another. */
  async cancel(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    reason: string,
  ): Promise<VisitListItem> {
    await this.database.transaction(async (tx) => {
      const visit = await this.visits.open(tx, actor, id);
      requireVersion(visit.version, version);
      requireOpen(visit);
      const participants = await tx.query<StoredParticipant[]>(PARTICIPANTS_OF, [id]);
      if (participants.some(({ outcome }) => tookPlace(outcome))) throw visitProblem.took_place();
      // What was done with a pack may say that it took place.
      await this.manifests.requireComplete(tx, id);
      await tx.query(CANCEL_VISIT, [id, reason]);
      await tx.query(DROP_UNNAMED, [id]);
      await tx.query(CANCEL_INTERPRETERS, [id]);
      await this.record(tx, actor, id, 'visit.cancelled');
    });
    return this.visits.summary(actor, id);
  }

  /** @returns whether others go along now. @throws 422 when the actor would lose sight of the visit */
  private async replaceConsultants(
    tx: EntityManager,
    actor: StaffActor,
    { id }: CentreVisit,
    consultantIds: string[],
  ): Promise<boolean> {
    const before = await tx.query<{ id: string }[]>(CONSULTANTS_OF, [id]);
    if (before.map((one) => one.id).join() === consultantIds.toSorted().join()) return false;
    await this.visits.requireConsultants(tx, consultantIds);
    await tx.query(DELETE_CONSULTANTS, [id]);
    await tx.query(INSERT_CONSULTANTS, [id, consultantIds]);
    const seen = await tx.query<object[]>(SEES_VISIT, [actor.id, id]);
    if (seen.length === 0) throw visitProblem.left_out();
    return true;
  }

  private async record(
    tx: EntityManager,
    actor: StaffActor,
    id: string,
    fact: string,
    details: Fact['details'] = {},
  ): Promise<void> {
    const participants = await tx.query<StoredParticipant[]>(PARTICIPANTS_OF, [id]);
    const cases = participants.map(({ refugee_id }) => refugee_id);
    await this.timeline.record(tx, actor, [{ subject: { type: 'visit', id }, cases, fact, details }]);
  }
}
