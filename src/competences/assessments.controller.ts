import { Body, Controller, Get, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CompetencesService } from './competences.service.js';
import {
  AmendAssessment,
  AssessmentComparison,
  AssessmentView,
  ChangeAnswers,
} from './dto/assessment.dto.js';

@Controller('assessments/:id')
export class AssessmentsController {
  constructor(private readonly competences: CompetencesService) {}

  /** One assessment. */
  @Get()
  @Roles(...CASE_ROLES)
  @MayAnswer('competences.no_such_assessment')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssessmentView> {
    return tagged(reply, await this.competences.read(actor, id));
  }

  /** Save answers of a draft, a few or all; send If-Match with the ETag you read. */
  @Patch()
  @Roles('job_consultant', 'team_leader')
  @Conditional()
  @MayAnswer('competences.no_such_assessment', 'competences.signed')
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeAnswers,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssessmentView> {
    return tagged(reply, await this.competences.change(actor, id, version, request));
  }

  /** Sign a draft: it cannot change from now on, and supersedes what it amends. With If-Match only what you read is signed. */
  @Post('signatures')
  @Roles('job_consultant', 'team_leader')
  @Conditional({ required: false })
  @MayAnswer('competences.no_such_assessment', 'competences.signed', 'competences.not_ready')
  async sign(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssessmentView> {
    return tagged(reply, await this.competences.sign(actor, id, version));
  }

  /** Correct a signed assessment: a new draft with a copy of what it says. */
  @Post('amendments')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'competences.no_such_assessment',
    'competences.not_signed',
    'competences.amended',
    'competences.draft_open',
  )
  async amend(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: AmendAssessment,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssessmentView> {
    return tagged(reply, await this.competences.amend(actor, id, request));
  }

  /** In what it differs from another assessment of the person, also of another form: only what was meant differently. */
  @Get('comparisons/:otherId')
  @Roles(...CASE_ROLES)
  @MayAnswer('competences.no_such_assessment')
  compare(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Id('otherId') otherId: string,
  ): Promise<AssessmentComparison> {
    return this.competences.compare(actor, id, otherId);
  }
}
