import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, Open, type Actor } from '../platform/http/access.js';
import { unlessKnown } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import { calendarOf } from './calendar-feed.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { FeedPage, FeedPath, FeedQuery, GivenFeed, GiveFeed } from './dto/calendar-feed.dto.js';

@Controller()
export class CalendarFeedController {
  constructor(private readonly feeds: CalendarFeedService) {}

  /** Let a calendar program read the days of my follow-ups, without a word of whom they are about. */
  @Post('me/calendar-feeds')
  @Roles(...CASE_ROLES)
  give(@CurrentActor() actor: Actor, @Body() { name }: GiveFeed): Promise<GivenFeed> {
    return this.feeds.give(actor, name);
  }

  /** The calendars I gave out, and when they were last read. */
  @Get('me/calendar-feeds')
  @Costs(2)
  @Roles(...CASE_ROLES)
  list(@CurrentActor() actor: Actor, @Query() query: FeedQuery): Promise<FeedPage> {
    return this.feeds.list(actor, query);
  }

  /** Close a calendar: its address reads nothing any more. */
  @Delete('me/calendar-feeds/:id')
  @Roles(...CASE_ROLES)
  @HttpCode(204)
  @MayAnswer('calendars.no_such_calendar')
  revoke(@CurrentActor() actor: Actor, @Id() id: string): Promise<void> {
    return this.feeds.revoke(actor, id);
  }

  /** The calendar behind a token, in the account's language: each open follow-up on its last day to act. */
  @Get('calendar/:token.ics')
  @Costs(5)
  @Open()
  @Header('content-type', 'text/calendar; charset=utf-8')
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string', example: calendarOf([]) } })
  @MayAnswer('calendars.no_such_calendar')
  async read(
    @Param() { token }: FeedPath,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return unlessKnown(request, reply, await this.feeds.calendar(token));
  }
}
