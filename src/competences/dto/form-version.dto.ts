import { ApiProperty } from '@nestjs/swagger';
import {
  CODE,
  Code,
  Count,
  field,
  Line,
  ListOf,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Pattern,
  Whole,
  WholeInQuery,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { FORM_VERSIONS } from '../form-versions.queries.js';
import { FIELD_KINDS, REQUIRED_FOR, type FieldKind, type RequiredFor } from '../forms.contract.js';
import { AssessorView } from './assessor.dto.js';

/**
 * Names in small letters, as the header of an operator's form has them. How a visit ended stands beside the answers in a
 * pack, and every object has a constructor already.
 */
const FieldName = () => Pattern(/^(?!(outcome|constructor|prototype)$)[a-z][a-z0-9_]{0,62}$/, 'a-z 0-9 _');

/** Option to option. */
const OptionNames = () =>
  field(
    'options_by_name',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((name) => typeof name === 'string' && CODE.test(name)),
    { type: 'object', additionalProperties: { type: 'string' }, example: { alone: 'on_my_own' } },
  );

export class FieldLabel {
  /** @example "Bruger en computer" */
  @Line(300) da: string;
  /** @example "Uses a computer" */
  @Line(300) en: string;
}

export class FieldBounds {
  /** @example 0 */
  @Whole(-1_000_000, 1_000_000) min: number;
  /** @example 40 */
  @Whole(-1_000_000, 1_000_000) max: number;
}

export class FieldOptionText {
  /** @example alone */
  @Code() value: string;
  @Nested(() => FieldLabel) label: FieldLabel;
}

export class ReplacedField {
  /** Its name in the version before. @example computer */
  @FieldName() field: string;
  /** Options that have another name from now on. */
  @Optional() @OptionNames() options?: Record<string, string>;
}

export class NewFormField {
  /** @example computer */
  @FieldName() name: string;
  /** What an answer to it can be. @example choice */
  @OneOf(FIELD_KINDS) kind: FieldKind;
  @Nested(() => FieldLabel) label: FieldLabel;
  /** What cannot be done without an answer. @example handover */
  @Nullable() @OneOf(REQUIRED_FOR) requiredFor?: RequiredFor | null;
  /** Of a number, and only there. */
  @Nullable() @Nested(() => FieldBounds) bounds?: FieldBounds | null;
  /** Of a choice, and only there. */
  @Nullable() @ListOf(() => FieldOptionText, 200, 1) options?: FieldOptionText[] | null;
  /** Whose answers of the version before it takes over; unless it is said, those of the field with its name. */
  @Nullable() @Nested(() => ReplacedField) replaces?: ReplacedField | null;
}

export class PublishForm {
  /** The version this one follows; if another was published meanwhile, it is refused. @example 1 */
  @Whole(1, 1_000_000) follows: number;
  @ListOf(() => NewFormField, 200, 1) fields: NewFormField[];
}

export class FormQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(FORM_VERSIONS)) sort?: string;
}

export class FormFieldView extends NewFormField {
  /** What it asks, whatever it is called: the name it had when it was first asked. @example computer */
  meaning: string;
  @ApiProperty({ type: String, nullable: true, enum: REQUIRED_FOR })
  declare requiredFor: RequiredFor | null;
}

export class FormView {
  /** @example 1 */
  @Count() version: number;
  /** Null for the form that Ankomst came with. */
  publishedBy: AssessorView | null;
  publishedAt: string;
  fields: FormFieldView[];
}

export class FormPage extends PageDto(FormView) {}

export class OneForm {
  /** Number of the version. @example 1 */
  @WholeInQuery(1, 1_000_000) version: number;
}
