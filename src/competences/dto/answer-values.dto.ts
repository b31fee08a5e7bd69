import {
  Code,
  Codes,
  field,
  Flag,
  IsDay,
  IsId,
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
import { isSha256 } from '../../platform/http/ids.js';
import {
  CODED,
  DOCUMENTS,
  EVIDENCE,
  EVIDENCE_SOURCES,
  LICENCES,
  OCCUPATION_SCHEMES,
  RECOGNITIONS,
  SKILL_SCHEMES,
  type Coded,
  type DocumentState,
  type Evidence,
  type EvidenceOf,
  type Licence,
  type Recognition,
} from '../competences.contract.js';

const CefrLevel = () => Pattern(/^[ABC][12]$/, 'A1 … C2');

/** SHA-256 of files, in hex. */
const Attachments = () =>
  field(
    'sha_sums',
    (value) =>
      Array.isArray(value) &&
      value.length <= 20 &&
      new Set(value).size === value.length &&
      value.every(isSha256),
    { type: [String], maxItems: 20, example: [] },
  );

/** What the person said, in the person's words. */
export class WordsAnswer {
  /** @example "I installed lights in new houses" */
  @Text(4000) text: string;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() language?: string | null;
  /** Which way the language is written; Ankomst says it. @example ltr */
  @Nullable() @OneOf(['ltr', 'rtl']) direction?: 'ltr' | 'rtl' | null;
}

export class CodedAnswer {
  /** Which classification the code is of. @example isco08 */
  @OneOf([...OCCUPATION_SCHEMES, ...SKILL_SCHEMES]) scheme: string;
  /** @example "7411" */
  @Code() code: string;
  /** How sure the code is. @example likely */
  @OneOf(CODED) sure: Coded;
  /** Id of the account that chose the code; Ankomst says it. */
  @Optional() @IsId() by?: string;
}

export class EvidenceAnswer {
  /** What it rests on. @example described */
  @OneOf(EVIDENCE) grade: Evidence;
  /** Where that is from. @example person */
  @Nullable() @OneOf(EVIDENCE_SOURCES) source?: EvidenceOf['source'];
  /** The day of it. @example 2026-11-23 */
  @Nullable() @IsDay() on?: string | null;
}

class ToldAnswer {
  @Nullable() @Nested(() => WordsAnswer) words?: WordsAnswer | null;
  /** @example Installerede lys i nye huse */
  @Nullable() @Text(4000) danish?: string | null;
}

/** Free text: the person's words, Danish, or both. */
export class FreeTextAnswer extends ToldAnswer {}

class FactAnswer extends ToldAnswer {
  @Nullable() @Nested(() => EvidenceAnswer) evidence?: EvidenceAnswer | null;
  /** SHA-256 of what was photographed or scanned, in hex. */
  @Optional() @Attachments() attachments?: string[];
}

/** Whether an interpreter helped, and in which language. */
export class InterpreterAnswered {
  @Flag() present: boolean;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() language?: string | null;
}

export class LanguageAnswer {
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
  @Nullable() @Nested(() => EvidenceAnswer) evidence?: EvidenceAnswer | null;
}

export class SchoolingAnswer extends FactAnswer {
  /** ISCED 2011 level. @example "3" */
  @Code() level: string;
  /** ISCED-F 2013 field. @example "0713" */
  @Nullable() @Code() field?: string | null;
  /** ISO 3166-1. @example ER */
  @Nullable() @Code() country?: string | null;
  /** Whole years of it. @example 3 */
  @Nullable() @Whole(0, 40) years?: number | null;
  /** @example 2012 */
  @Nullable() @Whole(1901, 2150) endedYear?: number | null;
  @Nullable() @OneOf(DOCUMENTS) documents?: DocumentState | null;
  /** Whether Danish authorities have recognised it. */
  @Nullable() @OneOf(RECOGNITIONS) recognition?: Recognition | null;
}

export class WorkAnswer extends FactAnswer {
  @Nullable() @Nested(() => CodedAnswer) coded?: CodedAnswer | null;
  /** ISO 3166-1. @example ER */
  @Nullable() @Code() country?: string | null;
  /** Whole years; 0 is under a year. @example 4 */
  @Whole(0, 70) years: number;
  /** @example 2024 */
  @Nullable() @Whole(1901, 2150) lastYear?: number | null;
  @Nullable() @OneOf(DOCUMENTS) documents?: DocumentState | null;
}

export class SkillAnswer extends FactAnswer {
  @Nullable() @Nested(() => CodedAnswer) coded?: CodedAnswer | null;
}

export class LicenceAnswer extends FactAnswer {
  /** @example driving */
  @OneOf(LICENCES) kind: Licence['kind'];
  /** @example B */
  @Nullable() @Line(40) category?: string | null;
  /** ISO 3166-1. @example ER */
  @Nullable() @Code() country?: string | null;
  @Nullable() @IsDay() validUntil?: string | null;
  @Nullable() @OneOf(DOCUMENTS) documents?: DocumentState | null;
  @Nullable() @OneOf(RECOGNITIONS) recognition?: Recognition | null;
}

export class WishedOccupationAnswer {
  /** @example isco08 */
  @OneOf(OCCUPATION_SCHEMES) scheme: string;
  /** A group of any level, or an occupation of ESCO. @example "7411" */
  @Code() code: string;
}

/** Lists as objects, so that they can be validated as a whole. */
export class LanguagesAnswer {
  @ListOf(() => LanguageAnswer, 20, 1) items: LanguageAnswer[];
}
export class SchoolingsAnswer {
  @ListOf(() => SchoolingAnswer, 20) items: SchoolingAnswer[];
}
export class WorksAnswer {
  @ListOf(() => WorkAnswer, 50) items: WorkAnswer[];
}
export class SkillsAnswer {
  @ListOf(() => SkillAnswer, 100) items: SkillAnswer[];
}
export class LicencesAnswer {
  @ListOf(() => LicenceAnswer, 30) items: LicenceAnswer[];
}
export class WishedOccupationsAnswer {
  @ListOf(() => WishedOccupationAnswer, 20) items: WishedOccupationAnswer[];
}
export class ChoicesAnswer {
  @Codes(100) items: string[];
}
