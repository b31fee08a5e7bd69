import { Count, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { DRY_RUN_CASES } from '../dry-runs.queries.js';
import type { TrialChange } from '../dry-runs.rules.js';

export class DryRunView {
  id: string;
  versionId: string;
  /** The day it is worked out for. @example 2027-02-01 */
  onDay: string;
  /** What is found so far can be read while it is running. */
  @OneOf(['running', 'done']) state: 'running' | 'done';
  /** Cases of the unit. @example 120 */
  @Count() total: number;
  /** How many of them were looked at. @example 120 */
  @Count() seen: number;
  /** How many of them it would touch. @example 31 */
  @Count() cases: number;
  /** Follow-ups that would be opened. @example 30 */
  @Count() opened: number;
  /** Follow-ups whose days would move. @example 1 */
  @Count() moved: number;
  /** Follow-ups that would be done, superseded or cancelled. @example 0 */
  @Count() ended: number;
  askedAt: string;
  endedAt: string | null;
}

export class DryRunCaseQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(DRY_RUN_CASES)) sort?: string;
}

/** What would become of one follow-up. */
export class DryRunChange {
  @OneOf(['opened', 'moved', 'done', 'superseded', 'cancelled']) change: TrialChange['change'];
  /** Which one of several. @example 1 */
  @Count() occurrence: number;
  /** The days it has. @example 2027-02-15 */
  fromTargetOn: string | null;
  /** @example 2027-03-01 */
  fromLatestOn: string | null;
  /** The days it would have. @example 2027-02-22 */
  targetOn: string | null;
  /** @example 2027-03-08 */
  latestOn: string | null;
}

class DryRunCase {
  id: string;
  /** @example 17 */
  @Count() caseNumber: number;
  /** @example "Selam Tesfay" */
  name: string;
  changes: DryRunChange[];
}

export class DryRunCasePage extends PageDto(DryRunCase) {}
