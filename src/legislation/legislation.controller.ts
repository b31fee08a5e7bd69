import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Roles, SignedIn } from '../staff/staff.contract.js';
import { AddRule, RulePage, RuleQuery, RuleView, TakeoverQuery, TakeoverView } from './dto/rule.dto.js';
import { LegislationService } from './legislation.service.js';

@Controller('legislation')
export class LegislationController {
  constructor(private readonly legislation: LegislationService) {}

  /** The rules of law as dated rows, by key. */
  @Get('rules')
  @Costs(2)
  @SignedIn()
  list(@Query() query: RuleQuery): Promise<RulePage> {
    return this.legislation.list(query);
  }

  /** Carry on a rule with a new value from a day on, without a release. */
  @Post('rules')
  @Roles('administrator')
  @MayAnswer(
    'legislation.unknown_key',
    'legislation.unlike_predecessor',
    'legislation.overlaps',
    'legislation.ends_before_it_starts',
  )
  add(@CurrentActor() actor: Actor, @Body() request: AddRule): Promise<RuleView> {
    return this.legislation.add(actor, request);
  }

  /** The day a municipality takes over after an allocation decision, and the rules it follows from. */
  @Get('takeover-day')
  @SignedIn()
  @MayAnswer('legislation.no_rule_on_date')
  takeoverDay(@Query() { act, decidedOn }: TakeoverQuery): Promise<TakeoverView> {
    return this.legislation.takeoverDay(act, decidedOn);
  }
}
