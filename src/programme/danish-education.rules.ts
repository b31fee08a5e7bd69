// Danish Education Act (danskuddannelsesloven): three educations of modules, each ended by an exam.
import type { Day } from '../platform/calendar/calendar.js';
import type { FieldError } from '../platform/http/problem.js';
import {
  DANISH_EXAMS,
  type CourseOutcome,
  type DanishEducationCode,
  type DanishExamCode,
} from './danish-education.contract.js';

export interface CourseSaid {
  education: DanishEducationCode;
  module: number;
  fromOn: Day;
  toOn: Day | null;
  outcome: CourseOutcome | null;
}

export interface ExamSaid {
  exam: DanishExamCode;
  passed: boolean;
}

/** Everything about a course that cannot be, by field. */
export function faultsOfCourse({ fromOn, toOn, outcome }: CourseSaid, today: Day): FieldError[] {
  const faults: [wrong: boolean, fault: FieldError][] = [
    [toOn !== null && toOn < fromOn, { field: 'toOn', rule: 'not_before', values: { field: 'fromOn' } }],
    [
      outcome !== null && toOn === null,
      { field: 'toOn', rule: 'needed_for', values: { of: String(outcome) } },
    ],
    [outcome !== null && toOn !== null && toOn > today, { field: 'toOn', rule: 'not_in_future' }],
  ];
  return faults.flatMap(([wrong, fault]) => (wrong ? [fault] : []));
}

/** How far a person has come: the course of today, the modules completed and the exams passed, each once. */
export function standingOf<Course extends CourseSaid>(
  courses: Course[],
  exams: ExamSaid[],
  today: Day,
): {
  currentCourse: Course | null;
  passedModules: Pick<CourseSaid, 'education' | 'module'>[];
  passedExams: DanishExamCode[];
} {
  const modules = courses
    .filter(({ outcome }) => outcome === 'completed')
    .map(({ education, module }) => ({ education, module }));
  return {
    currentCourse:
      courses.find(
        ({ fromOn, toOn, outcome }) =>
          outcome === null && fromOn <= today && (toOn === null || today <= toOn),
      ) ?? null,
    passedModules: modules.filter(
      (one, i) =>
        modules.findIndex((two) => two.education === one.education && two.module === one.module) === i,
    ),
    passedExams: DANISH_EXAMS.filter((code) => exams.some(({ exam, passed }) => passed && exam === code)),
  };
}
