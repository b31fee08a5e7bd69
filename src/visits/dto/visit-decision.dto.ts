import { ApiProperty } from '@nestjs/swagger';
import { Count, Flag, FlagInQuery, OneOf, Optional, Text } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { ASIDE } from '../visit-decisions.queries.js';
import { REASON_CODES, SUBJECT_TYPES } from '../visit-operations.contract.js';
import { AnyJson, DeviceName } from './visit-operations.dto.js';

const OUTCOMES_ASIDE = ['conflict', 'quarantined'];

export class AsideQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(ASIDE)) sort?: string;
  /** Only those in conflict, or only those in quarantine. */
  @Optional() @OneOf(OUTCOMES_ASIDE) outcome?: string;
  /** Only those somebody has decided, or only the others. */
  @Optional() @FlagInQuery() decided?: boolean;
}

export class OperationAuthor {
  id: string;
  /** @example "Lone Bech" */
  name: string;
}

export class SubjectView {
  @OneOf(SUBJECT_TYPES) type: string;
  id: string;
}

/** What stands in the field meanwhile. */
export class StandingValue {
  @AnyJson() value: unknown;
  /** @example 2 */
  @Count() revision: number;
  by: OperationAuthor | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) at: string | null;
}

export class DecidedView {
  at: string;
  by: OperationAuthor;
  /** Whether its value was taken, or what stood was left. */
  taken: boolean;
  /** @example "Asked her again on the phone" */
  reason: string | null;
}

export class AsideOperation {
  id: string;
  /** What the device calls it. */
  operationId: string;
  /** Whose case it is of; null while nobody knows, or where you do not see the case. */
  refugeeId: string | null;
  @OneOf(OUTCOMES_ASIDE) outcome: string;
  @OneOf(REASON_CODES) reason: string | null;
  /** What is wrong with its value, by path and rule. */
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [{ field: 'school_years', rule: 'whole', values: { min: 0, max: 40 } }],
  })
  errors: object[];
  subject: SubjectView;
  /** @example outcome */
  field: string;
  /** @example tablet-1 */
  @DeviceName() deviceId: string;
  /** @example 7 */
  @Count() seq: number;
  /** When it was done, by the device's clock. */
  at: string;
  receivedAt: string;
  author: OperationAuthor;
  /** Whether you see whose it is; if not, its values stay away. */
  readable: boolean;
  @AnyJson() value: unknown;
  stands: StandingValue | null;
  decision: DecidedView | null;
}

export class AsidePage extends PageDto(AsideOperation) {}

export class DecideOperation {
  /** Write its value, or leave what stands. */
  @Flag() take: boolean;
  /** @example "Asked her again on the phone" */
  @Text(2000) reason: string;
}
