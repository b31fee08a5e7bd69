import { Body, Controller, Delete, HttpCode, Post, Put } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { AddParticipant, EndParticipant, ParticipantView } from './dto/visit.dto.js';
import { VisitParticipantsService } from './visit-participants.service.js';

@Controller('visits/:id/participants')
export class VisitParticipantsController {
  constructor(private readonly participants: VisitParticipantsService) {}

  /** Put a person on the visit. */
  @Post()
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_participant',
    'visits.closed',
    'visits.cancelled',
    'visits.full',
    'visits.already_participant',
    'refugees.no_such_case',
  )
  add(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() { refugeeId }: AddParticipant,
  ): Promise<ParticipantView> {
    return this.participants.add(actor, id, refugeeId);
  }

  /** Take somebody off the visit who has no outcome. */
  @Delete(':participantId')
  @Roles('job_consultant', 'team_leader')
  @HttpCode(204)
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_participant',
    'visits.closed',
    'visits.cancelled',
    'visits.outcome_recorded',
  )
  remove(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('participantId') participantId: string,
  ): Promise<void> {
    return this.participants.remove(actor, id, participantId);
  }

  /** Say how it ended for a participant. */
  @Put(':participantId/outcome')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_participant',
    'visits.closed',
    'visits.cancelled',
    'visits.not_met_yet',
    'visits.assessment_without_meeting',
    'competences.no_such_assessment',
  )
  end(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('participantId') participantId: string,
    @Body() request: EndParticipant,
  ): Promise<ParticipantView> {
    return this.participants.end(actor, id, participantId, request);
  }
}
