import { ApiProperty } from '@nestjs/swagger';
import { Count, OneOf } from '../../platform/http/fields.js';
import { CODED, WEEKDAYS, type Coded } from '../competences.contract.js';
import {
  EvidenceAnswer,
  FreeTextAnswer,
  LicenceAnswer,
  SchoolingAnswer,
  SkillAnswer,
  WishedOccupationAnswer,
  WordsAnswer,
} from './answer-values.dto.js';

export class ProfileLanguage {
  /** ISO 639-3. @example tir */
  language: string;
  motherTongue: boolean;
  /** @example B1 */
  spoken: string | null;
  /** @example A2 */
  read: string | null;
  /** @example A2 */
  written: string | null;
  readsLatinScript: boolean | null;
  assessmentId: string;
}

export class ProfileOccupation {
  /** Which classification the code is of; null while nobody has coded the work. @example isco08 */
  scheme: string | null;
  /** @example "7411" */
  occupation: string | null;
  /** ISCO-08 unit group of it. @example "7411" */
  iscoGroup: string | null;
  /** As it was told last. @example Installerede lys i nye huse */
  danish: string | null;
  words: WordsAnswer | null;
  /** Whole years, of all work in it. @example 6 */
  @Count() years: number;
  /** @example 2024 */
  @Count() lastYear: number | null;
  /** How many calendar years ago that was. @example 2 */
  @Count() yearsSince: number | null;
  /** The surest coding. @example sure */
  @ApiProperty({ type: String, nullable: true, enum: CODED }) coded: Coded | null;
  /** The best there is. */
  evidence: EvidenceAnswer | null;
  assessmentId: string;
}

export class ProfileSkill extends SkillAnswer {
  assessmentId: string;
}

export class ProfileSchooling extends SchoolingAnswer {
  assessmentId: string;
}

export class ProfileLicence extends LicenceAnswer {
  assessmentId: string;
}

export class PassedExamView {
  /** @example pd2 */
  @OneOf(['pd1', 'pd2', 'pd3', 'studieproeven']) exam: string;
  @ApiProperty({ format: 'date' }) takenOn: string;
}

export class ProfileDanish {
  /** @example B1 */
  spoken: string | null;
  /** @example A2 */
  read: string | null;
  /** @example A2 */
  written: string | null;
  /** The highest that was passed. */
  exam: PassedExamView | null;
  /** Null where only an exam is known. */
  assessmentId: string | null;
}

export class ProfileWishes {
  told: FreeTextAnswer | null;
  /** Dearest first. */
  occupations: WishedOccupationAnswer[];
  assessmentId: string;
}

export class ProfileAvailability {
  @ApiProperty({ type: String, format: 'date', nullable: true }) from: string | null;
  /** @example 37 */
  @Count() hoursPerWeek: number | null;
  @ApiProperty({ enum: WEEKDAYS, isArray: true, nullable: true }) weekdays: string[] | null;
  assessmentId: string;
}

/** Derived from what is signed and not superseded: of each meaning what the newest assessment says that knows it, and which that is. */
export class CompetenceProfile {
  refugeeId: string;
  /** Most years first. */
  occupations: ProfileOccupation[];
  /** Best evidence first. */
  skills: ProfileSkill[];
  languages: ProfileLanguage[];
  /** Highest level first. */
  schooling: ProfileSchooling[];
  licences: ProfileLicence[];
  /** From assessments and exams; null while nothing is known. */
  danish: ProfileDanish | null;
  /** Of the newest assessment that says something of it. */
  wishes: ProfileWishes | null;
  /** Of the newest assessment that says something of it. */
  availability: ProfileAvailability | null;
}
