import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import {
  ChangePracticeVersion,
  DraftPracticeRule,
  LandmarksView,
  PracticeRulePage,
  PracticeRuleQuery,
  PracticeVersionView,
} from './dto/practice-rule.dto.js';
import { PracticeRulesService } from './practice-rules.service.js';

@Controller()
export class PracticeRulesController {
  constructor(private readonly rules: PracticeRulesService) {}

  /** What a unit asks of itself besides the law: its rules with all their versions. */
  @Get('practice-rules')
  @Costs(2)
  @Roles(...CASE_ROLES, 'administrator')
  list(@CurrentActor() actor: StaffActor, @Query() query: PracticeRuleQuery): Promise<PracticeRulePage> {
    return this.rules.list(actor, query);
  }

  /** What a rule may count from, wait for and end by. */
  @Get('practice-rules/landmarks')
  @Roles(...CASE_ROLES, 'administrator')
  landmarks(@ReaderLanguage() language: Language): LandmarksView {
    return this.rules.landmarks(language);
  }

  /** Draft a rule for a unit you lead; nothing follows from it until it is switched on. No personal data in its words. */
  @Post('practice-rules')
  @Roles('team_leader')
  @MayAnswer('staff.unit_not_led', 'practice_rules.no_such_rule')
  async draft(
    @CurrentActor() actor: StaffActor,
    @Body() request: DraftPracticeRule,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PracticeVersionView> {
    return tagged(reply, await this.rules.draft(actor, request));
  }

  /** Draft the next version of a rule, which says what the one says that is on, or the last there was. */
  @Post('practice-rules/:id/versions')
  @Roles('team_leader')
  @MayAnswer('practice_rules.no_such_rule', 'practice_rules.draft_exists')
  async draftNext(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PracticeVersionView> {
    return tagged(reply, await this.rules.draftNext(actor, id));
  }

  /** One version of a rule. */
  @Get('practice-rule-versions/:id')
  @Roles(...CASE_ROLES, 'administrator')
  @MayAnswer('practice_rules.no_such_rule')
  async read(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PracticeVersionView> {
    return tagged(reply, await this.rules.read(actor, id));
  }

  /** Change a draft; send If-Match with the ETag you read. No personal data in its words. */
  @Patch('practice-rule-versions/:id')
  @Roles('team_leader')
  @Conditional()
  @MayAnswer('practice_rules.no_such_rule', 'practice_rules.was_on')
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangePracticeVersion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PracticeVersionView> {
    return tagged(reply, await this.rules.change(actor, id, version, request));
  }

  /** Switch a draft on as you read it, in place of the version that is on: the plans of the unit's cases follow within minutes. */
  @Put('practice-rule-versions/:id/activation')
  @Roles('team_leader')
  @Conditional()
  @MayAnswer('practice_rules.no_such_rule', 'practice_rules.was_on')
  async switchOn(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PracticeVersionView> {
    return tagged(reply, await this.rules.switchOn(actor, id, version));
  }

  /** Switch a version off: what it asked for is cancelled. */
  @Delete('practice-rule-versions/:id/activation')
  @Roles('team_leader')
  @MayAnswer('practice_rules.no_such_rule', 'practice_rules.not_on')
  switchOff(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<PracticeVersionView> {
    return this.rules.switchOff(actor, id);
  }
}
