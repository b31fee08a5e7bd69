import type { ClassConstructor } from 'class-transformer';
import { isUsableDay } from '../platform/http/fields.js';
import type { FieldError } from '../platform/http/problem.js';
import { shapeErrors } from '../platform/http/validation.js';
import { isUnknown, type AnswerValue, type Unknown } from './competences.contract.js';
import {
  ChoicesAnswer,
  FreeTextAnswer,
  InterpreterAnswered,
  LanguagesAnswer,
  LicencesAnswer,
  SchoolingsAnswer,
  SkillsAnswer,
  WishedOccupationsAnswer,
  WorksAnswer,
  type CodedAnswer,
  type EvidenceAnswer,
  type FreeTextAnswer as Told,
  type LanguageAnswer,
  type LicenceAnswer,
  type SchoolingAnswer,
  type SkillAnswer,
  type WorkAnswer,
} from './dto/answer-values.dto.js';
import type { FieldKind, FormField } from './forms.contract.js';

/** An answer in the one form it is kept in, or everything that is wrong with it, by its path. */
export interface ReadAnswer {
  value: AnswerValue;
  errors: FieldError[];
}

/** Reads what was sent as the answer to a field; what is left out of a fact is null. */
export function readAnswer(field: FormField, sent: unknown, path: string): ReadAnswer {
  if (sent === null) return { value: null, errors: [] };
  if (saysUnknown(sent)) {
    const beside = Object.keys(sent).filter((key) => key !== 'unknown');
    const errors = beside.map((key) => ({ field: joined(path, key), rule: 'unknown' }));
    return { value: errors.length > 0 ? null : { unknown: true }, errors };
  }
  const errors = wrongIn(field, sent).map((error) => ({ ...error, field: joined(path, error.field) }));
  return { value: errors.length > 0 ? null : asKept(field, sent), errors };
}

type Wrong = (field: FormField, sent: unknown) => FieldError[];

const WRONG: Record<FieldKind, Wrong> = {
  yes_no: scalar('flag', (sent) => typeof sent === 'boolean'),
  day: scalar('day', isUsableDay),
  number: ({ bounds }, sent) => {
    const { min, max } = bounds!;
    const holds = Number.isInteger(sent) && (sent as number) >= min && (sent as number) <= max;
    return holds ? [] : [{ field: '', rule: 'whole', values: { min, max } }];
  },
  choice: (field, sent) => notAmong(field, [sent]),
  choices: (field, sent) => [...listed(ChoicesAnswer)(field, sent), ...notAmong(field, sent)],
  text: shaped(FreeTextAnswer),
  interpreter: shaped(InterpreterAnswered),
  occupations: listed(WishedOccupationsAnswer, (sent) =>
    twice(sent, ({ scheme, code }) => `${scheme} ${code}`),
  ),
  languages: listed(LanguagesAnswer, (sent) => twice(sent, ({ language }) => String(language))),
  schooling: listed(SchoolingsAnswer),
  work: listed(WorksAnswer),
  skills: listed(SkillsAnswer),
  licences: listed(LicencesAnswer),
};

function wrongIn(field: FormField, sent: unknown): FieldError[] {
  return WRONG[field.kind](field, sent);
}

function scalar(rule: string, holds: (sent: unknown) => boolean): Wrong {
  return (_, sent) => (holds(sent) ? [] : [{ field: '', rule }]);
}

function shaped(shape: ClassConstructor<object>): Wrong {
  return (_, sent) => (isObject(sent) ? shapeErrors(shape, sent) : [{ field: '', rule: 'object' }]);
}

/** A list is validated as the one field of an object, whose name the reader does not see. */
function listed(shape: ClassConstructor<object>, more: (sent: Row[]) => FieldError[] = () => []): Wrong {
  return (_, sent) => {
    const errors = shapeErrors(shape, { items: sent }).map((error) => ({
      ...error,
      field: error.field.replace(/^items/, ''),
    }));
    if (!Array.isArray(sent)) return errors.slice(0, 1);
    return errors.length > 0 ? errors : more(sent as Row[]);
  };
}

type Row = Record<string, unknown>;

