import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { DecideReminders, UndeliveredPage, UndeliveredQuery } from './dto/undelivered.dto.js';
import { UndeliveredService } from './undelivered.service.js';

@Controller('reminders')
export class UndeliveredController {
  constructor(private readonly undelivered: UndeliveredService) {}

  /** Reminders whose mail reached nobody, or may not have, that are yours to decide on: your own, and of the cases you lead. */
  @Get('undelivered')
  @Costs(2)
  @Roles(...CASE_ROLES)
  list(
    @CurrentActor() actor: Actor,
    @Query() query: UndeliveredQuery,
    @ReaderLanguage() language: Language,
  ): Promise<UndeliveredPage> {
    return this.undelivered.list(actor, query, language);
  }

  /** Say what became of reminders whose mail reached nobody, or may not have: all of them, or none. */
  @Post('decisions')
  @HttpCode(204)
  @Roles(...CASE_ROLES)
  @MayAnswer(
    'delivery.no_such_reminder',
    'delivery.nothing_to_decide',
    'refugees.no_such_case',
    'request.key_used_otherwise',
  )
  decide(@CurrentActor() actor: StaffActor, @Body() request: DecideReminders): Promise<void> {
    return this.undelivered.decide(actor, request);
  }
}
