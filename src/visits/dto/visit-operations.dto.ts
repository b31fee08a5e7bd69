import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  Count,
  field,
  IsId,
  IsInstant,
  Line,
  ListOf,
  Nested,
  OneOf,
  Optional,
  Pattern,
  Whole,
} from '../../platform/http/fields.js';
import {
  ANSWERED,
  MOST_OPERATIONS,
  REASON_CODES,
  REASONS,
  SUBJECT_TYPES,
  type Answered,
  type SubjectType,
} from '../visit-operations.contract.js';

const MOST_COUNTED = 1_000_000;

const ANY = ['string', 'number', 'boolean', 'object', 'array', 'null'];

/** Any JSON, null too: what the kind of the field says. */
export const AnyJson = () =>
  ApiProperty({
    nullable: true,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'object', additionalProperties: true },
      { type: 'array', items: { type: ANY as never } },
    ],
    example: 'met',
  });

/** The same of a request; but no number that JSON can write and nobody can keep. */
const AnyValue = () => applyDecorators(field('json', isKeepable), AnyJson());

function isKeepable(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isKeepable);
}

export const DeviceName = () => Pattern(/^[A-Za-z0-9._:-]{1,64}$/, 'A-Z a-z 0-9 . _ : -');

const REASON_TEXTS = REASON_CODES.map((code) => `- \`${code}\`: ${REASONS[code].en} / ${REASONS[code].da}`);
const CONFLICT =
  '- `conflict`: It came before, and a person has not chosen yet. / Den kom før, og ingen har valgt endnu.';

export class OperationSubject {
  @OneOf(SUBJECT_TYPES) type: SubjectType;
  /** Of the participant; or of the assessment, which is the device's own for one it began. */
  @IsId() id: string;
}

export class SentOperation {
  /** The device's own, once and for all. */
  @IsId() id: string;
  /** The device counts its operations on a visit from 1. @example 1 */
  @Whole(1, MOST_COUNTED) seq: number;
  @Nested(() => OperationSubject) subject: OperationSubject;
  /** Of a participant `outcome` or `assessmentId`; of an assessment a field of its form. @example outcome */
  @Line(100) field: string;
  /** The revision of the field the device was told last, in the pack or in a result; 0 is none. @example 0 */
  @Whole(0, 1_000_000_000) baseRevision: number;
  /** Null takes back. */
  @AnyValue() value: unknown;
  /** When it was done, by the device's clock. @example "2027-01-11T09:30:00+01:00" */
  @IsInstant() at: string;
}

export class SendOperations {
  @IsId() packId: string;
  /** What the device calls itself, always the same. @example tablet-1 */
  @DeviceName() deviceId: string;
  /** In any order, and as often as you like. */
  @ListOf(() => SentOperation, MOST_OPERATIONS) operations: SentOperation[];
  /** How many operations the device has made on this visit, by its own count. @example 40 */
  @Whole(0, MOST_COUNTED) last: number;
}

export class OperationResult {
  /** Of the operation. */
  id: string;
  /** `duplicate` came before, and did nothing again. @example applied */
  @OneOf(ANSWERED) outcome: Answered;
  @Optional()
  @ApiProperty({
    enum: [...REASON_CODES, 'conflict'],
    required: false,
    description: [...REASON_TEXTS, CONFLICT].join('\n'),
  })
  reason?: string;
  /** The revision of the field to go on from. @example 1 */
  @Optional() @Count() revision?: number;
}

export class Reckoning {
  /** Operations all devices count, and attachments that operations name. @example 52 */
  @Count() expected: number;
  /** @example 52 */
  @Count() received: number;
}

export class OperationResults {
  /** In the order in which they were sent. */
  @ApiProperty({ type: [OperationResult] }) results: OperationResult[];
  manifest: Reckoning;
  /** Participants of your packs who were erased: remove all you hold of them. */
  @Optional() @ApiProperty({ type: [String], format: 'uuid', required: false }) wipe?: string[];
}
