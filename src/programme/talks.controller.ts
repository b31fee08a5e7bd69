import { Body, Controller, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import {
  CORRECT_TALK,
  CorrectTalk,
  END_TALK,
  EndTalk,
  RecordTalk,
  TalkPage,
  TalkQuery,
  TalkView,
} from './dto/talk.dto.js';
import { TalksService } from './talks.service.js';

@Controller()
export class TalksController {
  constructor(private readonly talks: TalksService) {}

  /** Plan a talk with a person, or record one that was held. */
  @Post('refugees/:id/talks')
  @Roles('caseworker', 'team_leader')
  // the second to a repeat of somebody who sees the case no more
  @MayAnswer('refugees.no_such_case', 'talks.no_such_talk', 'talks.not_come_yet')
  async record(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: RecordTalk,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TalkView> {
    return tagged(reply, await this.talks.record(actor, id, request));
  }

  /** Talks with a person: planned, held, missed and cancelled. */
  @Get('refugees/:id/talks')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(@CurrentActor() actor: Actor, @Id() id: string, @Query() query: TalkQuery): Promise<TalkPage> {
    return this.talks.list(actor, id, query);
  }

  /** One talk. */
  @Get('talks/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('talks.no_such_talk')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TalkView> {
    return tagged(reply, await this.talks.read(actor, id));
  }

  /** Move a planned talk, or correct what is said of one that was held; send If-Match with the ETag you read. */
  @Patch('talks/:id')
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @ApiBody(CORRECT_TALK)
  @MayAnswer('talks.no_such_talk', 'talks.out_of_turn', 'talks.not_come_yet')
  async correct(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: CorrectTalk,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TalkView> {
    return tagged(reply, await this.talks.correct(actor, id, version, request));
  }

  /** Say how a talk ended: held, not shown or cancelled. What was recorded as held by mistake is cancelled, too. */
  @Post('talks/:id/outcomes')
  @Roles('caseworker', 'team_leader')
  @ApiBody(END_TALK)
  @MayAnswer('talks.no_such_talk', 'talks.out_of_turn', 'talks.not_come_yet')
  async end(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: EndTalk,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TalkView> {
    return tagged(reply, await this.talks.end(actor, id, request));
  }
}
