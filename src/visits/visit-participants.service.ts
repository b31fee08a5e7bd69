import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { competenceProblem } from '../competences/competences.problems.js';
import { CompetencesService } from '../competences/competences.service.js';
import { Database, today } from '../platform/database/database.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import type { EndParticipant, ParticipantView } from './dto/visit.dto.js';
import { MAX_PARTICIPANTS, tookPlace } from './visits.contract.js';
import { mayChangeParticipant } from './visits.policy.js';
import { participantView } from './visits.presenter.js';
import { visitProblem } from './visits.problems.js';
import {
  DELETE_PARTICIPANT,
  END_PARTICIPANT,
  INSERT_PARTICIPANT,
  PARTICIPANT_BY_ID,
  PARTICIPANTS_OF,
  PARTICIPANT_OF,
  type ParticipantRow,
  type StoredParticipant,
} from './visits.queries.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** Who is met on a visit and how that ended. Every change takes the lock of the visit, then of the case. */
@Injectable()
export class VisitParticipantsService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly refugees: RefugeesService,
    private readonly competences: CompetencesService,
    private readonly timeline: TimelineService,
  ) {}

  async add(actor: StaffActor, visitId: string, refugeeId: string): Promise<ParticipantView> {
    const added = await this.database.transaction(async (tx) => {
      const id = uuidv7();
      const visit = await this.visits.open(tx, actor, visitId);
      await this.refugees.open(tx, actor, refugeeId, mayChangeParticipant);
      requireOpen(visit);
      const participants = await tx.query<StoredParticipant[]>(PARTICIPANTS_OF, [visitId]);
      if (participants.length >= MAX_PARTICIPANTS) throw visitProblem.full({ max: MAX_PARTICIPANTS });
      await tx.query(INSERT_PARTICIPANT, [id, visitId, refugeeId]);
      await this.record(tx, actor, visit, { id, refugee_id: refugeeId }, 'participant.added');
      return id;
    });
    return this.read(actor, added);
  }

  remove(actor: StaffActor, visitId: string, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { visit, participant } = await this.open(tx, actor, visitId, id);
      requireOpen(visit);
      if (participant.outcome !== null) throw visitProblem.outcome_recorded();
      await tx.query(DELETE_PARTICIPANT, [id]);
      await this.record(tx, actor, visit, participant, 'participant.removed');
    });
  }

  /** Says how it ended; until the visit is closed it can be said anew. */
  async end(
    actor: StaffActor,
    visitId: string,
    id: string,
    { outcome, assessmentId: said }: EndParticipant,
  ): Promise<ParticipantView> {
    await this.database.transaction(async (tx) => {
      const { visit, participant } = await this.open(tx, actor, visitId, id);
      // Left out, it stays what it is, for who was met.
      const stays = outcome === 'met' ? participant.assessment_id : null;
      const assessmentId = said === undefined ? stays : said;
      if (assessmentId !== null && !(await this.competences.isOf(tx, assessmentId, participant.refugee_id)))
        throw competenceProblem.no_such_assessment();
      requireOpen(visit);
      if (tookPlace(outcome) && (await today(tx)) < visit.onDay)
        throw visitProblem.not_met_yet({ onDay: visit.onDay });
      if (participant.outcome === outcome && participant.assessment_id === assessmentId) return;
      await tx.query(END_PARTICIPANT, [id, outcome, assessmentId, actor.id]);
      await this.record(tx, actor, visit, participant, 'participant.ended', { outcome, assessmentId });
    });
    return this.read(actor, id);
  }

  private async read(actor: StaffActor, id: string): Promise<ParticipantView> {
    const row = await this.timeline.readOne<ParticipantRow>(actor, 'visits.participant', PARTICIPANT_BY_ID, [
      id,
    ]);
    if (!row) throw visitProblem.no_such_participant();
    return participantView(row);
  }

  /** @throws 404 when the actor does not see the visit, or the participant's case; 403 by policy */
  private async open(
    tx: EntityManager,
    actor: StaffActor,
    visitId: string,
    id: string,
  ): Promise<{ visit: CentreVisit; participant: StoredParticipant }> {
    const visit = await this.visits.open(tx, actor, visitId);
    const [participant] = await tx.query<StoredParticipant[]>(PARTICIPANT_OF, [actor.id, visitId, id]);
    if (!participant) throw visitProblem.no_such_participant();
    await this.refugees.open(tx, actor, participant.refugee_id, mayChangeParticipant);
    return { visit, participant };
  }

  /** A change of a participant is a change of the visit, too. */
  private async record(
    tx: EntityManager,
    actor: StaffActor,
    visit: CentreVisit,
    { id, refugee_id }: Pick<StoredParticipant, 'id' | 'refugee_id'>,
    fact: string,
    details: Fact['details'] = {},
  ): Promise<void> {
    await tx.increment(CentreVisit, { id: visit.id }, 'version', 1);
    await this.timeline.record(tx, actor, [
      {
        subject: { type: 'visit', id: visit.id },
        cases: [refugee_id],
        fact,
        details: { participantId: id, ...details },
      },
    ]);
  }
}
