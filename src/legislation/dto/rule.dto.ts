import { IsDay, Line, OneOf, Optional, Pattern, Scalar, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery } from '../../platform/http/paging.js';
import type { Rule } from '../rule-book.js';

const KEY = () => Pattern(/^[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){1,3}$/, 'takeover.ukraine');

export class AddRule {
  /** @example takeover.ukraine */
  @KEY() key: string;
  @Optional() @OneOf(['lt', 'lte', 'gte', 'eq']) operator?: Rule['operator'];
  /**
   * Number in `unit`, a day or code, or true/false; the same kind as the rule's earlier rows.
   * @example 20
   */
  @Scalar() value: number | string | boolean;
  /** First day in force. */
  @IsDay() validFrom: string;
  /** Last day in force; left out while it is open. @example 2027-12-31 */
  @Optional() @IsDay() validTo?: string;
  /** @example "Lov 123/2027 § 30" */
  @Line(200) legalBasis: string;
  /** @example retsinformation.dk */
  @Line(500) source: string;
  @OneOf(['H', 'M', 'L']) confidence: Rule['confidence'];
  /** @example "Value H, day M." */
  @Optional() @Text(1000) note?: string;
}

export class RuleQuery extends PageQuery {
  /** Only rows of this rule. @example takeover.ukraine */
  @Optional() @KEY() key?: string;
  /** Only rules in force on this day. */
  @Optional() @IsDay() on?: string;
}

export class RuleView {
  id: string;
  /** @example takeover.ukraine */
  key: string;
  operator: 'lt' | 'lte' | 'gte' | 'eq';
  /** Number in `unit`, a day or code, or true/false. @example 20 */
  @Scalar() value: number | string | boolean;
  /** @example weekdays */
  unit: string;
  /** First day in force; null when it always was. @example 2024-04-01 */
  @IsDay() validFrom: string | null;
  /** Last day in force; null while it is open. */
  @IsDay() validTo: string | null;
  /** @example "Ukraine special act § 30; Lov 266/2024" */
  legalBasis: string;
  /** @example retsinformation.dk */
  source: string;
  /** How sure the row is: high, medium, low. */
  confidence: 'H' | 'M' | 'L';
}

export class RulePage extends PageDto(RuleView) {}

export class TakeoverQuery {
  /** The act the takeover follows: the Integration Act or the special act for people from Ukraine. */
  @OneOf(['integration', 'ukraine']) act: 'integration' | 'ukraine';
  /** Day of the decision that allocated the person to the municipality. @example 2026-11-03 */
  @IsDay() decidedOn: string;
}

export class TakeoverView {
  /** @example 2027-01-04 */
  takeoverOn: string;
  rules: RuleView[];
}
