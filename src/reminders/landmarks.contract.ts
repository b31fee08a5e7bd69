import type { Day } from '../platform/calendar/calendar.js';
import type { Language } from '../platform/http/language.js';
import type { Act, Pause } from './reminders.contract.js';

type Words = Record<Language, string>;

/** What municipal practice may count from, wait for and end by; the names are kept in rules for years. */
export interface LandmarkNames {
  /** Things that happen on a day: `contract.signed`. */
  days: Record<string, Words>;
  /** Those of them that somebody records, so that recording one can end a follow-up. */
  recorded: string[];
  /** What can be so on a day: `in_work`. */
  states: Record<string, Words>;
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
  pauses: Pause[];
  /** The next day after today that changes any of it by coming. */
  changesOn: Day | null;
}
