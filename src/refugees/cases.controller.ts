import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { CasesService } from './cases.service.js';
import { AssignTeamRole, TeamRolePath, TimelinePage, TimelineQuery } from './dto/case.dto.js';

@Controller('refugees/:id')
export class CasesController {
  constructor(private readonly cases: CasesService) {}

  /** Give a role in the case team to a colleague from a day on; who held it leaves that day. */
  @Put('team/:role')
  @Roles(...CASE_ROLES)
  @HttpCode(204)
  @MayAnswer(
    'refugees.no_such_case',
    'refugees.not_in_that_role',
    'refugees.role_of_the_past',
    'refugees.role_held_then',
  )
  assign(
    @CurrentActor() actor: StaffActor,
    @Param() { id, role }: TeamRolePath,
    @Body() request: AssignTeamRole,
  ): Promise<void> {
    return this.cases.assign(actor, id, role, request);
  }

  /** End a role in the case team today; the unit's leader stands in until it is filled. */
  @Delete('team/:role')
  @Roles(...CASE_ROLES)
  @HttpCode(204)
  @MayAnswer('refugees.no_such_case')
  release(@CurrentActor() actor: StaffActor, @Param() { id, role }: TeamRolePath): Promise<void> {
    return this.cases.release(actor, id, role);
  }

  /** What happened in the case, newest first. */
  @Get('timeline')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  history(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: TimelineQuery,
  ): Promise<TimelinePage> {
    return this.cases.history(actor, id, query);
  }
}
