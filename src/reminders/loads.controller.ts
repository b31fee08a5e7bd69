import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { Roles } from '../staff/staff.contract.js';
import { UnitFollowUpPage, UnitFollowUpQuery, UnitLoad } from './dto/load.dto.js';
import { LoadsService } from './loads.service.js';

@Controller('units/:id')
export class LoadsController {
  constructor(private readonly loads: LoadsService) {}

  /** How much each person has in the cases of a unit you lead: open, soon due, overdue, put off, unread. */
  @Get('load')
  @Costs(5)
  @Roles('team_leader')
  @MayAnswer('staff.unit_not_led')
  ofUnit(@CurrentActor() actor: Actor, @Id() id: string): Promise<UnitLoad> {
    return this.loads.ofUnit(actor, id);
  }

  /** The open follow-ups behind those figures, by the last day to act. */
  @Get('follow-ups')
  @Costs(5)
  @Roles('team_leader')
  @MayAnswer('staff.unit_not_led')
  followUps(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: UnitFollowUpQuery,
    @ReaderLanguage() language: Language,
  ): Promise<UnitFollowUpPage> {
    return this.loads.followUps(actor, id, query, language);
  }
}
