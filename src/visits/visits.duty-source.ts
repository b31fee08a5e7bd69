import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleBook } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import { DutiesService } from '../reminders/duties.service.js';
import type { Duty, DutySource } from '../reminders/reminders.contract.js';
import { VISIT_FACTS } from './visit-facts.queries.js';
import { visitChangesOn, visitDuties, visitTexts, type VisitFacts } from './visits.duties.js';

/** Hands the planner what is left to do after visits, besides what the programme asks for of the same cases. */
@Injectable()
export class VisitsDutySource implements DutySource<VisitFacts>, OnModuleInit {
  readonly subjectType = 'case';
  readonly texts = visitTexts;

  constructor(private readonly all: DutiesService) {}

  onModuleInit(): void {
    this.all.declare(this);
  }

  facts(tx: EntityManager, ids: string[]): Promise<VisitFacts[]> {
    return tx.query<VisitFacts[]>(VISIT_FACTS, [ids]);
  }

  duties(facts: VisitFacts, _: RuleBook, today: Day): Duty[] {
    return visitDuties(facts, today);
  }

  changesOn(facts: VisitFacts, _: RuleBook, today: Day): Day | null {
    return visitChangesOn(facts, today);
  }

  /** No rule of law moves it. */
  async selectedBy(): Promise<string[]> {
    return [];
  }
}
