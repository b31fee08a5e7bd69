import { Body, Controller, Get, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CorrectVisitation, RecordVisitation, VisitationView } from './dto/visitation.dto.js';
import { VisitationsService } from './visitations.service.js';

@Controller('refugees/:id/visitation')
export class VisitationsController {
  constructor(private readonly visitations: VisitationsService) {}

  /** The visitation of a person (Integration Act § 17). */
  @Get()
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case', 'programme.no_visitation')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitationView> {
    return tagged(reply, await this.visitations.read(actor, id));
  }

  /** Record that the visitation was held. */
  @Post()
  @Roles('caseworker', 'team_leader')
  @MayAnswer(
    'refugees.no_such_case',
    'programme.visitation_recorded',
    'programme.visitation_in_future',
    'programme.before_the_case',
  )
  async record(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: RecordVisitation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitationView> {
    return tagged(reply, await this.visitations.record(actor, id, request));
  }

  /** Correct what was recorded; send If-Match with the ETag you read. */
  @Patch()
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @MayAnswer(
    'refugees.no_such_case',
    'programme.no_visitation',
    'programme.visitation_in_future',
    'programme.before_the_case',
  )
  async correct(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: CorrectVisitation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitationView> {
    return tagged(reply, await this.visitations.correct(actor, id, version, request));
  }
}
