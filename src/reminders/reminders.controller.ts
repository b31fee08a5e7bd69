import { Controller, Get, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import { FollowUpPage, FollowUpQuery, MyDayPage, MyDayQuery } from './dto/follow-up.dto.js';
import { WholeFollowUpView } from './dto/whole-follow-up.dto.js';
import { RemindersService } from './reminders.service.js';

@Controller()
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  /** What needs you, why, and until when: by the last day to act. */
  @Get('my-day')
  @Costs(2)
  @Roles(...CASE_ROLES)
  myDay(
    @CurrentActor() actor: Actor,
    @Query() query: MyDayQuery,
    @ReaderLanguage() language: Language,
  ): Promise<MyDayPage> {
    return this.reminders.myDay(actor, query, language);
  }

  /** Every follow-up of a case, also what was done, superseded or cancelled, and the fact behind it. */
  @Get('refugees/:id/follow-ups')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  ofCase(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: FollowUpQuery,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpPage> {
    return this.reminders.ofCase(actor, id, query, language);
  }

  /**
   * One follow-up with what was written on it, how its days moved and how its reminders stand. Seeing it reads nothing
   * for you: whoever opens it sends the ids of their own reminders to `POST /inbox/readings`.
   */
  @Get('follow-ups/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_follow_up')
  one(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @ReaderLanguage() language: Language,
  ): Promise<WholeFollowUpView> {
    return this.reminders.one(actor, id, language);
  }
}
