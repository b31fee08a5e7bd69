import { Body, Controller, Delete, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor } from '../platform/http/access.js';
import { Conditional, IfMatch, tagged } from '../platform/http/etag.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Id } from '../platform/http/validation.js';
import { Roles, type StaffActor } from '../staff/staff.contract.js';
import { ContractSignaturesService } from './contract-signatures.service.js';
import { ContractView, SignContract } from './dto/contract.dto.js';

@Controller('contracts/:id/signatures')
export class ContractSignaturesController {
  constructor(private readonly signatures: ContractSignaturesService) {}

  /**
   * Record that a party has signed, or both; once both have, the contract is in force and the duty to make one ends.
   * With If-Match only what you read is signed.
   */
  @Post()
  @Roles('caseworker', 'team_leader')
  @Conditional({ required: false })
  @MayAnswer(
    'programme.no_such_contract',
    'programme.contract_signed',
    'programme.party_has_signed',
    'programme.signed_in_future',
    'programme.before_the_case',
    'programme.signed_before_the_one_it_revises',
  )
  async sign(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Body() request: SignContract,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.signatures.sign(actor, id, request, version));
  }

  /** Withdraw the one signature there is, so that the draft can change again. */
  @Delete()
  @Roles('caseworker', 'team_leader')
  @Conditional({ required: false })
  @MayAnswer('programme.no_such_contract', 'programme.contract_signed', 'programme.nobody_has_signed')
  async withdraw(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @IfMatch() version: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractView> {
    return tagged(reply, await this.signatures.withdraw(actor, id, version));
  }
}
