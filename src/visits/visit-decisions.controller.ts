import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { AsideOperation, AsidePage, AsideQuery, DecideOperation } from './dto/visit-decision.dto.js';
import { VisitDecisionsService } from './visit-decisions.service.js';

@Controller('visits/:id/operations')
export class VisitDecisionsController {
  constructor(private readonly decisions: VisitDecisionsService) {}

  /** Operations that stand aside, in conflict or in quarantine, with both values where you see whose they are. */
  @Get()
  @Costs(2)
  @Roles('job_consultant', 'team_leader')
  @MayAnswer('visits.no_such_visit')
  list(@CurrentActor() actor: StaffActor, @Id() id: string, @Query() query: AsideQuery): Promise<AsidePage> {
    return this.decisions.list(actor, id, query);
  }

  /** Take the value of an operation that stands aside, or leave what stands. */
  @Post(':operationId/decisions')
  @HttpCode(200)
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.no_such_operation',
    'visits.closed',
    'visits.cancelled',
    'visits.decided',
    'visits.nowhere_to_put',
    'visits.value_unusable',
    'request.key_used_otherwise',
    'visits.assessment_without_meeting',
    'refugees.no_such_case',
  )
  decide(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('operationId') operationId: string,
    @Body() request: DecideOperation,
  ): Promise<AsideOperation> {
    return this.decisions.decide(actor, id, operationId, request);
  }
}
