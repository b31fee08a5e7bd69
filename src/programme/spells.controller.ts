import { Body, Controller, Get, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { ChangeSpell, RecordSpell, SpellPage, SpellQuery, SpellView } from './dto/spell.dto.js';
import { SpellsService } from './spells.service.js';

@Controller()
export class SpellsController {
  constructor(private readonly spells: SpellsService) {}

  /** Record days in which a person lives of, works at or is kept from something. */
  @Post('refugees/:id/spells')
  @Roles('caseworker', 'team_leader')
  // the second to a repeat of somebody who sees the case no more
  @MayAnswer('refugees.no_such_case', 'spells.no_such_spell', 'spells.not_right', 'spells.overlaps')
  async record(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: RecordSpell,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpellView> {
    return tagged(reply, await this.spells.record(actor, id, request));
  }

  /** The person's spells, the latest first; also those that were withdrawn. */
  @Get('refugees/:id/spells')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(@CurrentActor() actor: Actor, @Id() id: string, @Query() query: SpellQuery): Promise<SpellPage> {
    return this.spells.list(actor, id, query);
  }

  /** One spell. */
  @Get('spells/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('spells.no_such_spell')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpellView> {
    return tagged(reply, await this.spells.read(actor, id));
  }

  /** End a spell by its last day, or change its days, employer or hours; send If-Match with the ETag you read. */
  @Patch('spells/:id')
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @MayAnswer(
    'spells.no_such_spell',
    'spells.withdrawn',
    'spells.of_another_record',
    'spells.not_right',
    'spells.overlaps',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeSpell,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpellView> {
    return tagged(reply, await this.spells.change(actor, id, version, request));
  }

  /** Withdraw a spell that was recorded by mistake; it stays as history, and its days are free again. */
  @Post('spells/:id/withdrawals')
  @Roles('caseworker', 'team_leader')
  @MayAnswer('spells.no_such_spell', 'spells.withdrawn', 'spells.of_another_record')
  async withdraw(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpellView> {
    return tagged(reply, await this.spells.withdraw(actor, id));
  }
}
