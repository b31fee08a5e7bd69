// No act says what a competence profile holds; what it is derived from is our own rule.
import type { Day } from '../platform/calendar/calendar.js';
import {
  CODED,
  EVIDENCE,
  isKnown,
  type AnswerValue,
  type Coded,
  type EvidenceOf,
  type IscoGroups,
  type Language,
  type Licence,
  type PassedExam,
  type Schooling,
  type SignedAssessment,
  type Skill,
  type TextAnswer,
  type WishedOccupation,
  type Words,
  type Work,
} from './competences.contract.js';

type From<Row> = Row & { assessmentId: string };

export interface Profile {
  languages: From<Omit<Language, 'evidence'>>[];
  occupations: {
    /** Which classification the code is of; null while nobody has coded the work. */
    scheme: string | null;
    occupation: string | null;
    /** ISCO-08 unit group of it. */
    iscoGroup: string | null;
    /** As it was told last. */
    danish: string | null;
    words: Words | null;
    years: number;
    lastYear: number | null;
    yearsSince: number | null;
    coded: Coded | null;
    evidence: EvidenceOf | null;
    assessmentId: string;
  }[];
  skills: From<Skill>[];
  schooling: From<Schooling>[];
  licences: From<Licence>[];
  danish: DanishLevel | null;
  wishes: From<{ told: TextAnswer | null; occupations: WishedOccupation[] }> | null;
  availability: From<{ from: Day | null; hoursPerWeek: number | null; weekdays: string[] | null }> | null;
}

