import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CompetencesService } from './competences.service.js';
import { AssessmentPage, AssessmentQuery, AssessmentView, DraftAssessment } from './dto/assessment.dto.js';
import { CompetenceProfile } from './dto/competence-profile.dto.js';

@Controller('refugees/:id')
export class CompetencesController {
  constructor(private readonly competences: CompetencesService) {}

  /** Start an assessment of the person's competences; a person has one open draft at a time. */
  @Post('assessments')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer('refugees.no_such_case', 'competences.no_such_assessment', 'competences.draft_open')
  async draft(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: DraftAssessment,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssessmentView> {
    return tagged(reply, await this.competences.draft(actor, id, request));
  }

  /** The person's assessments, newest first. */
  @Get('assessments')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: AssessmentQuery,
  ): Promise<AssessmentPage> {
    return this.competences.list(actor, id, query);
  }

  /** What the person can and wants, derived from what is signed. */
  @Get('competence-profile')
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  profile(@CurrentActor() actor: Actor, @Id() id: string): Promise<CompetenceProfile> {
    return this.competences.profile(actor, id);
  }
}
