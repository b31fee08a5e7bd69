import { ApiProperty } from '@nestjs/swagger';
import { ANSWER_SOURCES, type AnswerSource } from '../../competences/competences.contract.js';
import { FieldLabel } from '../../competences/dto/form-version.dto.js';
import { REQUIRED_FOR, type RequiredFor } from '../../competences/forms.contract.js';
import { Count, OneOf } from '../../platform/http/fields.js';

export class CompletenessView {
  /** Known, or asked and not known. @example 12 */
  @Count() answered: number;
  /** Fields the form requires for signing or for handing over. @example 14 */
  @Count() required: number;
  /** Whole percent, rounded down. @example 85 */
  @Count() percent: number;
}

export class HandoverItemView {
  /** @example school_years */
  field: string;
  /** What it asks, whatever versions call it. @example school_years */
  meaning: string;
  label: FieldLabel;
  /** @example handover */
  @OneOf(REQUIRED_FOR) requiredFor: RequiredFor;
  /** @example known */
  @OneOf(['known', 'asked_unknown', 'not_asked']) state: 'known' | 'asked_unknown' | 'not_asked';
  @ApiProperty({ type: String, nullable: true, enum: ANSWER_SOURCES, example: 'operator' })
  source: AnswerSource | null;
  /** The day the answer is from. */
  @ApiProperty({ type: String, nullable: true, format: 'date' }) on: string | null;
  /** Where the answer itself stands. */
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) assessmentId: string | null;
}

export class CompletenessOfCase {
  refugeeId: string;
  /** The form in use. @example 1 */
  @Count() formVersion: number;
  completeness: CompletenessView;
  /** What nobody has asked. */
  missing: FieldLabel[];
  /** In the order of the form. */
  items: HandoverItemView[];
}
