import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { DryRunsService } from './dry-runs.service.js';
import { DryRunCasePage, DryRunCaseQuery, DryRunView } from './dto/dry-run.dto.js';

@Controller()
export class DryRunsController {
  constructor(private readonly dryRuns: DryRunsService) {}

  /** Ask whom a version would touch if it were switched on now; nothing is planned by it. */
  @Post('practice-rule-versions/:id/dry-runs')
  @HttpCode(202)
  @Costs(5)
  @Roles('team_leader')
  @MayAnswer('practice_rules.no_such_rule', 'practice_rules.no_such_dry_run', 'request.key_used_otherwise')
  ask(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<DryRunView> {
    return this.dryRuns.ask(actor, id);
  }

  /** How far a dry run is, and what it found; it is kept for a week. */
  @Get('dry-runs/:id')
  @Roles(...CASE_ROLES, 'administrator')
  @MayAnswer('practice_rules.no_such_dry_run')
  read(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<DryRunView> {
    return this.dryRuns.read(actor, id);
  }

  /** The cases it would touch, those you see, with what would become of their follow-ups. */
  @Get('dry-runs/:id/cases')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('practice_rules.no_such_dry_run')
  cases(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Query() query: DryRunCaseQuery,
  ): Promise<DryRunCasePage> {
    return this.dryRuns.cases(actor, id, query);
  }
}
