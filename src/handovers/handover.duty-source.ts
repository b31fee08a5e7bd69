import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DutiesService } from '../reminders/duties.service.js';
import type { DutySource } from '../reminders/reminders.contract.js';
import { HANDOVER_FACTS, type HandoverFactsRow } from './handover-facts.queries.js';
import { handoverDuties, handoverTexts, type HandoverFacts } from './handover.duties.js';
import { isAgreed } from './operator-forms.rules.js';

/** Hands the planner what there is to do about handing cases over. */
@Injectable()
export class HandoverDutySource implements DutySource<HandoverFacts>, OnModuleInit {
  readonly subjectType = 'case';
  readonly texts = handoverTexts;
  readonly duties = handoverDuties;

  constructor(private readonly all: DutiesService) {}

  onModuleInit(): void {
    this.all.declare(this);
  }

  async facts(tx: EntityManager, ids: string[]): Promise<HandoverFacts[]> {
    const rows = await tx.query<HandoverFactsRow[]>(HANDOVER_FACTS, [ids]);
    return rows.map(({ forms, ...row }) => ({
      ...row,
      forms: forms.map(({ unsettled, ...form }) => ({ ...form, over: unsettled.every(isAgreed) })),
    }));
  }

  /** No day changes it by coming. */
  changesOn(): null {
    return null;
  }

  /** No rule of law moves it. */
  async selectedBy(): Promise<string[]> {
    return [];
  }
}
