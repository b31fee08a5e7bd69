import type { EntityManager } from 'typeorm';
import type { RuleBook, Rule } from '../legislation/rule-book.js';
import type { Day } from '../platform/calendar/calendar.js';
import type { Span } from '../platform/calendar/spans.js';
import type { Language } from '../platform/http/language.js';
import { declareJob } from '../platform/jobs/job.js';
import type { TeamRole } from '../staff/staff.contract.js';

/** Whose work a duty is: a role of the case team, or the leader of the case's unit. */
export type DutyRole = TeamRole | 'team_leader';

/** A request that records something. */
export interface Act {
  method: string;
  href: string;
}

/** Something a person must do in a window of days, as law or practice says: what becomes a follow-up. */
export interface Duty {
  /** What is to be done, and the name of its texts: `contract`, `talk`. */
  key: string;
  /** Which one of several of the key, from 1: the second of four talks. */
  occurrence: number;
  /** Duties of one series take each other's place: one that is no longer wanted is superseded by the one that came. */
  series: string;
  /** Whose work it is; the unit's leader stands in for a role that nobody holds. */
  role: DutyRole;
  /** Whether the fact that ends it is there. */
  done: boolean;
  earliestOn: Day;
  targetOn: Day;
  /** The legal day; people are told the last working day on or before it. */
  latestOn: Day;
  /** The rows of law and practice that gave the days. */
  rules: Rule[];
  /** The version of the practice rule that asks for it, where no law does. */
  practiceVersionId?: string;
  /** What is taken for granted while a fact is not known, as a code: `visitation_is_takeover`. */
  assumed: string[];
  /** When its time stands still. */
  pauses: Span[];
  /** Where the fact that ends it is recorded. */
  act: Act;
}

/** What a duty's texts may speak of; days are in words. */
export interface DutyDays {
  earliestOn: string;
  latestOn: string;
  occurrence: number;
}

/** What people read of a duty. */
export interface DutyText {
  title: Record<Language, string>;
  /** Whether people tell several by their number: `Follow-up talk 2`. */
  numbered?: boolean;
  reason: Record<Language, (days: DutyDays) => string>;
  ifNothing: Record<Language, string>;
}

/** What municipal practice may count from, wait for and end by; the names are kept in rules for years. */
export interface LandmarkNames {
  /** Things that happen on a day: `contract.signed`. */
  days: Record<string, Record<Language, string>>;
  /** Those of them that somebody records, so that recording one can end a follow-up. */
  recorded: string[];
  /** What can be so on a day: `in_work`. */
  states: Record<string, Record<Language, string>>;
}

/** What there is of them in the facts of one subject. */
export interface Landmarks {
  /** When each thing happened, or is to happen, in order. */
  days: Record<string, Day[]>;
  /** What is so today. */
  states: string[];
  /** Where each thing that is recorded is recorded. */
  acts: Record<string, Act>;
  /** When time stands still. */
  pauses: Span[];
  /** The next day after today that changes any of it by coming. */
  changesOn: Day | null;
}

/** A module that knows duties: it declares them as a pure function of its facts, the law and the day. */
export interface DutySource<Facts extends { subjectId: string } = { subjectId: string }> {
  subjectType: string;
  texts: Record<string, DutyText>;
  /** The facts of the subjects, one row each; a subject that is gone has none. */
  facts(tx: EntityManager, ids: string[]): Promise<Facts[]>;
  duties(facts: Facts, rules: RuleBook, today: Day): Duty[];
  /** The next day after today that changes the duties by coming, such as the day after a leave; null when none is known. */
  changesOn(facts: Facts, rules: RuleBook, today: Day): Day | null;
  /** Ids of the subjects whose duties a new rule may move. */
  selectedBy(tx: EntityManager, rule: Rule): Promise<string[]>;
  /** What municipal practice may rest on, besides; both or neither. */
  landmarkNames?: LandmarkNames;
  landmarks?(facts: Facts, today: Day): Landmarks;
}

export const REMINDERS_QUEUE = 'reminders';

export type Channel = 'in_app' | 'email';

const onTheQueue = { queue: REMINDERS_QUEUE, attempts: 1, zone: 'Europe/Copenhagen' };

export const deliverReminders = declareJob({
  name: 'deliver-reminders',
  payload: '{ reminderIds }',
  schedule:
    'When reminders in the inbox are due: 08:00 on their day. Woken by the change that planned them if due at once, else by the sweep; up to 100 together.',
  ...onTheQueue,
});

export const mailReminder = declareJob({
  name: 'mail-reminder',
  payload: '{ reminderId }',
  schedule:
    'When the mail of a reminder is due: 08:00 on its day. Woken by the change that planned it if due at once, else by the sweep, which is also what tries again.',
  ...onTheQueue,
});

export const mailDigest = declareJob({
  name: 'mail-digest',
  payload: '{ digestId }',
  schedule:
    'At 08:00 on open days, for who wants one mail a day and has something to do. Woken by the sweep, which is also what tries again.',
  ...onTheQueue,
});

export const carryOutDryRun = declareJob({
  name: 'carry-out-dry-run',
  payload: '{ dryRunId }',
  schedule:
    'When somebody asks whom a practice rule would touch. Woken by that, else by the sweep, after which it goes on where it was.',
  ...onTheQueue,
});
