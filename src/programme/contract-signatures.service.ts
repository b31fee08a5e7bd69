import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import { requireVersion } from '../platform/http/etag.js';
import { requestProblem } from '../platform/http/problem.js';
import { Refugee } from '../refugees/refugee.entity.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf, type Fact } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Contract } from './contract.entity.js';
import { whyNotSigned, whyNotWithdrawn } from './contract.rules.js';
import { PARTIES, type Party } from './contracts.contract.js';
import { ContractsService } from './contracts.service.js';
import type { ContractView, SignContract } from './dto/contract.dto.js';
import { programmeProblem } from './programme.problems.js';

/** Who signed a contract and when: it is in force once both have, and can change only while nobody has. */
@Injectable()
export class ContractSignaturesService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly contracts: ContractsService,
  ) {}

  async sign(actor: StaffActor, id: string, request: SignContract, version?: number): Promise<ContractView> {
    const parties = request.by === 'both' ? PARTIES : [request.by];
    const { declarationSignedOn = null } = request;
    if (declarationSignedOn !== null && !parties.includes('person'))
      throw requestProblem.invalid({ errors: [{ field: 'declarationSignedOn', rule: 'with_the_person' }] });
    await this.database.transaction(async (tx) => {
      const contract = await this.contracts.open(tx, actor, id);
      if (version !== undefined) requireVersion(contract.version, version);
      const why = whyNotSigned(contract.signatures, parties);
      if (why) throw programmeProblem[why]();
      const now = await today(tx);
      const signedOn = request.signedOn ?? now;
      if (signedOn > now || (declarationSignedOn ?? now) > now)
        throw programmeProblem.signed_in_future({ today: now });
      const { knownSince } = await tx.findOneByOrFail(Refugee, { id: contract.refugeeId });
      if (signedOn < knownSince) throw programmeProblem.before_the_case({ knownSince });
      contract.sign(parties, signedOn, actor.id);
      contract.declarationSignedOn ??= declarationSignedOn;
      await this.requireInTurn(tx, contract);
      await tx.save(contract);
      await this.timeline.record(tx, actor, signatureFacts(contract, parties));
    });
    return this.contracts.read(actor, id);
  }

  /** Takes back the one signature there is, so that the draft can change. */
  async withdraw(actor: StaffActor, id: string, version?: number): Promise<ContractView> {
    await this.database.transaction(async (tx) => {
      const contract = await this.contracts.open(tx, actor, id);
      if (version !== undefined) requireVersion(contract.version, version);
      const why = whyNotWithdrawn(contract.signatures);
      if (why) throw programmeProblem[why]();
      const by = contract.personSignedOn === null ? 'municipality' : 'person';
      contract.withdrawSignature();
      await tx.save(contract);
      await this.timeline.record(tx, actor, [
        factOf('contract', contract, 'contract.signature_withdrawn', { by }),
      ]);
    });
    return this.contracts.read(actor, id);
  }

  private async requireInTurn(tx: EntityManager, { revisesId, signedOn }: Contract): Promise<void> {
    if (revisesId === null || signedOn === null) return;
    const revised = await tx.findOneByOrFail(Contract, { id: revisesId });
    if (signedOn < revised.signedOn!)
      throw programmeProblem.signed_before_the_one_it_revises({ revisedSignedOn: revised.signedOn });
  }
}

/** That both have signed comes first: it is what ends follow-ups, and they keep the first fact that touched them. */
function signatureFacts(contract: Contract, parties: readonly Party[]): Fact[] {
  const { id, refugeeId, signedOn, revisesId, declarationSignedOn } = contract;
  const revised = revisesId !== null && { id: revisesId, refugeeId };
  return [
    ...(signedOn ? [factOf('contract', contract, 'contract.signed', { signedOn })] : []),
    ...(signedOn && revised ? [factOf('contract', revised, 'contract.replaced', { contractId: id })] : []),
    ...parties.map((party) =>
      factOf('contract', contract, `contract.signed_by_${party}`, {
        signedOn: contract.signatures[party],
        ...(party === 'person' && { declarationSignedOn }),
      }),
    ),
  ];
}
