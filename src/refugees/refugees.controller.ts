import { Body, Controller, Get, HttpCode, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, TEAM_ROLES, type StaffActor } from '../staff/staff.contract.js';
import {
  ONE_NUMBER,
  OneNumber,
  ChangeRefugee,
  FoundRefugees,
  RefugeePage,
  RefugeeQuery,
  RefugeeView,
  RegisterRefugee,
  RevealedCpr,
} from './dto/refugee.dto.js';
import { RefugeesService } from './refugees.service.js';

@Controller('refugees')
export class RefugeesController {
  constructor(private readonly refugees: RefugeesService) {}

  /** Register a person; the case takes your unit, and you join its team. */
  @Post()
  @Roles(...TEAM_ROLES)
  @MayAnswer(
    // to a repeat of somebody who sees the case no more
    'refugees.no_such_case',
    'refugees.cpr_taken',
    'refugees.asylum_person_id_taken',
    'refugees.not_born_yet',
    'refugees.permit_ends_before_it_starts',
    'refugees.interpreter_language_missing',
    'refugees.takeover_not_agreed_in_time',
    'legislation.no_rule_on_date',
  )
  async register(
    @CurrentActor() actor: StaffActor,
    @Body() request: RegisterRefugee,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefugeeView> {
    return tagged(reply, await this.refugees.register(actor, request));
  }

  /** The cases you see. */
  @Get()
  @Costs(5)
  @Roles(...CASE_ROLES)
  list(@CurrentActor() actor: StaffActor, @Query() query: RefugeeQuery): Promise<RefugeePage> {
    return this.refugees.list(actor, query);
  }

  /** Find a person by CPR number or asylum person id, which never stand in an address. */
  @Post('lookups')
  @Costs(5)
  @Roles(...CASE_ROLES)
  @HttpCode(200)
  @ApiBody(ONE_NUMBER)
  async find(@CurrentActor() actor: StaffActor, @Body() request: OneNumber): Promise<FoundRefugees> {
    return { items: await this.refugees.find(actor, request) };
  }

  /** One case. */
  @Get(':id')
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  async read(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefugeeView> {
    return tagged(reply, await this.refugees.read(actor, id));
  }

  /** Change what is known of the person; send If-Match with the ETag you read. */
  @Patch(':id')
  @Roles(...CASE_ROLES)
  @Conditional()
  @MayAnswer(
    'refugees.no_such_case',
    'refugees.not_born_yet',
    'refugees.permit_ends_before_it_starts',
    'refugees.interpreter_language_missing',
    'refugees.takeover_not_agreed_in_time',
    'legislation.no_rule_on_date',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeRefugee,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefugeeView> {
    return tagged(reply, await this.refugees.change(actor, id, version, request));
  }

  /** Record a new number of the person; the one before is kept as history. */
  @Post(':id/identifiers')
  @Roles(...CASE_ROLES)
  @ApiBody(ONE_NUMBER)
  @MayAnswer('refugees.no_such_case', 'refugees.cpr_taken', 'refugees.asylum_person_id_taken')
  async addIdentifier(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: OneNumber,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefugeeView> {
    return tagged(reply, await this.refugees.addIdentifier(actor, id, request));
  }

  /** Show the whole CPR number; the read log keeps that you did. */
  @Post(':id/cpr-reveals')
  @Costs(5)
  @Roles(...CASE_ROLES)
  @HttpCode(200)
  @MayAnswer('refugees.no_such_case', 'refugees.no_cpr')
  revealCpr(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<RevealedCpr> {
    return this.refugees.revealCpr(actor, id);
  }
}
