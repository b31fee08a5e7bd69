import { Count, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { ASSESSMENTS } from '../competences.queries.js';
import {
  AssessedLanguage,
  AssessedSchooling,
  AssessedSkill,
  AssessedWork,
  AssessmentAvailability,
  AssessmentInterpreter,
  AssessmentWishes,
} from './assessment-content.dto.js';

export class AmendAssessment {
  /** Why the signed assessment must be corrected. @example "The years of work were misheard" */
  @Text(2000) reason: string;
}

export class AssessmentQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(ASSESSMENTS)) sort?: string;
}

export class AssessorView {
  id: string;
  /** @example "Lone Bech" */
  name: string;
}

export class AssessmentListItem {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** `superseded` once an amendment of it is signed. @example signed */
  state: 'draft' | 'signed' | 'superseded';
  /** The signed assessment this one corrects. */
  amendsId: string | null;
  /** The amendment that corrects this one, signed or not. */
  amendmentId: string | null;
  draftedBy: AssessorView;
  draftedAt: string;
  signedBy: AssessorView | null;
  signedOn: string | null;
}

export class AssessmentPage extends PageDto(AssessmentListItem) {}

export class AssessmentView extends AssessmentListItem {
  /** Why it corrects another one. @example "The years of work were misheard" */
  amendmentReason: string | null;
  interpreter: AssessmentInterpreter;
  languages: AssessedLanguage[];
  schooling: AssessedSchooling[];
  work: AssessedWork[];
  skills: AssessedSkill[];
  wishes: AssessmentWishes;
  availability: AssessmentAvailability;
}
