import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { PageQuery } from '../platform/http/paging.js';
import { Costs } from '../platform/http/rate-limit.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import {
  HandoverPage,
  HandoverPreview,
  HandoverQuery,
  HandoverView,
  PlanHandover,
} from './dto/caseload-handover.dto.js';
import { CaseloadHandoversService } from './caseload-handovers.service.js';

const REFUSALS = [
  'staff.unit_not_led',
  'handovers.in_the_past',
  'handovers.to_the_same_person',
  'handovers.takes_no_cases',
  'handovers.in_another_role',
];

@Controller('handovers')
export class CaseloadHandoversController {
  constructor(private readonly handovers: CaseloadHandoversService) {}

  /** See what a handover would move, before it is done. */
  @Post('previews')
  @Costs(5)
  @Roles('team_leader')
  @HttpCode(200)
  @MayAnswer(...REFUSALS, 'request.key_used_otherwise')
  preview(
    @CurrentActor() actor: Actor,
    @Body() plan: PlanHandover,
    @Query() page: PageQuery,
  ): Promise<HandoverPreview> {
    return this.handovers.preview(actor, plan, page);
  }

  /** Hand over a colleague's whole caseload in a unit you lead, to another in the same role, from a day on. */
  @Post()
  @Costs(5)
  @Roles('team_leader')
  @MayAnswer(...REFUSALS, 'handovers.nothing_to_hand_over')
  handOver(@CurrentActor() actor: Actor, @Body() plan: PlanHandover): Promise<HandoverView> {
    return this.handovers.handOver(actor, plan);
  }

  /** The handovers of the units you lead, and those from or to you. */
  @Get()
  @Costs(2)
  @Roles(...CASE_ROLES)
  list(@CurrentActor() actor: Actor, @Query() query: HandoverQuery): Promise<HandoverPage> {
    return this.handovers.list(actor, query);
  }
}
