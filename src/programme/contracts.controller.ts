import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { ContractsService } from './contracts.service.js';
import { ChangeContract, Contracts, ContractView, DraftContract } from './dto/contract.dto.js';

@Controller()
export class ContractsController {
  constructor(private readonly contracts: ContractsService) {}

  /** Draft the first integration contract of a person. */
  @Post('refugees/:id/contracts')
  @Roles('caseworker', 'team_leader')
  @MayAnswer('refugees.no_such_case', 'programme.contract_exists', 'programme.activity_ends_before_it_begins')
  async draft(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: DraftContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.draft(actor, id, request));
  }

  /** The integration contracts of a person: the draft, the one in force and those it replaced. */
  @Get('refugees/:id/contracts')
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  async ofCase(@CurrentActor() actor: Actor, @Id() id: string): Promise<Contracts> {
    return { items: await this.contracts.ofCase(actor, id) };
  }

  /** One contract. */
  @Get('contracts/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('programme.no_such_contract')
  async read(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.read(actor, id));
  }

  /** Change a draft that nobody has signed; send If-Match with the ETag you read. */
  @Patch('contracts/:id')
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @MayAnswer(
    'programme.no_such_contract',
    'programme.contract_signed',
    'programme.contract_half_signed',
    'programme.activity_ends_before_it_begins',
  )
  async change(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ChangeContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.change(actor, id, version, request));
  }

  /** Discard a draft that nobody has signed. With If-Match only what you read is discarded. */
  @Delete('contracts/:id')
  @Roles('caseworker', 'team_leader')
  @HttpCode(204)
  @Conditional({ required: false })
  @MayAnswer('programme.no_such_contract', 'programme.contract_signed', 'programme.contract_half_signed')
  discard(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    return this.contracts.discard(actor, id, version);
  }

  /** Revise the contract in force: a new draft with a copy of what it says. */
  @Post('contracts/:id/revisions')
  @Roles('caseworker', 'team_leader')
  @MayAnswer(
    'programme.no_such_contract',
    'programme.contract_not_signed',
    'programme.revision_open',
    'programme.contract_replaced',
  )
  async revise(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.revise(actor, id));
  }
}
