import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { AccessGrantsService } from './access-grants.service.js';
import { GrantPage, GrantQuery, GrantSight, GrantView } from './dto/access-grant.dto.js';

@Controller('refugees/:id/access-grants')
export class AccessGrantsController {
  constructor(private readonly grants: AccessGrantsService) {}

  /** Let a colleague outside the team read the case for some days; who may already, may for longer. */
  @Post()
  @Roles('team_leader')
  @MayAnswer('refugees.no_such_case', 'refugees.reads_no_cases', 'refugees.no_such_grant')
  give(@CurrentActor() actor: StaffActor, @Id() id: string, @Body() request: GrantSight): Promise<GrantView> {
    return this.grants.give(actor, id, request);
  }

  /** Who outside the team may read the case or could, who let them and until when; not for whom it is given to. */
  @Get()
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(@CurrentActor() actor: StaffActor, @Id() id: string, @Query() query: GrantQuery): Promise<GrantPage> {
    return this.grants.list(actor, id, query);
  }

  /** Take such sight back. */
  @Delete(':grantId')
  @Roles('team_leader')
  @HttpCode(204)
  @MayAnswer('refugees.no_such_case', 'refugees.no_such_grant')
  revoke(@CurrentActor() actor: StaffActor, @Id() id: string, @Id('grantId') grantId: string): Promise<void> {
    return this.grants.revoke(actor, id, grantId);
  }
}
