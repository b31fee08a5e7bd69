// No act says what an assessment holds: the Copenhagen model asks for languages, schooling, work, skills and wishes.
import { isDeepStrictEqual } from 'node:util';
import type { Day } from '../platform/calendar/calendar.js';
import { canonical } from '../platform/crypto/canonical.js';
import {
  isKnown,
  isUnknown,
  OCCUPATION_SCHEMES,
  SKILL_SCHEMES,
  type Answers,
  type AnswerValue,
  type InterpreterAnswer,
  type Schooling,
  type Skill,
  type TextAnswer,
  type Work,
} from './competences.contract.js';
import type { FieldKind, FormField, FormVersion, Label } from './forms.contract.js';

interface Lacking {
  field: string;
  rule: string;
}

/** What an answer of the right shape still lacks to make sense, by its path. */
export function lackingSense({ name, kind }: FormField, value: AnswerValue): Lacking[] {
  if (!isKnown(value)) return [];
  return (SENSE[kind]?.(value as never) ?? []).map(({ field, rule }) => ({ field: name + field, rule }));
}

const UNIT_GROUP = /^[0-9]{4}$/;
const SENSE: Partial<Record<FieldKind, (value: never) => Lacking[]>> = {
  text: (value: TextAnswer) => unsaid(value, ''),
  interpreter: ({ present, language }: InterpreterAnswer) =>
    present && language === null ? [{ field: '.language', rule: 'interpreter_language' }] : [],
  work: (rows: Work[]) =>
    rows.flatMap((row, i) => [
      ...unsaid(row, `[${i}]`),
      ...(isCodedAs(SKILL_SCHEMES, row) ? [{ field: `[${i}].coded.scheme`, rule: 'occupation' }] : []),
      ...(row.coded?.scheme === 'isco08' && !UNIT_GROUP.test(row.coded.code)
        ? [{ field: `[${i}].coded.code`, rule: 'unit_group' }]
        : []),
    ]),
  skills: (rows: Skill[]) =>
    rows.flatMap((row, i) => [
      ...unsaid(row, `[${i}]`),
      ...(isCodedAs(OCCUPATION_SCHEMES, row) ? [{ field: `[${i}].coded.scheme`, rule: 'skill' }] : []),
    ]),
};

const isCodedAs = (schemes: readonly string[], { coded }: Pick<Work, 'coded'>): boolean =>
  coded !== null && schemes.includes(coded.scheme);

/** A fact is said in the person's words, in Danish, or in both. */
function unsaid({ words, danish }: TextAnswer, at: string): Lacking[] {
  return words === null && danish === null ? [{ field: `${at}.danish`, rule: 'words_or_danish' }] : [];
}

/** Why a draft cannot be signed yet: every reason, by the field it is about. */
export function lackingForSignature({ fields }: FormVersion, answers: Answers, today: Day): Lacking[] {
  const missing = fields.filter(
    ({ name, requiredFor }) => requiredFor === 'signature' && (answers[name] ?? null) === null,
  );
  return [
    ...missing.map(({ name }) => ({ field: name, rule: 'answered' })),
    ...fields.flatMap(({ name, kind }) => yearsToCome(name, kind, answers[name], today)),
  ];
}

function yearsToCome(name: string, kind: FieldKind, value: AnswerValue | undefined, today: Day): Lacking[] {
  if (!Array.isArray(value) || (kind !== 'schooling' && kind !== 'work')) return [];
  const key = kind === 'work' ? 'lastYear' : 'endedYear';
  const thisYear = Number(today.slice(0, 4));
  return (value as (Work & Schooling)[]).flatMap((row, i) =>
    (row[key] ?? 0) > thisYear ? [{ field: `${name}[${i}].${key}`, rule: 'not_to_come' }] : [],
  );
}

/** How two answers to the same question differ. */
export interface Difference {
  /** What the question means. */
  meaning: string;
  label: Label;
  change: 'answered' | 'taken_back' | 'changed';
  before: AnswerValue;
  after: AnswerValue;
}

/** In what two assessments differ, by what was asked: both sets of answers are to one form. */
export function differences({ fields }: FormVersion, before: Answers, after: Answers): Difference[] {
  return fields.flatMap(({ name, meaning, label, kind }) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    if (saysTheSame(kind, was, is)) return [];
    const change = was === null ? 'answered' : is === null ? 'taken_back' : 'changed';
    return [{ meaning, label, change, before: was, after: is } as const];
  });
}

/** Whether two answers to a question of the kind mean the same. */
export const saysTheSame = (kind: FieldKind, one: AnswerValue, other: AnswerValue): boolean =>
  isDeepStrictEqual(compared(kind, one), compared(kind, other));

/** An answer without what does not change its meaning: the order of its facts, and what Ankomst itself says of them. */
function compared(kind: FieldKind, value: AnswerValue): unknown {
  if (!Array.isArray(value)) return plain(value);
  const rows = (value as AnswerValue[]).map(plain);
  return kind === 'occupations' ? rows : rows.map(canonical).sort();
}

/** A fact without who chose its code, and without which way its words are written. */
function plain(fact: unknown): unknown {
  if (typeof fact !== 'object' || fact === null) return fact;
  const { words, coded } = fact as Partial<Work>;
  return {
    ...fact,
    ...(words && { words: { ...words, direction: null } }),
    ...(coded && { coded: { ...coded, by: '' } }),
  };
}

/** What an assessment holds, for the timeline, which keeps no text. */
export function countsOf(answers: Answers): Record<string, number> {
  const all = Object.values(answers);
  return { known: all.filter(isKnown).length, unknown: all.filter(isUnknown).length };
}
