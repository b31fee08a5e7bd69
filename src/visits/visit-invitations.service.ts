import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import type { Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { CentreVisit } from './centre-visit.entity.js';
import type { InviteParticipants, ParticipantView } from './dto/visit.dto.js';
import { mayChangeParticipant } from './visits.policy.js';
import { participantView } from './visits.presenter.js';
import { visitProblem } from './visits.problems.js';
import {
  INVITE_PARTICIPANTS,
  PARTICIPANTS_AMONG,
  PARTICIPANTS_BY_ID,
  type ParticipantRow,
  type StoredParticipant,
} from './visits.queries.js';
import { requireOpen, VisitsService } from './visits.service.js';

/** Who was asked to come to a visit, and how. The lock of the visit comes first, then those of the cases in one order. */
@Injectable()
export class VisitInvitationsService {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitsService,
    private readonly refugees: RefugeesService,
    private readonly timeline: TimelineService,
  ) {}

  /** All of them or none; who was invited before is invited anew. */
  async invite(
    actor: StaffActor,
    visitId: string,
    { participantIds, how, invitedOn }: InviteParticipants,
  ): Promise<ParticipantView[]> {
    await this.database.transaction(async (tx) => {
      const { participants } = await this.open(tx, actor, visitId, participantIds);
      if (participants.some(({ outcome }) => outcome !== null)) throw visitProblem.outcome_recorded();
      const now = await today(tx);
      const on = invitedOn ?? now;
      if (on > now) throw visitProblem.invited_to_come({ today: now });
      await tx.query(INVITE_PARTICIPANTS, [participantIds, on, how]);
      await this.record(tx, actor, visitId, participants, 'participants.invited', { how, invitedOn: on });
    });
    const rows = await this.timeline.readAll<ParticipantRow>(
      actor,
      'visits.participants',
      PARTICIPANTS_BY_ID,
      [participantIds],
    );
    return rows.map(participantView);
  }

  /** Takes an invitation back that was recorded by mistake. */
  takeBack(actor: StaffActor, visitId: string, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { participants } = await this.open(tx, actor, visitId, [id]);
      const [{ outcome, invited_on }] = participants;
      if (outcome !== null) throw visitProblem.outcome_recorded();
      if (invited_on === null) throw visitProblem.not_invited();
      await tx.query(INVITE_PARTICIPANTS, [[id], null, null]);
      await this.record(tx, actor, visitId, participants, 'participants.invitation_taken_back');
    });
  }

  /** @throws 404 when the actor does not see the visit or the case of one of them; 403 by policy; 409 when it is over */
  private async open(
    tx: EntityManager,
    actor: StaffActor,
    visitId: string,
    ids: string[],
  ): Promise<{ visit: CentreVisit; participants: StoredParticipant[] }> {
    const visit = await this.visits.open(tx, actor, visitId);
    const participants = await tx.query<StoredParticipant[]>(PARTICIPANTS_AMONG, [actor.id, visitId, ids]);
    if (participants.length < ids.length) throw visitProblem.no_such_participant();
    for (const { refugee_id } of participants)
      await this.refugees.open(tx, actor, refugee_id, mayChangeParticipant);
    requireOpen(visit);
    return { visit, participants };
  }

  /** A change of participants is a change of the visit, too. */
  private async record(
    tx: EntityManager,
    actor: StaffActor,
    id: string,
    participants: StoredParticipant[],
    fact: string,
    details: Fact['details'] = {},
  ): Promise<void> {
    await tx.increment(CentreVisit, { id }, 'version', 1);
    await this.timeline.record(tx, actor, [
      {
        subject: { type: 'visit', id },
        cases: participants.map(({ refugee_id }) => refugee_id),
        fact,
        details: { participantIds: participants.map((one) => one.id), ...details },
      },
    ]);
  }
}
