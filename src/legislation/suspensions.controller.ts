import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { Roles, SignedIn } from '../staff/staff.contract.js';
import {
  AddSuspension,
  EndSuspension,
  SuspensionPage,
  SuspensionQuery,
  SuspensionView,
} from './dto/suspension.dto.js';
import { SuspensionsService } from './suspensions.service.js';

@Controller('legislation/suspensions')
export class SuspensionsController {
  constructor(private readonly suspensions: SuspensionsService) {}

  /** When the deadlines of which rules stand still, newest first. */
  @Get()
  @Costs(2)
  @SignedIn()
  list(@Query() query: SuspensionQuery): Promise<SuspensionPage> {
    return this.suspensions.list(query);
  }

  /** Let the deadlines of some rules stand still, for some days or until further notice. */
  @Post()
  @Roles('administrator')
  @MayAnswer('legislation.unknown_key', 'legislation.suspension_ends_before_it_starts')
  add(@CurrentActor() actor: Actor, @Body() request: AddSuspension): Promise<SuspensionView> {
    return this.suspensions.add(actor, request);
  }

  /** Let the deadlines run on from the day after. */
  @Post(':id/endings')
  @Roles('administrator')
  @MayAnswer(
    'legislation.no_such_suspension',
    'legislation.suspension_over',
    'legislation.suspension_ends_before_it_starts',
  )
  end(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Body() request: EndSuspension,
  ): Promise<SuspensionView> {
    return this.suspensions.end(actor, id, request);
  }

  /** Withdraw what was recorded by mistake. */
  @Delete(':id')
  @Roles('administrator')
  @MayAnswer('legislation.no_such_suspension', 'legislation.suspension_over')
  withdraw(@CurrentActor() actor: Actor, @Id() id: string): Promise<SuspensionView> {
    return this.suspensions.withdraw(actor, id);
  }
}
