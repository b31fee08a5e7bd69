import { ApiBody, ApiProperty } from '@nestjs/swagger';
import type { AnswerValue } from '../../competences/competences.contract.js';
import { ANY_ANSWER, OneAnswer } from '../../competences/dto/answers.dto.js';
import { AssessorView } from '../../competences/dto/assessor.dto.js';
import { FieldLabel } from '../../competences/dto/form-version.dto.js';
import {
  Count,
  Flag,
  Instant,
  IsDay,
  OneOf,
  Optional,
  Pattern,
  Whole,
  WholeInQuery,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { OPERATOR_FORMS } from '../operator-forms.queries.js';

/** The same form as `SHEET`. */
const EXAMPLE = {
  school_years: 9,
  drives: 'ja',
  wishes: 'Vil gerne arbejde i et køkken',
  weekdays: ['mon', 'tue'],
  licences: { unknown: true },
};
export const SHEET = `school_years;drives;wishes;weekdays;licences
9;ja;"Vil gerne arbejde i et køkken";mandag|tirsdag;?
`;

/** Answers by the name of their field; text is read as a cell of CSV would be. */
export const AnswersOfOperator = (): MethodDecorator =>
  ApiBody({
    description:
      'Answers by the names of the form’s fields, as JSON, or as CSV with those names in its first line and one row. An empty cell says nothing; `?` is asked and not known.',
    schema: { type: 'object', additionalProperties: ANY_ANSWER as never, example: EXAMPLE },
  });

export class OperatorFormOrigin {
  /** The day the operator filled it in. @example 2026-11-16 */
  @IsDay() datedOn: string;
  /** The version of the form whose fields are named; the one in use, unless it is said. @example 1 */
  @Optional() @WholeInQuery(1, 1_000_000) formVersion?: number;
}

export class OperatorFormQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(OPERATOR_FORMS)) sort?: string;
}

export class SettleQuestion {
  /** The field the question is about. @example hours_per_week */
  @Pattern(/^[a-z][a-z0-9_]{0,62}$/, 'a-z 0-9 _') field: string;
  /** Whether the operator’s answer goes into the draft; else what stands is kept. */
  @Flag() take: boolean;
  /** The revision of what stood when you read the question: if it has moved on, nothing is settled. @example 0 */
  @Whole(0, 1_000_000_000) revision: number;
}

export class SettledView {
  /** Whether the operator’s answer went into the draft. */
  @Flag() taken: boolean;
  by: AssessorView;
  @Instant() at: string;
}

export class OperatorQuestionView {
  id: string;
  /** @example school_years */
  field: string;
  label: FieldLabel;
  /** `agreed` when the draft says by now what the operator says: then there is nothing to choose. @example open */
  @OneOf(['open', 'settled', 'agreed']) state: 'open' | 'settled' | 'agreed';
  /** What stands in the draft, or in what amends it by now; once the question is settled, what stood until then. */
  @OneAnswer(7, { nullable: true }) standing: AnswerValue;
  /** How often what stands was written, 0 if nobody has: to be sent back by whoever settles; null once that is done. */
  @ApiProperty({ type: 'integer', minimum: 0, nullable: true, example: 0 }) revision: number | null;
  /** What the operator says. */
  @OneAnswer(9) offered: AnswerValue;
  /** Null while the consultant has not chosen. */
  @ApiProperty({ type: SettledView, nullable: true }) settled: SettledView | null;
}

export class OperatorFormView {
  id: string;
  refugeeId: string;
  /** The day the operator filled it in. */
  datedOn: string;
  /** The form it was sent as answers to. @example 1 */
  @Count() formVersion: number;
  /** The draft it was taken into. */
  assessmentId: string;
  receivedBy: AssessorView;
  receivedAt: string;
  /** Fields that were blank and have the operator’s answer, in the order of the form. @example ["school_years"] */
  filled: string[];
  /** Fields in which the operator says what stood already. @example ["drives"] */
  confirmed: string[];
  /** Fields in which the operator says something else: both values stay until somebody chooses, or until the draft says the same. */
  questions: OperatorQuestionView[];
}

export class OperatorFormPage extends PageDto(OperatorFormView) {}
