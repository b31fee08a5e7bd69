import { Codes, IsDay, Line, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { SUSPENSIONS } from '../suspensions.queries.js';

const CONFIDENCES = ['H', 'M', 'L'] as const;

export class AddSuspension {
  /** The rules whose deadlines stand still. @example ["contract.deadline"] */
  @Codes(20, 1) ruleKeys: string[];
  /** @example 2027-03-01 */
  @IsDay() fromOn: string;
  /** The last day of it; left out while nobody knows. @example 2027-05-31 */
  @Optional() @IsDay() toOn?: string;
  /** @example "Integration Act § 4 b; BEK 1/2027" */
  @Line(200) legalBasis: string;
  /** @example retsinformation.dk */
  @Line(500) source: string;
  @OneOf(CONFIDENCES) confidence: 'H' | 'M' | 'L';
}

export class EndSuspension {
  /** The last day of it. @example 2027-05-31 */
  @IsDay() toOn: string;
}

export class SuspensionQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(SUSPENSIONS)) sort?: string;
}

export class SuspensionView {
  id: string;
  /** @example ["contract.deadline"] */
  ruleKeys: string[];
  /** @example 2027-03-01 */
  fromOn: string;
  /** The last day of it; null while nobody knows. @example 2027-05-31 */
  toOn: string | null;
  /** @example "Integration Act § 4 b; BEK 1/2027" */
  legalBasis: string;
  /** @example retsinformation.dk */
  source: string;
  /** How sure it is: high, medium, low. */
  confidence: 'H' | 'M' | 'L';
  /** When it was found to be recorded by mistake. */
  withdrawnAt: string | null;
}

export class SuspensionPage extends PageDto(SuspensionView) {}
