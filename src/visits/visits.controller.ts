import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { PlanVisit, VisitListItem, VisitPage, VisitQuery, VisitView } from './dto/visit.dto.js';
import { VisitsService } from './visits.service.js';

@Controller('visits')
export class VisitsController {
  constructor(private readonly visits: VisitsService) {}

  /** Plan a visit to an asylum centre; it takes your unit, and you go along. */
  @Post()
  @Roles('job_consultant')
  // the last to a repeat of somebody who sees the visit no more
  @MayAnswer('visits.not_a_job_consultant', 'visits.no_such_visit')
  async plan(
    @CurrentActor() actor: StaffActor,
    @Body() request: PlanVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitListItem> {
    return tagged(reply, await this.visits.plan(actor, request));
  }

  /** The visits you see: those you go on, and those of your unit. */
  @Get()
  @Costs(2)
  @Roles('job_consultant', 'team_leader')
  list(@CurrentActor() actor: Actor, @Query() query: VisitQuery): Promise<VisitPage> {
    return this.visits.list(actor, query);
  }

  /** One visit, with the participants whose case you see. */
  @Get(':id')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer('visits.no_such_visit')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitView> {
    return tagged(reply, await this.visits.read(actor, id));
  }

  /** Close a visit, on its day or later, in which every participant has an outcome, and of which everything came back. */
  @Post(':id/closings')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'visits.no_such_visit',
    'visits.closed',
    'visits.cancelled',
    'visits.not_yet',
    'visits.participants_open',
    'visits.hidden_participants_open',
    'visits.packs_out',
    'visits.manifest_incomplete',
    'visits.operations_undecided',
  )
  async close(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitListItem> {
    return tagged(reply, await this.visits.close(actor, id));
  }
}
