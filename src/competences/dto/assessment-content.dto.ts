import {
  Code,
  Codes,
  field,
  Flag,
  IsDay,
  Line,
  ListOf,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Pattern,
  Text,
  Whole,
} from '../../platform/http/fields.js';
import { CODED, DOCUMENTS, EVIDENCE, RECOGNITIONS, WEEKDAYS } from '../competences.contract.js';
import type { Coded, Evidence, Schooling, Weekday } from '../competences.contract.js';

const CefrLevel = () => Pattern(/^[ABC][12]$/, 'A1 … C2');

/** Some of the allowed words, none twice. */
const SomeOf = (allowed: readonly string[]) =>
  field(
    'one_of',
    (value) =>
      Array.isArray(value) &&
      new Set(value).size === value.length &&
      value.every((item) => allowed.includes(item as string)),
    { enum: [...allowed], isArray: true, uniqueItems: true },
    { allowed },
  );

/** Who helped the two to understand each other. */
export class AssessmentInterpreter {
  @Flag() present: boolean;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() language?: string | null;
}

export class AssessedLanguage {
  /** ISO 639-3. @example tir */
  @Code() language: string;
  @Flag() motherTongue: boolean;
  /** CEFR level. @example B1 */
  @Nullable() @CefrLevel() spoken?: string | null;
  /** CEFR level. @example A2 */
  @Nullable() @CefrLevel() read?: string | null;
  /** CEFR level. @example A2 */
  @Nullable() @CefrLevel() written?: string | null;
  @Nullable() @Flag() readsLatinScript?: boolean | null;
}

export class AssessedSchooling {
  /** ISCED 2011 level. @example "3" */
  @Code() level: string;
  /** @example Electrical installation */
  @Nullable() @Line(200) field?: string | null;
  /** ISO 3166-1. @example ER */
  @Nullable() @Code() country?: string | null;
  /** Whole years of it. @example 3 */
  @Nullable() @Whole(0, 40) years?: number | null;
  /** @example 2012 */
  @Nullable() @Whole(1901, 2150) endedYear?: number | null;
  @OneOf(DOCUMENTS) documents: Schooling['documents'];
  /** Whether Danish authorities have recognised it. */
  @OneOf(RECOGNITIONS) recognition: Schooling['recognition'];
}

export class AssessedWork {
  /** What the person said, in the person's words. @example "I installed lights in new houses" */
  @Text(2000) ownWords: string;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() ownWordsLanguage?: string | null;
  /** @example Installerede lys i nye huse */
  @Nullable() @Text(2000) danishText?: string | null;
  /** ISCO-08 unit group. @example "7411" */
  @Code() occupation: string;
  /** How sure the code is. @example likely */
  @OneOf(CODED) coded: Coded;
  /** ISO 3166-1. @example ER */
  @Nullable() @Code() country?: string | null;
  /** Whole years; 0 is under a year. @example 4 */
  @Whole(0, 70) years: number;
  /** @example 2024 */
  @Nullable() @Whole(1901, 2150) lastYear?: number | null;
}

export class AssessedSkill {
  /** @example "Reads wiring diagrams" */
  @Text(2000) description: string;
  /** What the skill rests on. @example described */
  @OneOf(EVIDENCE) evidence: Evidence;
}

export class AssessmentWishes {
  /** @example Would like to work outdoors */
  @Nullable() @Text(2000) text?: string | null;
  /** ISCO-08 groups of any level, dearest first. @example ["7411"] */
  @Optional() @Codes(20) occupations?: string[];
}

export class AssessmentAvailability {
  /** First day. */
  @Nullable() @IsDay() from?: string | null;
  /** @example 37 */
  @Nullable() @Whole(1, 48) hoursPerWeek?: number | null;
  @Nullable() @SomeOf(WEEKDAYS) weekdays?: Weekday[] | null;
}

/** What is left out is empty. Health is not recorded here. */
export class DraftAssessment {
  @Optional() @Nested(() => AssessmentInterpreter) interpreter?: AssessmentInterpreter;
  @Optional() @ListOf(() => AssessedLanguage, 20) languages?: AssessedLanguage[];
  @Optional() @ListOf(() => AssessedSchooling, 20) schooling?: AssessedSchooling[];
  @Optional() @ListOf(() => AssessedWork, 50) work?: AssessedWork[];
  @Optional() @ListOf(() => AssessedSkill, 100) skills?: AssessedSkill[];
  @Optional() @Nested(() => AssessmentWishes) wishes?: AssessmentWishes;
  @Optional() @Nested(() => AssessmentAvailability) availability?: AssessmentAvailability;
}
