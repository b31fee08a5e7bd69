import type { KnownScheme } from '../classifications/classifications.contract.js';
import {
  isKnown,
  type Answers,
  type Coding,
  type Language,
  type Licence,
  type Schooling,
  type Skill,
  type TextAnswer,
  type WishedOccupation,
  type Work,
  type Words,
} from './competences.contract.js';
import type { FieldKind, FormVersion } from './forms.contract.js';

/** A code that stands somewhere in an answer. */
interface CodeAt {
  scheme: KnownScheme;
  code: string;
  /** Path in the answers, such as `work[0].country`. */
  at: string;
}

/** The same, with the name of the field whose answer it stands in. */
export interface NamedCode extends CodeAt {
  field: string;
}

/** Every code of a classification that the answers name, and where. */
export function codesIn(answers: Answers, { fields }: FormVersion): NamedCode[] {
  return fields.flatMap(({ name, kind }) =>
    isKnown(answers[name])
      ? CODES[kind](answers[name] as never).map((one) => ({ ...one, field: name, at: name + one.at }))
      : [],
  );
}

/** The person's words in an answer, wherever they stand: to be written to. */
export function wordsIn(value: unknown): Words[] {
  const facts = Array.isArray(value) ? (value as unknown[]) : [value];
  return facts.flatMap((fact) => (fact as Partial<TextAnswer> | null)?.words ?? []);
}

/** The codings in an answer: to be written to. */
export function codingsIn(value: unknown): Coding[] {
  return Array.isArray(value) ? (value as Partial<Work>[]).flatMap((fact) => fact?.coded ?? []) : [];
}

interface AttachmentAt {
  /** In hex. */
  sha256: string;
  /** Path in the answers, such as `work[0].attachments[1]`. */
  at: string;
}

/** Every attachment that the facts of answers name, and where. */
export function attachmentsNamed(answers: Answers): AttachmentAt[] {
  return Object.entries(answers).flatMap(([name, value]) =>
    Array.isArray(value)
      ? each(value as Partial<Skill>[], ({ attachments = [] }) =>
          attachments.map((sha256, i) => ({ sha256, at: `.attachments[${i}]` })),
        ).map((one) => ({ ...one, at: name + one.at }))
      : [],
  );
}

type Codes = Record<FieldKind, (value: never) => CodeAt[]>;

const NONE = (): CodeAt[] => [];
const CODES: Codes = {
  yes_no: NONE,
  number: NONE,
  day: NONE,
  choice: NONE,
  choices: NONE,
  text: ({ words }: TextAnswer) => spoken(words),
  interpreter: ({ language }: { language: string | null }) => named('language', language, '.language'),
  occupations: (rows: WishedOccupation[]) =>
    each(rows, ({ scheme, code }) => named(scheme as KnownScheme, code, '.code')),
  languages: (rows: Language[]) => each(rows, ({ language }) => named('language', language, '.language')),
  schooling: (rows: Schooling[]) =>
    each(rows, ({ words, level, field, country }) => [
      ...spoken(words),
      ...named('isced_level', level, '.level'),
      ...named('isced_field', field, '.field'),
      ...named('country', country, '.country'),
    ]),
  work: (rows: Work[]) =>
    each(rows, ({ words, coded, country }) => [
      ...spoken(words),
      ...classified(coded),
      ...named('country', country, '.country'),
    ]),
  skills: (rows: Skill[]) => each(rows, ({ words, coded }) => [...spoken(words), ...classified(coded)]),
  licences: (rows: Licence[]) =>
    each(rows, ({ words, country }) => [...spoken(words), ...named('country', country, '.country')]),
};

const named = (scheme: KnownScheme, code: string | null, at: string): CodeAt[] =>
  code === null ? [] : [{ scheme, code, at }];
const spoken = (words: Words | null): CodeAt[] =>
  named('language', words?.language ?? null, '.words.language');
const classified = (coded: Coding | null): CodeAt[] =>
  coded ? named(coded.scheme as KnownScheme, coded.code, '.coded.code') : [];

function each<Row, At extends { at: string }>(rows: Row[], found: (row: Row) => At[]): At[] {
  return rows.flatMap((row, i) => found(row).map((one) => ({ ...one, at: `[${i}]${one.at}` })));
}