/** CEFR levels the newest assessment found, and the highest exam that was passed. */
export interface DanishLevel {
  spoken: string | null;
  read: string | null;
  written: string | null;
  exam: PassedExam | null;
  assessmentId: string | null;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** What is known of a person, from the assessments that count, in whatever order they come, and the exams that were passed. */
export function profileOf(
  assessments: readonly SignedAssessment[],
  exams: readonly PassedExam[],
  iscoGroups: IscoGroups,
  today: Day,
): Profile {
  const newestFirst = [...assessments].sort((a, b) => (bySignature(a) < bySignature(b) ? 1 : -1));
  const languages = languagesOf(newestFirst);
  return {
    languages,
    occupations: occupationsOf(newestFirst, iscoGroups, yearOf(today)),
    skills: skillsOf(newestFirst),
    schooling: schoolingOf(newestFirst),
    licences: licencesOf(newestFirst),
    danish: danishOf(languages, exams),
    wishes: wishesOf(newestFirst),
    availability: availabilityOf(newestFirst),
  };
}

const bySignature = ({ signedAt, id }: SignedAssessment): string => `${signedAt} ${id}`;

function languagesOf(assessments: SignedAssessment[]): Profile['languages'] {
  return newest(assessments, 'languages')
    .map(({ evidence: _, ...row }) => row)
    .sort(inOrder((row) => [row.language]));
}

/** Work is one occupation by its code; work that nobody has coded, by how it was told. */
function occupationsOf(
  assessments: SignedAssessment[],
  iscoGroups: IscoGroups,
  thisYear: number,
): Profile['occupations'] {
  return grouped(newest(assessments, 'work'), occupationKey)
    .map(([, rows]) => {
      const [{ coded, danish, words, assessmentId }] = rows;
      const lastYears = rows.flatMap((row) => row.lastYear ?? []);
      const lastYear = lastYears.length > 0 ? Math.max(...lastYears) : null;
      return {
        scheme: coded?.scheme ?? null,
        occupation: coded?.code ?? null,
        iscoGroup: coded && (coded.scheme === 'isco08' ? coded.code : (iscoGroups[coded.code] ?? null)),
        danish,
        words,
        years: rows.reduce((sum, { years }) => sum + years, 0),
        lastYear,
        yearsSince: lastYear === null ? null : Math.max(0, thisYear - lastYear),
        coded: coded && CODED[Math.max(...rows.map((row) => CODED.indexOf(row.coded!.sure)))],
        evidence: bestKnown(rows).evidence,
        assessmentId,
      };
    })
    .sort(inOrder((row) => [-row.years, row.occupation ?? '~', row.danish ?? '']));
}

const occupationKey = ({ coded, ...row }: Work): string =>
  coded ? `${coded.scheme} ${coded.code}` : `told ${folded(textOf(row))}`;

/** The same skill, written with other capitals or spaces, is one: its best evidence. */
function skillsOf(assessments: SignedAssessment[]): Profile['skills'] {
  return grouped(newest(assessments, 'skills'), ({ coded, ...row }) =>
    coded ? `${coded.scheme} ${coded.code}` : folded(textOf(row)),
  )
    .map(([, rows]) => bestKnown(rows))
    .sort(inOrder((row) => [-grade(row), folded(textOf(row))]));
}

const schoolingOf = (assessments: SignedAssessment[]): Profile['schooling'] =>
  newest(assessments, 'schooling').sort(inOrder((row) => [-Number(row.level), -(row.endedYear ?? 0)]));

const licencesOf = (assessments: SignedAssessment[]): Profile['licences'] =>
  newest(assessments, 'licences').sort(inOrder((row) => [row.kind, row.category ?? '']));

const EXAMS = ['pd1', 'pd2', 'pd3', 'studieproeven'];

function danishOf(languages: Profile['languages'], exams: readonly PassedExam[]): DanishLevel | null {
  const found = languages.find(({ language }) => language === 'dan');
  const [exam = null] = [...exams].sort((a, b) => EXAMS.indexOf(b.exam) - EXAMS.indexOf(a.exam));
  if (!found && !exam) return null;
  const { spoken = null, read = null, written = null, assessmentId = null } = found ?? {};
  return { spoken, read, written, exam, assessmentId };
}

/** Of the newest assessment that says something of it. */
function wishesOf(assessments: SignedAssessment[]): Profile['wishes'] {
  const told = newestTold(assessments, ['wishes', 'wished_occupations']);
  if (!told) return null;
  const { id: assessmentId, answers } = told;
  return {
    told: known<TextAnswer>(answers.wishes),
    occupations: known<WishedOccupation[]>(answers.wished_occupations) ?? [],
    assessmentId,
  };
}

function availabilityOf(assessments: SignedAssessment[]): Profile['availability'] {
  const told = newestTold(assessments, ['available_from', 'hours_per_week', 'weekdays']);
  if (!told) return null;
  const { id: assessmentId, answers } = told;
  return {
    from: known<Day>(answers.available_from),
    hoursPerWeek: known<number>(answers.hours_per_week),
    weekdays: known<string[]>(answers.weekdays),
    assessmentId,
  };
}

/**
 * The newest assessment that knows something of the meanings, and what it says of them. What was taken back after it
 * is told no more: no older assessment is asked for it. What was asked in vain, or not at all, is as it was.
 */
function newestTold(
  newestFirst: SignedAssessment[],
  meanings: string[],
): Pick<SignedAssessment, 'id' | 'answers'> | undefined {
  let left = meanings;
  for (const { id, answers } of newestFirst) {
    const told = left.filter((meaning) => isKnown(answers[meaning]));
    if (told.length > 0)
      return { id, answers: Object.fromEntries(told.map((meaning) => [meaning, answers[meaning]])) };
    left = left.filter((meaning) => answers[meaning] !== null);
  }
  return undefined;
}

/** An answer by what its field means, whose kind all versions of the form keep. */
const known = <Value>(value: AnswerValue | undefined): Value | null =>
  isKnown(value) ? (value as Value) : null;

/** What a fact says, in Danish if it was said in Danish. */
const textOf = ({ danish, words }: TextAnswer): string => danish ?? words?.text ?? '';
const grade = ({ evidence }: Pick<Skill, 'evidence'>): number =>
  evidence ? EVIDENCE.indexOf(evidence.grade) : -1;
/** The row with the best evidence, and of equals the first. */
const bestKnown = <Row extends Pick<Skill, 'evidence'>>(rows: Row[]): Row =>
  rows.reduce((found, row) => (grade(row) > grade(found) ? row : found));
const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');

interface Facts {
  languages: Language;
  schooling: Schooling;
  work: Work;
  skills: Skill;
  licences: Licence;
}

/**
 * The facts of a meaning, of the newest assessment that knows them. Each starts with what the one before said, so the
 * newest says all of it: a fact that was corrected in it, or left out, is not known any more as it was.
 */
function newest<Meaning extends keyof Facts>(
  newestFirst: SignedAssessment[],
  meaning: Meaning,
): From<Facts[Meaning]>[] {
  const told = newestTold(newestFirst, [meaning]);
  if (!told) return [];
  return known<Facts[Meaning][]>(told.answers[meaning])!.map((row) => ({ ...row, assessmentId: told.id }));
}

function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups];
}

function inOrder<Row>(keysOf: (row: Row) => (string | number)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    const at = left.findIndex((key, i) => key !== right[i]);
    return at === -1 ? 0 : left[at] < right[at] ? -1 : 1;
  };
}
