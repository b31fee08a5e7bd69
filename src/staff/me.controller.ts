import { Body, Controller, Get, Patch, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { ChangeMe } from './dto/me.dto.js';
import { MeView } from './dto/staff-account.dto.js';
import { SignedIn, type StaffActor } from './staff.contract.js';
import { ownView } from './staff.presenter.js';
import { StaffService } from './staff.service.js';

@Controller('staff/me')
export class MeController {
  constructor(private readonly staff: StaffService) {}

  /** The account that asks. */
  @Get()
  @SignedIn()
  @MayAnswer('staff.no_such_account')
  async me(
    @CurrentActor() { id }: StaffActor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeView> {
    return tagged(reply, ownView(await this.staff.account(id)));
  }

  /** Change your language, how you get reminders, or your deputy; send If-Match with the ETag you read. */
  @Patch()
  @SignedIn()
  @Conditional()
  @MayAnswer('staff.no_such_account', 'staff.no_such_deputy')
  async change(
    @CurrentActor() actor: StaffActor,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeMe,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeView> {
    return tagged(reply, ownView(await this.staff.change(actor, actor.id, version, request)));
  }
}
