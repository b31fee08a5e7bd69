import type { Day } from '../../platform/calendar/calendar.js';
import { Count, IsDay, IsId, Nullable, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { ABSENCES } from '../absences.queries.js';

export class RecordAbsence {
  /** Who is away; you, unless you lead their unit or are an administrator. */
  @Optional() @IsId() accountId?: string;
  /** The first day away, today or later. @example 2027-02-08 */
  @IsDay() fromOn: Day;
  /** The last day away. @example 2027-02-19 */
  @IsDay() toOn: Day;
  /** A colleague of the same role, who does the work and sees the cases on those days; without one it is the unit's leader. */
  @Nullable() @IsId() deputyId?: string | null;
}

export class ChangeAbsence {
  /** Stands once it has come. @example 2027-03-01 */
  @Optional() @IsDay() fromOn?: Day;
  /** The last day away, today or later. @example 2027-03-12 */
  @Optional() @IsDay() toOn?: Day;
  /** From now on; null leaves the work to the unit's leader. */
  @Nullable() @IsId() deputyId?: string | null;
}

export class AbsenceQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(ABSENCES)) sort?: string;
  /** Only of this account. */
  @Optional() @IsId() accountId?: string;
}

export class AbsenceView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  accountId: string;
  /** @example "Karen Holm" */
  name: string;
  /** @example 2027-02-08 */
  fromOn: Day;
  /** The last day away; the day before the first one, if it was ended on its first day. @example 2027-02-19 */
  toOn: Day;
  deputyId: string | null;
  /** @example "Mads Winther" */
  deputyName: string | null;
  recordedById: string;
  recordedAt: string;
}

export class AbsencePage extends PageDto(AbsenceView) {}
