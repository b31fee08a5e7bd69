import { Body, Controller, Get, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import { ContractsService } from './contracts.service.js';
import { Contracts, ContractView, DraftContract, ReviseContract, SignContract } from './dto/contract.dto.js';

@Controller()
export class ContractsController {
  constructor(private readonly contracts: ContractsService) {}

  /** Draft the integration contract of a person. */
  @Post('refugees/:id/contracts')
  @Roles('caseworker', 'team_leader')
  @MayAnswer('refugees.no_such_case', 'programme.no_such_contract', 'programme.contract_exists')
  async draft(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: DraftContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.draft(actor, id, request));
  }

  /** The integration contract of a person, if there is one. */
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

  /** Change a draft; send If-Match with the ETag you read. */
  @Patch('contracts/:id')
  @Roles('caseworker', 'team_leader')
  @Conditional()
  @MayAnswer('programme.no_such_contract', 'programme.contract_signed')
  async revise(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: ReviseContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.revise(actor, id, version, request));
  }

  /** Record that both have signed; the duty to make a contract ends. With If-Match only what you read is signed. */
  @Post('contracts/:id/signatures')
  @Roles('caseworker', 'team_leader')
  @Conditional({ required: false })
  @MayAnswer('programme.no_such_contract', 'programme.contract_signed', 'programme.signed_in_future')
  async sign(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: SignContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.contracts.sign(actor, id, request, version));
  }
}
