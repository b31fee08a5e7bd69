import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { Sweeps, type Sweep } from '../platform/jobs/sweeper.js';
import { DutiesService } from './duties.service.js';
import type { DutySource } from './reminders.contract.js';
import { undeliveredDuties, undeliveredTexts, type UndeliveredFacts } from './undelivered.duties.js';
import { MARK_DECIDED, UNDELIVERED_FACTS } from './undelivered.queries.js';

/** Hands the planner the mails that reached nobody, and notices when none of a case is left to decide on. */
@Injectable()
export class UndeliveredDutySource implements DutySource<UndeliveredFacts>, Sweep, OnModuleInit {
  readonly name = 'undelivered reminders that ended';
  readonly subjectType = 'case';
  readonly texts = undeliveredTexts;
  readonly duties = undeliveredDuties;

  constructor(
    private readonly database: Database,
    private readonly sweeps: Sweeps,
    private readonly all: DutiesService,
  ) {}

  onModuleInit(): void {
    this.all.declare(this);
    this.sweeps.add(this);
  }

  facts(tx: EntityManager, ids: string[]): Promise<UndeliveredFacts[]> {
    return tx.query<UndeliveredFacts[]>(UNDELIVERED_FACTS, [ids]);
  }

  /** No day changes it by coming. */
  changesOn(): null {
    return null;
  }

  /** No rule of law moves it. */
  async selectedBy(): Promise<string[]> {
    return [];
  }

  async sweep(): Promise<number> {
    const [marked] = await this.database.query<[object[], number]>(MARK_DECIDED);
    return marked.length;
  }
}