function twice(sent: Row[], keyOf: (row: Row) => string): FieldError[] {
  const keys = sent.map(keyOf);
  return keys.flatMap((key, i) => (keys.indexOf(key) < i ? [{ field: `[${i}]`, rule: 'once' }] : []));
}

function notAmong({ options }: FormField, sent: unknown): FieldError[] {
  const allowed = options!.map(({ value }) => value);
  const all = Array.isArray(sent) && sent.every((one) => allowed.includes(one as string));
  return all ? [] : [{ field: '', rule: 'one_of', values: { allowed } }];
}

const saysUnknown = (sent: unknown): sent is Unknown =>
  isUnknown(sent as AnswerValue) && (sent as { unknown: unknown }).unknown === true;

const isObject = (sent: unknown): sent is object =>
  typeof sent === 'object' && sent !== null && !Array.isArray(sent);

const joined = (path: string, rest: string): string =>
  rest === '' || rest.startsWith('[') ? path + rest : `${path}.${rest}`;

/** One way to write an answer down, so that equal answers are equal. */
function asKept(field: FormField, sent: unknown): AnswerValue {
  return KEPT[field.kind](sent as never, field);
}

const KEPT: Record<FieldKind, (sent: never, field: FormField) => AnswerValue> = {
  yes_no: (sent: boolean) => sent,
  day: (sent: string) => sent,
  number: (sent: number) => sent,
  choice: (sent: string) => sent,
  // in the order of the form
  choices: (sent: string[], { options }) =>
    options!.flatMap(({ value }) => (sent.includes(value) ? [value] : [])),
  text: (sent: Told) => told(sent),
  interpreter: ({ present, language = null }: InterpreterAnswered) => ({ present, language }),
  occupations: (sent: WishedOccupationsAnswer['items']) => sent.map(({ scheme, code }) => ({ scheme, code })),
  languages: (sent: LanguageAnswer[]) =>
    sent.map(({ language, motherTongue, spoken, read, written, readsLatinScript, evidence }) => ({
      language,
      motherTongue,
      spoken: spoken ?? null,
      read: read ?? null,
      written: written ?? null,
      readsLatinScript: readsLatinScript ?? null,
      evidence: evidenceOf(evidence),
    })),
  schooling: (sent: SchoolingAnswer[]) =>
    sent.map((row) => ({
      ...fact(row),
      level: row.level,
      field: row.field ?? null,
      country: row.country ?? null,
      years: row.years ?? null,
      endedYear: row.endedYear ?? null,
      documents: row.documents ?? null,
      recognition: row.recognition ?? null,
    })),
  work: (sent: WorkAnswer[]) =>
    sent.map((row) => ({
      ...fact(row),
      coded: coding(row.coded),
      country: row.country ?? null,
      years: row.years,
      lastYear: row.lastYear ?? null,
      documents: row.documents ?? null,
    })),
  skills: (sent: SkillAnswer[]) => sent.map((row) => ({ ...fact(row), coded: coding(row.coded) })),
  licences: (sent: LicenceAnswer[]) =>
    sent.map((row) => ({
      ...fact(row),
      kind: row.kind,
      category: row.category ?? null,
      country: row.country ?? null,
      validUntil: row.validUntil ?? null,
      documents: row.documents ?? null,
      recognition: row.recognition ?? null,
    })),
};

const told = ({ words, danish }: Told) => ({
  words: words ? { text: words.text, language: words.language ?? null, direction: null } : null,
  danish: danish ?? null,
});
const fact = (row: Told & Pick<WorkAnswer, 'evidence' | 'attachments'>) => ({
  ...told(row),
  evidence: evidenceOf(row.evidence),
  attachments: row.attachments ?? [],
});
const evidenceOf = (evidence?: EvidenceAnswer | null) =>
  evidence ? { grade: evidence.grade, source: evidence.source ?? null, on: evidence.on ?? null } : null;
/** Who coded it is said when it is written. */
const coding = (coded?: CodedAnswer | null) =>
  coded ? { scheme: coded.scheme, code: coded.code, sure: coded.sure, by: '' } : null;
