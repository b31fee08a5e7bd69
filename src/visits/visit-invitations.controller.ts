import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { InvitedParticipants, InviteParticipants } from './dto/visit.dto.js';
import { VisitInvitationsService } from './visit-invitations.service.js';

@Controller('visits/:id')
export class VisitInvitationsController {
  constructor(private readonly invitations: VisitInvitationsService) {}

  /** Say that participants were invited, and how: all of them, or none. */
  @Post('invitations')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_participant',
    'visits.closed',
    'visits.cancelled',
    'visits.outcome_recorded',
    'visits.invited_to_come',
  )
  async invite(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: InviteParticipants,
  ): Promise<InvitedParticipants> {
    return { items: await this.invitations.invite(actor, id, request) };
  }

  /** Take back that a participant was invited. */
  @Delete('participants/:participantId/invitation')
  @Roles('job_consultant', 'team_leader')
  @HttpCode(204)
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_participant',
    'visits.closed',
    'visits.cancelled',
    'visits.outcome_recorded',
    'visits.not_invited',
  )
  takeBack(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('participantId') participantId: string,
  ): Promise<void> {
    return this.invitations.takeBack(actor, id, participantId);
  }
}
