// No act says what an assessment holds: the Copenhagen model asks for languages, schooling, work, skills and wishes.
import { isDeepStrictEqual } from 'node:util';
import type { Day } from '../platform/calendar/calendar.js';
import {
  CODED,
  EVIDENCE,
  type AssessmentContent,
  type Availability,
  type Coded,
  type Language,
  type Schooling,
  type SignedAssessment,
  type Skill,
  type Wishes,
} from './competences.contract.js';

type From<Row> = Row & { assessmentId: string };

export interface Profile {
  languages: (Language & { assessmentIds: string[] })[];
  occupations: {
    occupation: string;
    years: number;
    lastYear: number | null;
    yearsSince: number | null;
    coded: Coded;
    assessmentIds: string[];
  }[];
  skills: From<Skill>[];
  schooling: From<Schooling>[];
  wishes: From<Wishes> | null;
  availability: From<Availability> | null;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** The parts in which two contents differ. */
export function changedParts(
  before: AssessmentContent,
  after: AssessmentContent,
): (keyof AssessmentContent)[] {
  const parts = Object.keys(after) as (keyof AssessmentContent)[];
  return parts.filter((part) => !isDeepStrictEqual(before[part], after[part]));
}

/** Why a draft cannot be signed yet: every reason, by the field it is about. */
export function lackingForSignature(
  { languages, schooling, work }: AssessmentContent,
  today: Day,
): { field: string; rule: string }[] {
  const toCome = (year: number | null): boolean => year !== null && year > yearOf(today);
  return [
    ...(languages.length === 0 ? [{ field: 'languages', rule: 'at_least_one' }] : []),
    ...(schooling.length + work.length === 0 ? [{ field: 'work', rule: 'work_or_schooling' }] : []),
    ...schooling.flatMap(({ endedYear }, i) =>
      toCome(endedYear) ? [{ field: `schooling[${i}].endedYear`, rule: 'not_to_come' }] : [],
    ),
    ...work.flatMap(({ lastYear }, i) =>
      toCome(lastYear) ? [{ field: `work[${i}].lastYear`, rule: 'not_to_come' }] : [],
    ),
  ];
}

/** What is known of a person, from the assessments that count, in whatever order they come. */
export function profileOf(assessments: readonly SignedAssessment[], today: Day): Profile {
  const newestFirst = [...assessments].sort((a, b) => (bySignature(a) < bySignature(b) ? 1 : -1));
  const latest = newestFirst.at(0);
  return {
    languages: languagesOf(newestFirst),
    occupations: occupationsOf(newestFirst, yearOf(today)),
    skills: skillsOf(newestFirst),
    schooling: schoolingOf(newestFirst),
    wishes: latest ? { ...latest.content.wishes, assessmentId: latest.id } : null,
    availability: latest ? { ...latest.content.availability, assessmentId: latest.id } : null,
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

function occupationsOf(assessments: SignedAssessment[], thisYear: number): Profile['occupations'] {
  const spells = newestOfEach(rowsOf(assessments, 'work'), ({ occupation, country, lastYear }) =>
    JSON.stringify([occupation, country, lastYear]),
  );
  return grouped(spells, ({ occupation }) => occupation)
    .map(([occupation, rows]) => {
      const lastYear = highest(rows.map((row) => row.lastYear));
      return {
        occupation,
        years: rows.reduce((sum, { years }) => sum + years, 0),
        lastYear,
        yearsSince: lastYear === null ? null : Math.max(0, thisYear - lastYear),
        coded: CODED[Math.max(...rows.map(({ coded }) => CODED.indexOf(coded)))],
        assessmentIds: sourcesOf(rows),
      };
    })
    .sort(inOrder((row) => [-row.years, row.occupation]));
}

/** The same skill, written with other capitals or spaces, is one: its best evidence, and of equals the newest. */
function skillsOf(assessments: SignedAssessment[]): Profile['skills'] {
  return grouped(rowsOf(assessments, 'skills'), ({ description }) => folded(description))
    .map(([, rows]) => rows.reduce((best, row) => (grade(row) > grade(best) ? row : best)))
    .sort(inOrder((row) => [-grade(row), folded(row.description)]));
}

function schoolingOf(assessments: SignedAssessment[]): Profile['schooling'] {
  const rows = newestOfEach(rowsOf(assessments, 'schooling'), ({ level, field, country, endedYear }) =>
    JSON.stringify([level, folded(field ?? ''), country, endedYear]),
  );
  return rows.sort(inOrder((row) => [-Number(row.level), -(row.endedYear ?? 0)]));
}

const grade = ({ evidence }: Skill): number => EVIDENCE.indexOf(evidence);
const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');
const sourcesOf = (rows: { assessmentId: string }[]): string[] =>
  [...new Set(rows.map(({ assessmentId }) => assessmentId))].sort();

function rowsOf<Part extends 'languages' | 'work' | 'skills' | 'schooling'>(
  assessments: SignedAssessment[],
  part: Part,
): From<AssessmentContent[Part][number]>[] {
  return assessments.flatMap(({ id, content }) => content[part].map((row) => ({ ...row, assessmentId: id })));
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
