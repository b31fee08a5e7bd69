import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { ReaderLanguage, type Language } from '../platform/http/language.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { CASE_ROLES, Roles } from '../staff/staff.contract.js';
import { InboxPage, InboxQuery, ReadReminders } from './dto/inbox.dto.js';
import { InboxService } from './inbox.service.js';
import { LiveInbox } from './live-inbox.js';

const STREAM = `retry: 2718

event: inbox
id: 0190f9a0-0000-7000-8000-000000000000
data: {"unread":3,"newest":"0190f9a0-0000-7000-8000-000000000000"}

:

`;

@Controller('inbox')
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly live: LiveInbox,
  ) {}

  /** What you were reminded of, the newest first; nothing of a case you do not see any more. */
  @Get()
  @Costs(2)
  @Roles(...CASE_ROLES)
  list(
    @CurrentActor() actor: Actor,
    @Query() query: InboxQuery,
    @ReaderLanguage() language: Language,
  ): Promise<InboxPage> {
    return this.inbox.list(actor, query, language);
  }

  /** You have read these: nobody else is told that you did not. Reading again changes nothing. */
  @Post('readings')
  @HttpCode(204)
  @Roles(...CASE_ROLES)
  @MayAnswer('reminders.no_such_reminder', 'request.key_used_otherwise')
  read(@CurrentActor() actor: Actor, @Body() { reminderIds }: ReadReminders): Promise<void> {
    return this.inbox.read(actor, reminderIds);
  }

  /**
   * How your inbox stands, as server-sent events: at once, and whenever something of it is new.
   *
   * An event `inbox` says how many reminders are unread and which came last, which is also its `id`; compare it with the
   * last you saw. Nothing is missed: whoever comes back, or was cut off unheard, is told how it stands first, so
   * `Last-Event-ID` may be sent and is not needed. The stream ends with the access token: come back with the next.
   * A comment comes every 20 seconds. At most five streams of an account; only the opening counts for the rate limit.
   */
  @Get('events')
  @Roles(...CASE_ROLES)
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: STREAM } } })
  @MayAnswer('streams.too_many')
  events(@CurrentActor() actor: Actor, @Res() reply: FastifyReply): void {
    this.live.open(actor, reply);
  }
}
