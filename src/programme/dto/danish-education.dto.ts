import { PartialType } from '@nestjs/swagger';
import { Count, Flag, Halves, IsDay, Nullable, OneOf, Whole } from '../../platform/http/fields.js';
import {
  COURSE_OUTCOMES,
  DANISH_EDUCATIONS,
  DANISH_EXAMS,
  DANISH_MODULES,
  type CourseOutcome,
  type DanishEducationCode,
  type DanishExamCode,
} from '../danish-education.contract.js';

export class RecordDanishCourse {
  /** @example du2 */
  @OneOf(DANISH_EDUCATIONS) education: DanishEducationCode;
  /** @example 3 */
  @Whole(1, DANISH_MODULES) module: number;
  /** @example 2026-09-01 */
  @IsDay() fromOn: string;
  /** The last day of it; open without one. @example 2026-11-20 */
  @Nullable() @IsDay() toOn?: string | null;
  /** @example 15 */
  @Halves(0.5, 60) classHoursPerWeek: number;
  /** How it ended; then with its last day. */
  @Nullable() @OneOf(COURSE_OUTCOMES) outcome?: CourseOutcome | null;
}

/** Only what is sent changes. */
export class ChangeDanishCourse extends PartialType(RecordDanishCourse, { skipNullProperties: false }) {}

export class RecordDanishExam {
  /** Prøve i Dansk 1 to 3, or Studieprøven. @example pd2 */
  @OneOf(DANISH_EXAMS) exam: DanishExamCode;
  /** @example 2026-11-19 */
  @IsDay() takenOn: string;
  @Flag() passed: boolean;
}

export class DanishCourseView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** @example du2 */
  @OneOf(DANISH_EDUCATIONS) education: DanishEducationCode;
  /** @example 3 */
  @Count() module: number;
  /** @example 2026-09-01 */
  fromOn: string;
  /** The last day of it; null while it is open. @example 2026-11-20 */
  toOn: string | null;
  /** @example 15 */
  classHoursPerWeek: number;
  /** Null while it runs, or nobody has said. */
  @OneOf(COURSE_OUTCOMES) outcome: CourseOutcome | null;
}

export class DanishExamView {
  id: string;
  refugeeId: string;
  /** @example pd2 */
  @OneOf(DANISH_EXAMS) exam: DanishExamCode;
  /** @example 2026-11-19 */
  takenOn: string;
  passed: boolean;
}

export class PassedModule {
  /** @example du2 */
  @OneOf(DANISH_EDUCATIONS) education: DanishEducationCode;
  /** @example 3 */
  @Count() module: number;
}

export class DanishEducation {
  refugeeId: string;
  /** The course of today. */
  currentCourse: DanishCourseView | null;
  /** Modules that were completed, each once. */
  passedModules: PassedModule[];
  /** Exams that were passed, each once, the easiest first. @example ["pd1", "pd2"] */
  passedExams: DanishExamCode[];
  courses: DanishCourseView[];
  exams: DanishExamView[];
}
