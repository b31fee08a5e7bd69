import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Rule } from '../legislation/rule-book.js';
import { DutiesService } from '../reminders/duties.service.js';
import type { DutySource } from '../reminders/reminders.contract.js';
import { CONTRACT_RULE_KEYS } from './contract.duties.js';
import {
  dutyTexts,
  programmeChangesOn,
  programmeDuties,
  PROGRAMME_RULE_KEYS,
  type ProgrammeFacts,
} from './programme.duties.js';
import {
  CASES_BORN_INTO_IN,
  CASES_IN_WORK_SINCE,
  CASES_TAKEN_OVER_IN,
  CASES_VISITED_IN,
  PROGRAMME_FACTS,
} from './programme.queries.js';
import { landmarkNames, programmeLandmarks } from './programme.landmarks.js';
import { TALK_RULE_KEYS } from './talks.duties.js';

/** Which cases a rule of each key may move: those whose selecting day lies in the rule's days. */
const SELECTED: Record<string, string> = Object.fromEntries([
  ...[...CONTRACT_RULE_KEYS, ...PROGRAMME_RULE_KEYS].map((key) => [key, CASES_TAKEN_OVER_IN]),
  ...TALK_RULE_KEYS.first.map((key) => [key, CASES_VISITED_IN]),
  ...TALK_RULE_KEYS.inWork.map((key) => [key, CASES_IN_WORK_SINCE]),
  ...TALK_RULE_KEYS.afterBirth.map((key) => [key, CASES_BORN_INTO_IN]),
]) as Record<string, string>;

/** Hands the planner the facts that the programme's duties follow from. */
@Injectable()
export class ProgrammeDutySource implements DutySource<ProgrammeFacts>, OnModuleInit {
  readonly subjectType = 'case';
  readonly texts = dutyTexts;
  readonly duties = programmeDuties;
  readonly changesOn = programmeChangesOn;
  readonly landmarkNames = landmarkNames;
  readonly landmarks = programmeLandmarks;

  constructor(private readonly all: DutiesService) {}

  onModuleInit(): void {
    this.all.declare(this);
  }

  facts(tx: EntityManager, ids: string[]): Promise<ProgrammeFacts[]> {
    return tx.query<ProgrammeFacts[]>(PROGRAMME_FACTS, [ids]);
  }

  async selectedBy(tx: EntityManager, { key, validFrom, validTo }: Rule): Promise<string[]> {
    const statement = SELECTED[key];
    if (!statement) return [];
    return (await tx.query<{ id: string }[]>(statement, [validFrom, validTo])).map(({ id }) => id);
  }
}
