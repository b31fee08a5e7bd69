import { Controller, Delete, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { QueuePagePasses } from './queue-page-passes.js';
import { Roles, type StaffActor } from './staff.contract.js';

@Controller('auth/queue-page-passes')
export class QueuePagePassesController {
  constructor(private readonly passes: QueuePagePasses) {}

  /** Let this browser open the page of queues, `/admin/queues`, for as long as the access token lives: a cookie. */
  @Post()
  @Roles('administrator')
  @HttpCode(204)
  give(@CurrentActor() actor: StaffActor, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.passes.give(actor, reply);
  }

  /** Close the page of queues to this browser again; signing out does so, too. */
  @Delete('current')
  @Roles('administrator')
  @HttpCode(204)
  take(@Res({ passthrough: true }) reply: FastifyReply): void {
    this.passes.take(reply);
  }
}
