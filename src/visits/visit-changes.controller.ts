import { Body, Controller, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { CancelVisit, ChangeVisit, VisitListItem } from './dto/visit.dto.js';
import { VisitChangesService } from './visit-changes.service.js';

@Controller('visits/:id')
export class VisitChangesController {
  constructor(private readonly changes: VisitChangesService) {}

  /** Change a visit before its day; on another day nobody is invited yet, and interpreters are only requested. */
  @Patch()
  @Roles('job_consultant', 'team_leader')
  @Conditional()
  @MayAnswer(
    'visits.no_such_visit',
    'visits.closed',
    'visits.cancelled',
    'visits.day_came',
    'visits.day_passed',
    'visits.not_a_job_consultant',
    'visits.left_out',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitListItem> {
    return tagged(reply, await this.changes.change(actor, id, version, request));
  }

  /** Cancel a visit on which nobody has an outcome and no pack is out, and its interpreters with it. */
  @Post('cancellations')
  @Roles('job_consultant', 'team_leader')
  @Conditional()
  @MayAnswer(
    'visits.no_such_visit',
    'visits.closed',
    'visits.cancelled',
    'visits.took_place',
    'visits.packs_out',
    'visits.manifest_incomplete',
    'visits.operations_undecided',
  )
  async cancel(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() { reason }: CancelVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitListItem> {
    return tagged(reply, await this.changes.cancel(actor, id, version, reason));
  }
}
