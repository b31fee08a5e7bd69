import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Count, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import type { AnswerValue } from '../competences.contract.js';
import { ASSESSMENTS } from '../competences.queries.js';
import { AnswersByField, AnswerView, OneAnswer } from './answers.dto.js';
import { AssessorView } from './assessor.dto.js';
import { FieldLabel } from './form-version.dto.js';

const AN_ANSWER = {
  value: 9,
  revision: 1,
  source: 'talk',
  sourceOn: '2026-11-23',
  answeredBy: { id: '0190f9a0-0000-7000-8000-000000000000', name: 'Lone Bech' },
  answeredAt: '2026-11-23T08:30:00.000Z',
};

/** What is answered so far. A field that was answered in the person's latest signed assessment starts with that answer. */
export class DraftAssessment {
  /** By the name of the field; null takes an answer back, `{"unknown": true}` is asked and not known. */
  @Optional() @AnswersByField() answers?: Record<string, unknown>;
}

/** Only the fields that are sent change. */
export class ChangeAnswers {
  /** By the name of the field; null takes an answer back, `{"unknown": true}` is asked and not known. */
  @AnswersByField() answers: Record<string, unknown>;
}

export class AmendAssessment {
  /** Why the signed assessment must be corrected. @example "The years of work were misheard" */
  @Text(2000) reason: string;
}

export class AssessmentQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(ASSESSMENTS)) sort?: string;
}

export class AssessmentListItem {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** The form it answers. @example 1 */
  @Count() formVersion: number;
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

@ApiExtraModels(AnswerView)
export class AssessmentView extends AssessmentListItem {
  /** Why it corrects another one. @example "The years of work were misheard" */
  amendmentReason: string | null;
  /** By the name of the field. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(AnswerView) },
    example: { school_years: AN_ANSWER },
  })
  answers: Record<string, AnswerView>;
}

export class AnswerDifference {
  /** What was asked, whatever the versions call it. @example work_years */
  meaning: string;
  label: FieldLabel;
  /** @example changed */
  @OneOf(['answered', 'taken_back', 'changed']) change: string;
  @OneAnswer(4, { nullable: true }) before: AnswerValue;
  @OneAnswer(6, { nullable: true }) after: AnswerValue;
}

export class AssessmentComparison {
  refugeeId: string;
  /** Both are read as answers to this form, the newer of the two. @example 2 */
  @Count() formVersion: number;
  /** Only what differs in meaning, in the order of the form. */
  differences: AnswerDifference[];
}
