import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import {
  DismissFollowUps,
  FollowUpList,
  NoteFollowUps,
  ReassignFollowUps,
  SnoozeFollowUps,
} from './dto/follow-up-turn.dto.js';
import { FollowUpTurnsService } from './follow-up-turns.service.js';

@Controller('follow-ups')
export class FollowUpTurnsController {
  constructor(private readonly turns: FollowUpTurnsService) {}

  /** Write a note on follow-ups. */
  @Post('notes')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_follow_up', 'reminders.follow_up_ended')
  note(
    @CurrentActor() actor: StaffActor,
    @Body() request: NoteFollowUps,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpList> {
    return this.turns.note(actor, request, language);
  }

  /** Put follow-ups off, at most to the last day to act: they leave my day, and come back on the day. */
  @Post('snoozes')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer(
    'reminders.no_such_follow_up',
    'reminders.follow_up_ended',
    'reminders.snoozed_into_the_past',
    'reminders.snoozed_too_long',
  )
  snooze(
    @CurrentActor() actor: StaffActor,
    @Body() request: SnoozeFollowUps,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpList> {
    return this.turns.snooze(actor, request, language);
  }

  /** Take what was put off back into my day. */
  @Delete(':id/snooze')
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_follow_up', 'reminders.follow_up_ended')
  bringBack(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpList> {
    return this.turns.bringBack(actor, id, language);
  }

  /** Give follow-ups to a colleague who works on the cases; both of you are told. */
  @Post('reassignments')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer(
    'reminders.no_such_follow_up',
    'reminders.follow_up_ended',
    'reminders.does_not_work_on_the_case',
  )
  reassign(
    @CurrentActor() actor: StaffActor,
    @Body() request: ReassignFollowUps,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpList> {
    return this.turns.reassign(actor, request, language);
  }

  /** Drop follow-ups that need not be done; they come back when their days move. */
  @Post('dismissals')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_follow_up', 'reminders.follow_up_ended', 'reminders.to_be_decided')
  dismiss(
    @CurrentActor() actor: StaffActor,
    @Body() request: DismissFollowUps,
    @ReaderLanguage() language: Language,
  ): Promise<FollowUpList> {
    return this.turns.dismiss(actor, request, language);
  }

  /** Take a dismissal back: the follow-up is planned anew, if it is still wanted. */
  @Delete(':id/dismissal')
  @HttpCode(204)
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_follow_up', 'reminders.not_dismissed')
  takeBackDismissal(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<void> {
    return this.turns.takeBackDismissal(actor, id);
  }
}
