import { Body, Controller, Get, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Costs } from '../platform/http/rate-limit.js';
import {
  AccountView,
  ChangeAccount,
  OpenAccount,
  StaffAccountPage,
  StaffAccountQuery,
  UnitView,
} from './dto/staff-account.dto.js';
import { Roles, SignedIn, type StaffActor } from './staff.contract.js';
import { accountItem, wholeView } from './staff.presenter.js';
import { StaffService } from './staff.service.js';

@Controller('staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  /** Accounts, for choosing a colleague; open ones unless asked otherwise. */
  @Get('accounts')
  @Costs(2)
  @SignedIn()
  async accounts(@Query() query: StaffAccountQuery): Promise<StaffAccountPage> {
    const page = await this.staff.accounts(query);
    return { ...page, items: page.items.map(accountItem) };
  }

  /** Open an account for a colleague, who gets a mail with a link to choose a password. */
  @Post('accounts')
  @Roles('administrator')
  @MayAnswer('staff.email_taken', 'staff.unknown_unit')
  async open(
    @CurrentActor() actor: StaffActor,
    @Body() request: OpenAccount,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return tagged(reply, wholeView(await this.staff.open(actor, request)));
  }

  /** One account. */
  @Get('accounts/:id')
  @Roles('administrator')
  @MayAnswer('staff.no_such_account')
  async read(@Id() id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountView> {
    return tagged(reply, wholeView(await this.staff.account(id)));
  }

  /** Change an account, close it or open it again; send If-Match with the ETag you read. */
  @Patch('accounts/:id')
  @Roles('administrator')
  @Conditional()
  @MayAnswer(
    'staff.no_such_account',
    'staff.unknown_unit',
    'staff.no_such_deputy',
    'staff.last_administrator',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeAccount,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return tagged(reply, wholeView(await this.staff.change(actor, id, version, request)));
  }

  /** The units and their leaders. */
  @Get('units')
  @SignedIn()
  units(): Promise<UnitView[]> {
    return this.staff.units();
  }
}
