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
  languages: (Omit<Language, 'evidence'> & { assessmentIds: string[] })[];
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
    assessmentIds: string[];
  }[];
  skills: From<Skill>[];
  schooling: From<Schooling>[];
  licences: From<Licence>[];
  danish: DanishLevel | null;
  wishes: From<{ told: TextAnswer | null; occupations: WishedOccupation[] }> | null;
  availability: From<{ from: Day | null; hoursPerWeek: number | null; weekdays: string[] | null }> | null;
}

/** CEFR levels an assessment found, and the highest exam that was passed. */
export interface DanishLevel {
  spoken: string | null;
  read: string | null;
  written: string | null;
  exam: PassedExam | null;
  assessmentIds: string[];
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
  const groups = grouped(rowsOf(assessments, 'languages'), ({ language }) => language);
  return groups
    .map(([language, rows]) => ({
      language,
      motherTongue: rows.some((row) => row.motherTongue),
      spoken: highest(rows.map((row) => row.spoken)),
      read: highest(rows.map((row) => row.read)),
      written: highest(rows.map((row) => row.written)),
      readsLatinScript: highest(rows.map((row) => row.readsLatinScript)),
      assessmentIds: sourcesOf(rows),
    }))
    .sort(inOrder((row) => [row.language]));
}

/** Work is one occupation by its code; work that nobody has coded, by how it was told. */
function occupationsOf(
  assessments: SignedAssessment[],
  iscoGroups: IscoGroups,
  thisYear: number,
): Profile['occupations'] {
  const spells = newestOfEach(rowsOf(assessments, 'work'), (row) =>
    JSON.stringify([occupationKey(row), row.country, row.lastYear]),
  );
  return grouped(spells, occupationKey)
    .map(([, rows]) => {
      const [{ coded, danish, words }] = rows;
      const lastYear = highest(rows.map((row) => row.lastYear));
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
        assessmentIds: sourcesOf(rows),
      };
    })
    .sort(inOrder((row) => [-row.years, row.occupation ?? '~', row.danish ?? '']));
}

const occupationKey = ({ coded, ...row }: Work): string =>
  coded ? `${coded.scheme} ${coded.code}` : `told ${folded(textOf(row))}`;

/** The same skill, written with other capitals or spaces, is one: its best evidence, and of equals the newest. */
function skillsOf(assessments: SignedAssessment[]): Profile['skills'] {
  return grouped(rowsOf(assessments, 'skills'), ({ coded, ...row }) =>
    coded ? `${coded.scheme} ${coded.code}` : folded(textOf(row)),
  )
    .map(([, rows]) => bestKnown(rows))
    .sort(inOrder((row) => [-grade(row), folded(textOf(row))]));
}

function schoolingOf(assessments: SignedAssessment[]): Profile['schooling'] {
  const rows = newestOfEach(rowsOf(assessments, 'schooling'), (row) =>
    JSON.stringify([row.level, row.field, folded(textOf(row)), row.country, row.endedYear]),
  );
  return rows.sort(inOrder((row) => [-Number(row.level), -(row.endedYear ?? 0)]));
}

function licencesOf(assessments: SignedAssessment[]): Profile['licences'] {
  const rows = newestOfEach(rowsOf(assessments, 'licences'), (row) =>
    JSON.stringify([row.kind, folded(row.category ?? ''), row.country]),
  );
  return rows.sort(inOrder((row) => [row.kind, row.category ?? '']));
}

const EXAMS = ['pd1', 'pd2', 'pd3', 'studieproeven'];

function danishOf(languages: Profile['languages'], exams: readonly PassedExam[]): DanishLevel | null {
  const found = languages.find(({ language }) => language === 'dan');
  const [exam = null] = [...exams].sort((a, b) => EXAMS.indexOf(b.exam) - EXAMS.indexOf(a.exam));
  if (!found && !exam) return null;
  const { spoken = null, read = null, written = null, assessmentIds = [] } = found ?? {};
  return { spoken, read, written, exam, assessmentIds };
}

/** Of the newest assessment that says something of it. */
function wishesOf(assessments: SignedAssessment[]): Profile['wishes'] {
  const told = newestThatKnows(assessments, ['wishes', 'wished_occupations']);
  if (!told) return null;
  const { id: assessmentId, answers } = told;
  return {
    told: known<TextAnswer>(answers.wishes),
    occupations: known<WishedOccupation[]>(answers.wished_occupations) ?? [],
    assessmentId,
  };
}

function availabilityOf(assessments: SignedAssessment[]): Profile['availability'] {
  const told = newestThatKnows(assessments, ['available_from', 'hours_per_week', 'weekdays']);
  if (!told) return null;
  const { id: assessmentId, answers } = told;
  return {
    from: known<Day>(answers.available_from),
    hoursPerWeek: known<number>(answers.hours_per_week),
    weekdays: known<string[]>(answers.weekdays),
    assessmentId,
  };
}

const newestThatKnows = (newestFirst: SignedAssessment[], meanings: string[]): SignedAssessment | undefined =>
  newestFirst.find(({ answers }) => meanings.some((meaning) => isKnown(answers[meaning])));

/** An answer by what its field means, whose kind all versions of the form keep. */
const known = <Value>(value: AnswerValue | undefined): Value | null =>
  isKnown(value) ? (value as Value) : null;

/** What a fact says, in Danish if it was said in Danish. */
const textOf = ({ danish, words }: TextAnswer): string => danish ?? words?.text ?? '';
const grade = ({ evidence }: Pick<Skill, 'evidence'>): number =>
  evidence ? EVIDENCE.indexOf(evidence.grade) : -1;
/** The row with the best evidence, and of equals the newest. */
const bestKnown = <Row extends Pick<Skill, 'evidence'>>(rows: Row[]): Row =>
  rows.reduce((found, row) => (grade(row) > grade(found) ? row : found));
const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');
const sourcesOf = (rows: { assessmentId: string }[]): string[] =>
  [...new Set(rows.map(({ assessmentId }) => assessmentId))].sort();

interface Facts {
  languages: Language;
  schooling: Schooling;
  work: Work;
  skills: Skill;
  licences: Licence;
}

function rowsOf<Meaning extends keyof Facts>(
  assessments: SignedAssessment[],
  meaning: Meaning,
): From<Facts[Meaning]>[] {
  return assessments.flatMap(({ id, answers }) =>
    (known<Facts[Meaning][]>(answers[meaning]) ?? []).map((row) => ({ ...row, assessmentId: id })),
  );
}

function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups];
}

/** Of rows, newest assessment first, that speak of the same: those of the newest assessment that does. */
function newestOfEach<Row extends { assessmentId: string }>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  return grouped(rows, keyOf).flatMap(([, same]) =>
    same.filter(({ assessmentId }) => assessmentId === same[0].assessmentId),
  );
}

/** The highest of the values that are known: CEFR levels, years, and true over false. */
function highest<Value extends string | number | boolean>(values: (Value | null)[]): Value | null {
  return values.reduce(
    (best, value) => (best === null || (value !== null && value > best) ? value : best),
    null,
  );
}

function inOrder<Row>(keysOf: (row: Row) => (string | number)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    const at = left.findIndex((key, i) => key !== right[i]);
    return at === -1 ? 0 : left[at] < right[at] ? -1 : 1;
  };
}
