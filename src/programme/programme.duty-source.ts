import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Rule } from '../legislation/rule-book.js';
import { PlannerService } from '../reminders/planner.service.js';
import type { DutySource } from '../reminders/reminders.contract.js';
import { CONTRACT_RULE_KEYS, dutyTexts, programmeDuties, type ContractFacts } from './programme.duties.js';
import { CASES_TAKEN_OVER_IN, CONTRACT_FACTS } from './programme.queries.js';

/** Hands the planner the facts that the programme's duties follow from. */
@Injectable()
export class ProgrammeDutySource implements DutySource<ContractFacts>, OnModuleInit {
  readonly subjectType = 'case';
  readonly texts = dutyTexts;
  readonly duties = programmeDuties;

  constructor(private readonly planner: PlannerService) {}

  onModuleInit(): void {
    this.planner.declare(this);
  }

  facts(tx: EntityManager, ids: string[]): Promise<ContractFacts[]> {
    return tx.query<ContractFacts[]>(CONTRACT_FACTS, [ids]);
  }

  async selectedBy(tx: EntityManager, { key, validFrom, validTo }: Rule): Promise<string[]> {
    if (!CONTRACT_RULE_KEYS.includes(key)) return [];
    return (await tx.query<{ id: string }[]>(CASES_TAKEN_OVER_IN, [validFrom, validTo])).map(({ id }) => id);
  }
}
