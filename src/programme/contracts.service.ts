import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Contract } from './contract.entity.js';
import type { ContractView, DraftContract, ReviseContract, SignContract } from './dto/contract.dto.js';
import { mayWorkOnContract } from './programme.policy.js';
import { programmeProblem } from './programme.problems.js';
import {
  CONTRACT_BY_ID,
  CONTRACTS_OF_CASE,
  PERSON_OF_CONTRACT,
  type ContractRow,
} from './programme.queries.js';

@Injectable()
export class ContractsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
  ) {}

  async read(actor: Actor, id: string): Promise<ContractView> {
    const row = await this.timeline.readOne<ContractRow>(actor, 'contracts.read', CONTRACT_BY_ID, [id]);
    if (!row) throw programmeProblem.no_such_contract();
    return view(row);
  }

  async ofCase(actor: Actor, refugeeId: string): Promise<ContractView[]> {
    const rows = await this.timeline.readAll<ContractRow>(actor, 'contracts.list', CONTRACTS_OF_CASE, [
      refugeeId,
    ]);
    if (rows.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return rows.map(view);
  }

  async draft(actor: StaffActor, refugeeId: string, request: DraftContract): Promise<ContractView> {
    const id = await this.database.transaction(async (tx) => {
      const contract = Object.assign(new Contract(), request, { refugeeId });
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnContract);
      await tx.insert(Contract, contract);
      await this.timeline.record(tx, actor, [factOf('contract', contract, 'contract.drafted')]);
      return contract.id;
    });
    return this.read(actor, id);
  }

  async revise(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ReviseContract,
  ): Promise<ContractView> {
    await this.database.transaction(async (tx) => {
      const contract = await this.open(tx, actor, id);
      requireVersion(contract.version, version);
      if (contract.signed) throw programmeProblem.contract_signed();
      const fields = contract.revise(request);
      if (fields.length === 0) return;
      await tx.save(contract);
      await this.timeline.record(tx, actor, [factOf('contract', contract, 'contract.revised', { fields })]);
    });
    return this.read(actor, id);
  }

  /** Both have signed: the duty ends with it. */
  async sign(
    actor: StaffActor,
    id: string,
    { signedOn }: SignContract,
    version?: number,
  ): Promise<ContractView> {
    await this.database.transaction(async (tx) => {
      const contract = await this.open(tx, actor, id);
      if (version !== undefined) requireVersion(contract.version, version);
      if (contract.signed) throw programmeProblem.contract_signed();
      const now = await today(tx);
      if (signedOn !== undefined && signedOn > now) throw programmeProblem.signed_in_future({ today: now });
      contract.sign(signedOn ?? now, actor.id);
      await tx.save(contract);
      await this.timeline.record(tx, actor, [
        factOf('contract', contract, 'contract.signed', { signedOn: contract.signedOn }),
      ]);
    });
    return this.read(actor, id);
  }

  /** The contract, its case locked. @throws 404 when the actor does not see the case, 403 when it is not theirs to work on */
  private async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Contract> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_CONTRACT, [actor.id, id]);
    if (!person) throw programmeProblem.no_such_contract();
    await this.refugees.open(tx, actor, person.refugee_id, mayWorkOnContract);
    // Read behind the lock: somebody may have signed while we waited for it.
    return tx.findOneByOrFail(Contract, { id });
  }
}

function view(row: ContractRow): ContractView {
  return {
    id: row.id,
    version: row.version,
    refugeeId: row.person_id,
    goal: row.goal,
    activities: row.activities,
    draftedAt: row.drafted_at.toISOString(),
    signedOn: row.signed_on,
  };
}
