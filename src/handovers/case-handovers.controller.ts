import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CaseHandoversService } from './case-handovers.service.js';
import {
  AnswerQuestion,
  CaseHandoverPage,
  CaseHandoverQuery,
  CaseHandoverView,
  OfferCase,
  ReturnCase,
} from './dto/case-handover.dto.js';

@Controller()
export class CaseHandoversController {
  constructor(private readonly handovers: CaseHandoversService) {}

  /** Offer the case to another role of its team, as complete as it is now. */
  @Post('refugees/:id/case-handovers')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'refugees.no_such_case',
    'case_handovers.no_such_handover',
    'case_handovers.nobody_to_receive',
    'case_handovers.open',
    'case_handovers.questions_open',
  )
  offer(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: OfferCase,
  ): Promise<CaseHandoverView> {
    return this.handovers.offer(actor, id, request);
  }

  /** The handovers of a case, newest first. */
  @Get('refugees/:id/case-handovers')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: CaseHandoverQuery,
  ): Promise<CaseHandoverPage> {
    return this.handovers.list(actor, id, query);
  }

  /** One handover, with its questions and their answers. */
  @Get('case-handovers/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('case_handovers.no_such_handover')
  read(@CurrentActor() actor: Actor, @Id() id: string): Promise<CaseHandoverView> {
    return this.handovers.read(actor, id);
  }

  /** Take the case over. */
  @Post('case-handovers/:id/acceptances')
  @Roles('coordinator', 'caseworker', 'team_leader')
  @MayAnswer('case_handovers.no_such_handover', 'case_handovers.decided')
  accept(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<CaseHandoverView> {
    return this.handovers.accept(actor, id);
  }

  /** Send the case back with questions; each becomes a follow-up of the job consultant. */
  @Post('case-handovers/:id/returns')
  @Roles('coordinator', 'caseworker', 'team_leader')
  @MayAnswer('case_handovers.no_such_handover', 'case_handovers.decided')
  return(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: ReturnCase,
  ): Promise<CaseHandoverView> {
    return this.handovers.return(actor, id, request);
  }

  /** Answer a question the case came back with. */
  @Post('case-handovers/:id/questions/:questionId/answers')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer('case_handovers.no_such_handover', 'case_handovers.no_such_question', 'case_handovers.answered')
  answer(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Id('questionId') questionId: string,
    @Body() request: AnswerQuestion,
  ): Promise<CaseHandoverView> {
    return this.handovers.answer(actor, id, questionId, request);
  }
}
