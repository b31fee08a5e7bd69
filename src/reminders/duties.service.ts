import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LegislationService } from '../legislation/legislation.service.js';
import { NoRuleOnDate, type RuleBook } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import { today } from '../platform/database/database.js';
import { OWNERS } from './planner.queries.js';
import { asWanted } from './planner.rows.js';
import type { Wanted } from './planner.rules.js';
import type { PracticeOfFollowUp } from './practice-of-follow-up.queries.js';
import { PRACTICE_ON, type PracticeOn } from './practice-rules.queries.js';
import { practiceDuties, practiceText, type PracticeVersion } from './practice.rules.js';
import type { Duty, DutySource, DutyText, LandmarkNames, Landmarks } from './reminders.contract.js';

interface Owner {
  refugeeId: string;
  role: string;
  ownerId: string | null;
}

/** What the facts, the law and practice ask for of some subjects. */
interface Asked {
  wanted: Wanted[];
  /** Subjects the law has no answer for: they keep the plan they have. */
  unanswered: Set<string>;
  /** The next day that changes a subject's duties by coming. */
  nextChange: Map<string, Day | null>;
}

interface Answer {
  duties: Duty[];
  changesOn: Day | null;
}

/** The follow-up whose words are looked for; `practice` is what its own rule says, where no law asks for it. */
interface WithText {
  subject_type: string;
  key: string;
  occurrence: number;
  practice: PracticeOfFollowUp | null;
}

/** Knows who declares duties, and what all of them together ask for; it writes nothing. */
@Injectable()
export class DutiesService {
  private readonly logger = new Logger(DutiesService.name);
  readonly sources: DutySource[] = [];

  constructor(private readonly legislation: LegislationService) {}

  declare<Facts extends { subjectId: string }>(source: DutySource<Facts>): void {
    this.sources.push(source);
  }

  subjectTypes(): string[] {
    return [...new Set(this.sources.map((source) => source.subjectType))];
  }

  /** What people read of a duty. */
  text({ subject_type, key, occurrence, practice }: WithText): DutyText {
    if (practice) return practiceText(practice);
    const source = this.sources.find((one) => one.subjectType === subject_type && key in one.texts)!;
    const text = source.texts[key];
    if (!text.numbered) return text;
    return { ...text, title: { da: `${text.title.da} ${occurrence}`, en: `${text.title.en} ${occurrence}` } };
  }

  /** What a practice rule of cases may rest on. */
  landmarkNames(): LandmarkNames {
    const all = this.sources.flatMap(({ landmarkNames }) => landmarkNames ?? []);
    return {
      days: Object.assign({}, ...all.map(({ days }) => days)) as LandmarkNames['days'],
      recorded: all.flatMap(({ recorded }) => recorded),
      states: Object.assign({}, ...all.map(({ states }) => states)) as LandmarkNames['states'],
    };
  }

  /**
   * @param trial a version that is asked for, on a day, as if no other were on
   */
  async asked(
    tx: EntityManager,
    subjectType: string,
    ids: string[],
    trial?: { version: PracticeVersion; onDay: Day },
  ): Promise<Asked> {
    const rules = await this.legislation.rules(tx);
    const now = trial?.onDay ?? (await today(tx));
    const suspensionChangesOn = rules.nextSuspensionChange(now);
    const rows = await tx.query<Owner[]>(OWNERS, [ids]);
    const owners = new Map(rows.map(({ refugeeId, role, ownerId }) => [`${refugeeId} ${role}`, ownerId]));
    const practice = trial
      ? new Map(ids.map((id) => [id, [trial.version]]))
      : await this.practiceOn(tx, subjectType, ids);
    const asked: Asked = { wanted: [], unanswered: new Set(), nextChange: new Map() };
    for (const source of this.sources.filter((one) => one.subjectType === subjectType)) {
      for (const facts of await source.facts(tx, ids)) {
        const { subjectId } = facts;
        const versions = practice.get(subjectId) ?? [];
        const answer = this.answerOf(source, facts, rules, versions, now);
        if (!answer) asked.unanswered.add(subjectId);
        asked.nextChange.set(
          subjectId,
          earlier(asked.nextChange.get(subjectId) ?? suspensionChangesOn, answer?.changesOn ?? null),
        );
        for (const duty of answer?.duties ?? [])
          asked.wanted.push(
            asWanted(subjectId, duty, owners.get(`${subjectId} ${duty.role}`) ?? null, rules, now),
          );
      }
    }
    asked.wanted = asked.wanted.filter(({ subjectId }) => !asked.unanswered.has(subjectId));
    return asked;
  }

  /** The versions that are on in the unit of each case. */
  private async practiceOn(
    tx: EntityManager,
    subjectType: string,
    ids: string[],
  ): Promise<Map<string, PracticeVersion[]>> {
    if (subjectType !== 'case') return new Map();
    const rows = await tx.query<PracticeOn[]>(PRACTICE_ON, [ids]);
    return new Map(rows.map(({ refugeeId, versions }) => [refugeeId, versions]));
  }

  /** Undefined when the law has no rule for a day: whoever changes something else of the case must not be refused for it. */
  private answerOf(
    source: DutySource,
    facts: { subjectId: string },
    rules: RuleBook,
    versions: PracticeVersion[],
    now: Day,
  ): Answer | undefined {
    try {
      const byLaw = {
        duties: source.duties(facts, rules, now),
        changesOn: source.changesOn(facts, rules, now),
      };
      const landmarks = versions.length > 0 ? source.landmarks?.(facts, now) : undefined;
      return landmarks ? withPractice(byLaw, versions, source.landmarkNames!, landmarks, now) : byLaw;
    } catch (error) {
      if (!(error instanceof NoRuleOnDate)) throw error;
      this.logger.error({ subject: facts.subjectId, noRule: error.key, on: error.day });
      return undefined;
    }
  }
}

/** A version is the business of the source that declares the landmark it counts from. */
function withPractice(
  { duties, changesOn }: Answer,
  versions: PracticeVersion[],
  names: LandmarkNames,
  landmarks: Landmarks,
  now: Day,
): Answer {
  const asks = versions.filter(({ after }) => after in names.days);
  return {
    duties: [...duties, ...asks.flatMap((version) => practiceDuties(version, landmarks, now))],
    changesOn: earlier(changesOn, landmarks.changesOn),
  };
}

const earlier = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b < a) ? b : a);
