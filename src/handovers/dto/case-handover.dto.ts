import { ApiProperty } from '@nestjs/swagger';
import { AssessorView } from '../../competences/dto/assessor.dto.js';
import { FieldLabel } from '../../competences/dto/form-version.dto.js';
import { Count, ListOf, Nullable, OneOf, Optional, Pattern, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { RECEIVER_ROLES, type ReceiverRole } from '../case-handovers.contract.js';
import { CASE_HANDOVERS } from '../case-handovers.queries.js';
import { CompletenessView } from './completeness.dto.js';

export class OfferCase {
  /** Whom the case is handed to. @example coordinator */
  @OneOf(RECEIVER_ROLES) toRole: ReceiverRole;
  /** What the receiver should know besides. @example "She would rather work mornings." */
  @Nullable() @Text(4000) note?: string | null;
}

export class NewQuestion {
  /** The field of the form it is about; the question ends when that is answered. @example school_years */
  @Optional() @Pattern(/^[a-z][a-z0-9_]{0,62}$/, 'a-z 0-9 _') field?: string;
  /** @example "How many years did she go to school?" */
  @Text(2000) text: string;
}

export class ReturnCase {
  @ListOf(() => NewQuestion, 20, 1) questions: NewQuestion[];
}

export class AnswerQuestion {
  /** @example "Nine years, in Asmara." */
  @Text(4000) text: string;
}

export class CaseHandoverQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(CASE_HANDOVERS)) sort?: string;
}

export class HandoverQuestionView {
  id: string;
  /** @example school_years */
  field: string | null;
  label: FieldLabel | null;
  /** @example "How many years did she go to school?" */
  text: string;
  /** `field_answered` when its field was answered after the return. @example answered */
  @OneOf(['open', 'answered', 'field_answered']) state: 'open' | 'answered' | 'field_answered';
  /** @example "Nine years, in Asmara." */
  answer: string | null;
  answeredBy: AssessorView | null;
  answeredAt: string | null;
}

export class CaseHandoverView {
  id: string;
  refugeeId: string;
  /** @example coordinator */
  @OneOf(RECEIVER_ROLES) toRole: ReceiverRole;
  /** @example returned */
  @OneOf(['offered', 'accepted', 'returned']) state: 'offered' | 'accepted' | 'returned';
  /** @example "She would rather work mornings." */
  note: string | null;
  offeredBy: AssessorView;
  offeredAt: string;
  /** Who held the role when it was offered, or stood in for it. */
  receiver: AssessorView;
  /** The form in use when it was offered. @example 1 */
  @Count() formVersion: number;
  /** As it was when it was offered. */
  completeness: CompletenessView;
  /** What nobody had asked then. */
  missing: FieldLabel[];
  decidedBy: AssessorView | null;
  decidedAt: string | null;
  @ApiProperty({ type: [HandoverQuestionView] }) questions: HandoverQuestionView[];
}

export class CaseHandoverPage extends PageDto(CaseHandoverView) {}
