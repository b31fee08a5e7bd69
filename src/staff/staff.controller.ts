import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import {
  MeView,
  OpenAccount,
  StaffAccountPage,
  StaffAccountQuery,
  StaffAccountView,
  UnitView,
} from './dto/staff-account.dto.js';
import { Roles, SignedIn, type StaffActor } from './staff.contract.js';
import type { AccountRow } from './staff.queries.js';
import { StaffService } from './staff.service.js';

@Controller('staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  /** The account that asks. */
  @Get('me')
  @SignedIn()
  async me(@CurrentActor() actor: StaffActor): Promise<MeView> {
    const row = await this.staff.account(actor.id);
    return { ...view(row), email: row.email, language: row.language };
  }

  /** Open accounts, for choosing a colleague. */
  @Get('accounts')
  @SignedIn()
  async accounts(@Query() query: StaffAccountQuery): Promise<StaffAccountPage> {
    const page = await this.staff.accounts(query);
    return { ...page, items: page.items.map(view) };
  }

  /** Open an account for a colleague. */
  @Post('accounts')
  @Roles('administrator')
  async open(@CurrentActor() actor: StaffActor, @Body() request: OpenAccount): Promise<StaffAccountView> {
    return view(await this.staff.open(actor, request));
  }

  /** The units and their leaders. */
  @Get('units')
  @SignedIn()
  units(): Promise<UnitView[]> {
    return this.staff.units();
  }
}

function view({ id, name, role, unit_id, unit }: AccountRow): StaffAccountView {
  return { id, name, role, unitId: unit_id, unit };
}
