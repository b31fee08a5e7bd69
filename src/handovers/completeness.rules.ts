// No act says what a receiver must be told. That nothing is asked twice is the Copenhagen model's own rule.
import type { AnswerSource } from '../competences/competences.contract.js';
import type { Label, RequiredFor } from '../competences/forms.contract.js';
import type { Day } from '../platform/calendar/calendar.js';

/** What a field that must be answered was answered in an assessment; what was answered stands there. */
export interface StandingAnswer {
  assessmentId: string;
  /** Whether it is known; else it was asked, and is not known, or taken back. */
  known: boolean;
  /** Nothing is told of it any more, whatever was answered before. */
  takenBack: boolean;
  source: AnswerSource;
  on: Day;
}

/** A field of the form in use that must be answered, with its answers, newest first. */
export interface RequiredField {
  field: string;
  meaning: string;
  label: Label;
  requiredFor: RequiredFor;
  answers: StandingAnswer[];
}

export interface HandoverItem extends Omit<RequiredField, 'answers'> {
  state: 'known' | 'asked_unknown' | 'not_asked';
  source: AnswerSource | null;
  on: Day | null;
  assessmentId: string | null;
}

export interface Completeness {
  answered: number;
  required: number;
  /** Whole percent, rounded down: 100 is all of it. */
  percent: number;
}

/** Where a field stands: with the newest that knows it, or else the newest that asked, since it was last taken back. */
export function itemOf({ answers, ...field }: RequiredField): HandoverItem {
  const takenBack = answers.findIndex((one) => one.takenBack);
  const standing = takenBack === -1 ? answers : answers.slice(0, takenBack);
  const answer = standing.find(({ known }) => known) ?? standing.at(0);
  if (!answer) return { ...field, state: 'not_asked', source: null, on: null, assessmentId: null };
  const { known, source, on, assessmentId } = answer;
  return { ...field, state: known ? 'known' : 'asked_unknown', source, on, assessmentId };
}

/** (known or asked) ÷ required; a form that requires nothing is complete. */
export function completenessOf(items: readonly HandoverItem[]): Completeness {
  const required = items.length;
  const answered = required - notAsked(items).length;
  return { answered, required, percent: percentOf(answered, required) };
}

export const percentOf = (answered: number, required: number): number =>
  required === 0 ? 100 : Math.floor((100 * answered) / required);

export const notAsked = (items: readonly HandoverItem[]): HandoverItem[] =>
  items.filter(({ state }) => state === 'not_asked');
