import type { EntityManager } from 'typeorm';
import type { RuleBook, Rule } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { Language } from '../platform/http/language.js';
import { declareJob } from '../platform/jobs/job.js';
import type { TeamRole } from '../staff/staff.contract.js';

/** Something a person must do in a window of days, as law or practice says: what becomes a follow-up. */
export interface Duty {
  /** Unique for its subject: `contract`. */
  key: string;
  /** Whose work it is; the unit's leader stands in for a role that nobody holds. */
  role: TeamRole;
  /** Whether the fact that ends it is there. */
  done: boolean;
  earliestOn: Day;
  targetOn: Day;
  /** The legal day; people are told the last working day on or before it. */
  latestOn: Day;
  /** The rows of law and practice that gave the days. */
  rules: Rule[];
  /** Where the fact that ends it is recorded. */
  act: { method: string; href: string };
}

/** The days a duty's texts may speak of. */
export interface DutyDays {
  earliestOn: string;
  latestOn: string;
}

/** What people read of a duty. */
export interface DutyText {
  title: Record<Language, string>;
  reason: Record<Language, (days: DutyDays) => string>;
  ifNothing: Record<Language, string>;
}

/** A module that knows duties: it declares them as a pure function of its facts and the law. */
export interface DutySource<Facts extends { subjectId: string } = { subjectId: string }> {
  subjectType: string;
  texts: Record<string, DutyText>;
  /** The facts of the subjects, one row each; a subject that is gone has none. */
  facts(tx: EntityManager, ids: string[]): Promise<Facts[]>;
  duties(facts: Facts, rules: RuleBook): Duty[];
  /** Ids of the subjects whose duties a new rule may move. */
  selectedBy(tx: EntityManager, rule: Rule): Promise<string[]>;
}

export const REMINDERS_QUEUE = 'reminders';

export const deliverReminder = declareJob({
  name: 'deliver-reminder',
  queue: REMINDERS_QUEUE,
  payload: '{ reminderId }',
  attempts: 1,
  schedule:
    'When a reminder is due: 08:00 on its day. Woken by the change that planned it if due at once, else by the sweep, which is also what tries again.',
  zone: 'Europe/Copenhagen',
});
