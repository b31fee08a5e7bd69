import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { Pages } from '../platform/http/paging.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { StaffService } from '../staff/staff.service.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import type { PlanVisit, VisitListItem, VisitPage, VisitQuery, VisitView } from './dto/visit.dto.js';
import { participantView, visitItem } from './visits.presenter.js';
import { VisitManifestsService } from './visit-manifests.service.js';
import { DROP_UNNAMED } from './visit-attachments.queries.js';
import { visitProblem } from './visits.problems.js';
import {
  CLOSE_VISIT,
  INSERT_CONSULTANTS,
  OPEN_PARTICIPANTS,
  PARTICIPANTS_OF,
  VISIT_BY_ID,
  VISIT_WITH_PARTICIPANTS,
  VISITS,
  type ParticipantRow,
  type StoredParticipant,
  type VisitRow,
} from './visits.queries.js';

@Injectable()
export class VisitsService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffService,
    private readonly timeline: TimelineService,
    private readonly pages: Pages,
    private readonly manifests: VisitManifestsService,
  ) {}

  /** The visit, locked for a change. @throws 404 when the actor does not see it */
  async open(tx: EntityManager, actor: Actor, id: string): Promise<CentreVisit> {
    const visit = await tx
      .createQueryBuilder(CentreVisit, 'cv')
      .setLock('pessimistic_write')
      .where('cv.id = :id and exists (select from visible_visits(:actor) s where s.visit_id = cv.id)')
      .setParameters({ id, actor: actor.id })
      .getOne();
    if (!visit) throw visitProblem.no_such_visit();
    return visit;
  }

  list(actor: Actor, query: VisitQuery): Promise<VisitPage> {
    return this.pages.list<VisitRow, VisitListItem>(
      VISITS,
      query,
      [actor.id, query.centreId ?? null],
      visitItem,
    );
  }

  async read(actor: Actor, id: string): Promise<VisitView> {
    const rows = await this.timeline.readAll<VisitRow & ParticipantRow>(
      actor,
      'visits.read',
      VISIT_WITH_PARTICIPANTS,
      [id],
    );
    if (rows.length === 0) throw visitProblem.no_such_visit();
    const participants = rows.filter((row) => row.participant_id !== null).map(participantView);
    return { ...visitItem(rows[0]), participants };
  }

  /** The visit takes the actor's unit, and the actor goes along. */
  async plan(
    actor: StaffActor,
    { centreId, onDay, consultantIds = [], interpreterLanguage }: PlanVisit,
  ): Promise<VisitListItem> {
    const consultants = [...new Set([actor.id, ...consultantIds])];
    const planned = await this.database.transaction(async (tx) => {
      const visit = Object.assign(new CentreVisit(), {
        unitId: actor.unitId,
        centreId,
        onDay,
        interpreterLanguage: interpreterLanguage ?? null,
        plannedBy: actor.id,
      });
      await this.requireConsultants(tx, consultants);
      await tx.insert(CentreVisit, visit);
      await tx.query(INSERT_CONSULTANTS, [visit.id, consultants]);
      const details = { centreId, onDay, unitId: actor.unitId, consultantIds: consultants };
      await this.timeline.record(tx, actor, [
        { subject: { type: 'visit', id: visit.id }, cases: [], fact: 'visit.planned', details },
      ]);
      return visit.id;
    });
    return this.summary(actor, planned);
  }

  /** Closes a visit, on its day or later, in which every participant has an outcome, and of which everything came back. */
  async close(actor: StaffActor, id: string): Promise<VisitListItem> {
    await this.database.transaction(async (tx) => {
      const visit = await this.open(tx, actor, id);
      requireOpen(visit);
      if ((await today(tx)) < visit.onDay) throw visitProblem.not_yet({ onDay: visit.onDay });
      await this.requireOutcomes(tx, actor, visit.id);
      await this.manifests.requireComplete(tx, visit.id);
      const participants = await tx.query<StoredParticipant[]>(PARTICIPANTS_OF, [visit.id]);
      await tx.query(CLOSE_VISIT, [visit.id]);
      await tx.query(DROP_UNNAMED, [visit.id]);
      await this.timeline.record(tx, actor, [
        {
          subject: { type: 'visit', id: visit.id },
          cases: participants.map(({ refugee_id }) => refugee_id),
          fact: 'visit.closed',
        },
      ]);
    });
    return this.summary(actor, id);
  }

  /** @throws 422 when one of them is no job consultant today */
  async requireConsultants(tx: EntityManager, ids: string[]): Promise<void> {
    for (const id of ids) {
      if (!(await this.staff.inRole(tx, id, 'job_consultant')))
        throw visitProblem.not_a_job_consultant({ staffId: id });
    }
  }

  /** @throws 422 while a participant lacks an outcome; how many the actor hears only of those whose case they see */
  private async requireOutcomes(tx: EntityManager, actor: Actor, id: string): Promise<void> {
    const open = await tx.query<{ seen: boolean }[]>(OPEN_PARTICIPANTS, [actor.id, id]);
    const seen = open.filter((one) => one.seen).length;
    if (seen > 0) throw visitProblem.participants_open({ open: seen });
    if (open.length > 0) throw visitProblem.hidden_participants_open();
  }

  /** @throws 404 when the actor does not see it */
  async summary(actor: Actor, id: string): Promise<VisitListItem> {
    const [row] = await this.database.query<VisitRow[]>(VISIT_BY_ID, [actor.id, id]);
    if (!row) throw visitProblem.no_such_visit();
    return visitItem(row);
  }
}

/** @throws 409 when the visit is over, or will not be */
export function requireOpen(visit: CentreVisit): void {
  if (visit.isClosed) throw visitProblem.closed();
  if (visit.isCancelled) throw visitProblem.cancelled();
}
