import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ClassificationsService } from '../classifications/classifications.service.js';
import { Database } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { requestProblem } from '../platform/http/problem.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { Contract } from './contract.entity.js';
import { contentOf, contractView } from './contract.presenter.js';
import { endingBeforeTheyBegin, whyFixed, whyNotRevised } from './contract.rules.js';
import type { ContractContent } from './contracts.contract.js';
import {
  CONTRACT_BY_ID,
  CONTRACTS_OF_CASE,
  PERSON_OF_CONTRACT,
  type ContractRow,
} from './contracts.queries.js';
import type { ChangeContract, ContractView, DraftContract } from './dto/contract.dto.js';
import { mayWorkOnContract } from './programme.policy.js';
import { programmeProblem } from './programme.problems.js';

/** Contracts and what they say. Every change takes the lock of the case, so a person's contracts change one at a time. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
    private readonly classifications: ClassificationsService,
  ) {}

  async read(actor: Actor, id: string): Promise<ContractView> {
    const row = await this.timeline.readOne<ContractRow>(actor, 'contracts.read', CONTRACT_BY_ID, [id]);
    if (!row) throw programmeProblem.no_such_contract();
    return contractView(row);
  }

  async ofCase(actor: Actor, refugeeId: string): Promise<ContractView[]> {
    const rows = await this.timeline.readAll<ContractRow>(actor, 'contracts.list', CONTRACTS_OF_CASE, [
      refugeeId,
    ]);
    if (rows.length === 0) await this.refugees.requireSeen(actor, refugeeId);
    return rows.map(contractView);
  }

  async draft(actor: StaffActor, refugeeId: string, request: DraftContract): Promise<ContractView> {
    const id = await this.database.transaction(async (tx) => {
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnContract);
      const content = contentOf(request);
      await this.requireSound(tx, content);
      return this.insert(tx, actor, Object.assign(new Contract(), content, { refugeeId }));
    });
    return this.read(actor, id);
  }

  async change(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeContract,
  ): Promise<ContractView> {
    await this.database.transaction(async (tx) => {
      const contract = await this.open(tx, actor, id);
      requireVersion(contract.version, version);
      requireUnsigned(contract);
      const content = contentOf(request);
      await this.requireSound(tx, content);
      const fields = contract.change(content);
      if (fields.length === 0) return;
      await tx.save(contract);
      await this.timeline.record(tx, actor, [
        factOf('contract', contract, 'contract.changed', { fields, ...countsOf(contract) }),
      ]);
    });
    return this.read(actor, id);
  }

  /** Drops a draft that nobody has signed. */
  async discard(actor: StaffActor, id: string, version?: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const contract = await this.open(tx, actor, id);
      if (version !== undefined) requireVersion(contract.version, version);
      requireUnsigned(contract);
      await tx.delete(Contract, { id });
      await this.timeline.record(tx, actor, [factOf('contract', contract, 'contract.discarded')]);
    });
  }

  /** A new draft that says what the contract in force says; it replaces that one once both have signed it. */
  async revise(actor: StaffActor, id: string): Promise<ContractView> {
    const drafted = await this.database.transaction(async (tx) => {
      const { refugeeId, goals, activities, signedOn } = await this.open(tx, actor, id);
      const revision = await tx.findOneBy(Contract, { revisesId: id });
      const why = whyNotRevised({ signedOn, revision });
      if (why) throw programmeProblem[why](revision ? { contract: `/api/v1/contracts/${revision.id}` } : {});
      const draft = Object.assign(new Contract(), { refugeeId, goals, activities, revisesId: id });
      return this.insert(tx, actor, draft);
    });
    return this.read(actor, drafted);
  }

  /** The contract, its case locked. @throws 404 when the actor does not see the case, 403 when it is not theirs to work on */
  async open(tx: EntityManager, actor: StaffActor, id: string): Promise<Contract> {
    const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_CONTRACT, [actor.id, id]);
    if (!person) throw programmeProblem.no_such_contract();
    await this.refugees.open(tx, actor, person.refugee_id, mayWorkOnContract);
    // Read behind the lock: somebody may have signed or discarded it while we waited.
    const contract = await tx.findOneBy(Contract, { id });
    if (!contract) throw programmeProblem.no_such_contract();
    return contract;
  }

  private async insert(tx: EntityManager, actor: StaffActor, draft: Contract): Promise<string> {
    await tx.insert(Contract, draft);
    const details = { revisesId: draft.revisesId, ...countsOf(draft) };
    await this.timeline.record(tx, actor, [factOf('contract', draft, 'contract.drafted', details)]);
    return draft.id;
  }

  /** @throws 422 when an occupation is no ISCO-08 group, or an activity ends before it begins */
  private async requireSound(
    tx: EntityManager,
    { goals = [], activities = [] }: Partial<ContractContent>,
  ): Promise<void> {
    const coded = goals.flatMap(({ occupation }) => occupation ?? []);
    const unknown = await this.classifications.unknown(tx, 'isco08', coded);
    const errors = goals.flatMap(({ occupation }, place) =>
      occupation !== null && unknown.includes(occupation)
        ? [{ field: `goals[${place}].occupation`, rule: 'known' }]
        : [],
    );
    if (errors.length > 0) throw requestProblem.unknown_reference({ errors });
    const early = endingBeforeTheyBegin(activities).map((place) => ({
      field: `activities[${place}].untilOn`,
      rule: 'not_before_it_begins',
    }));
    if (early.length > 0) throw programmeProblem.activity_ends_before_it_begins({ errors: early });
  }
}

const countsOf = ({ goals, activities }: ContractContent): Record<string, number> => ({
  goals: goals.length,
  activities: activities.length,
});

function requireUnsigned({ signatures }: Contract): void {
  const why = whyFixed(signatures);
  if (why) throw programmeProblem[why]();
}
