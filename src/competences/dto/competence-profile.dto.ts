import { Count } from '../../platform/http/fields.js';
import type { Coded, Evidence } from '../competences.contract.js';
import { AssessedSchooling, AssessmentAvailability, AssessmentWishes } from './assessment-content.dto.js';

export class ProfileLanguage {
  /** ISO 639-3. @example tir */
  language: string;
  motherTongue: boolean;
  /** The best level any assessment found. @example B1 */
  spoken: string | null;
  /** @example A2 */
  read: string | null;
  /** @example A2 */
  written: string | null;
  readsLatinScript: boolean | null;
  /** The assessments that speak of it. */
  assessmentIds: string[];
}

export class ProfileOccupation {
  /** ISCO-08 unit group. @example "7411" */
  occupation: string;
  /** Whole years, of all work in it. @example 6 */
  @Count() years: number;
  /** @example 2024 */
  @Count() lastYear: number | null;
  /** How many calendar years ago that was. @example 2 */
  @Count() yearsSince: number | null;
  /** The surest coding. @example sure */
  coded: Coded;
  /** The assessments the work stands in. */
  assessmentIds: string[];
}

export class ProfileSkill {
  /** @example "Reads wiring diagrams" */
  description: string;
  /** The best there is. @example observed */
  evidence: Evidence;
  assessmentId: string;
}

export class ProfileSchooling extends AssessedSchooling {
  assessmentId: string;
}

export class ProfileWishes extends AssessmentWishes {
  assessmentId: string;
}

export class ProfileAvailability extends AssessmentAvailability {
  assessmentId: string;
}

/** Derived from what is signed and not superseded; each element names the assessment it comes from. */
export class CompetenceProfile {
  refugeeId: string;
  /** Most years first. */
  occupations: ProfileOccupation[];
  /** Best evidence first. */
  skills: ProfileSkill[];
  languages: ProfileLanguage[];
  /** Highest level first. */
  schooling: ProfileSchooling[];
  /** Of the assessment signed last; null while none is signed. */
  wishes: ProfileWishes | null;
  /** Of the assessment signed last; null while none is signed. */
  availability: ProfileAvailability | null;
}
