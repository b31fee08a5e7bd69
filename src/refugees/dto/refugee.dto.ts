import { PartialType, type ApiBodyOptions } from '@nestjs/swagger';
import {
  Code,
  Codes,
  Count,
  Flag,
  Instant,
  IsDay,
  IsId,
  Line,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Pattern,
  Whole,
  field,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { cprDigits } from '../cpr.js';
import { TEAM_ROLES } from '../../staff/staff.contract.js';
import { PERMIT_BASES, type PermitBasis } from '../refugees.contract.js';
import { REFUGEES } from '../refugees.queries.js';

const SEXES = ['female', 'male', 'unknown'] as const;
const CHILDCARE = ['not_needed', 'needed', 'arranged'] as const;

/** Residence permit. */
export class Permit {
  @OneOf(PERMIT_BASES) basis: PermitBasis;
  /** @example 2026-09-01 */
  @Nullable() @IsDay() grantedOn?: string | null;
  /** @example 2028-09-01 */
  @Nullable() @IsDay() expiresOn?: string | null;
}

/** Allocation to the municipality (visitering) and takeover of responsibility. */
export class Allocation {
  /** Day of the decision. @example 2026-09-15 */
  @Nullable() @IsDay() decidedOn?: string | null;
  /** CPR registration in the municipality, which counts for quota refugees and reunified families. @example 2026-10-20 */
  @Nullable() @IsDay() registeredOn?: string | null;
  /** An earlier takeover that the person consented to. @example 2026-10-05 */
  @Nullable() @IsDay() takeoverAgreedOn?: string | null;
}

/** The asylum operator's three handover days. */
export class Handover {
  /** @example 2026-09-22 */
  @Nullable() @IsDay() earlyCvOn?: string | null;
  /** @example 2026-09-22 */
  @Nullable() @IsDay() earlyContractOn?: string | null;
  /** @example 2026-10-01 */
  @Nullable() @IsDay() on?: string | null;
}

export class Household {
  /** @example 2 */
  @Whole(1, 20) adults: number;
  /** @example 1 */
  @Whole(0, 20) children: number;
  @Nullable() @OneOf(CHILDCARE) childcare?: (typeof CHILDCARE)[number] | null;
}

export class Interpreter {
  @Flag() needed: boolean;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() language?: string | null;
}

class Person {
  /** @example Selam */
  @Line(100) givenNames: string;
  /** @example Tesfay */
  @Line(100) familyName: string;
  /** @example 1990-01-01 */
  @IsDay() bornOn: string;
  @OneOf(SEXES) sex: (typeof SEXES)[number];
  /** ISO 3166-1, or XX for stateless or unknown. @example ER */
  @Code() nationality: string;
  /** ISO 639-3. @example tir */
  @Nullable() @Code() motherTongue?: string | null;
  /** Languages besides the mother tongue, ISO 639-3. @example ["eng"] */
  @Optional() @Codes(20) languages?: string[];
  @Optional() @Nested(() => Interpreter) interpreter?: Interpreter;
  @Nullable() @Nested(() => Household) household?: Household | null;
  @Nullable() @Nested(() => Permit) permit?: Permit | null;
  @Optional() @Nested(() => Allocation) allocation?: Allocation;
  @Optional() @Nested(() => Handover) handover?: Handover;
}

const ASYLUM_PERSON_ID = () => Pattern(/^[A-Z0-9][A-Z0-9-]{2,19}$/, 'A-Z 0-9 -');
/** With a real day and month; modulus 11 is not asked for. */
const CPR = () =>
  field('cpr', (value) => typeof value === 'string' && cprDigits(value) !== null, {
    type: String,
    pattern: '^\\d{6}-?\\d{4}$',
  });

export class RegisterRefugee extends Person {
  /** Number given by the Immigration Service; it exists before a CPR number. @example "7012345" */
  @Optional() @ASYLUM_PERSON_ID() asylumPersonId?: string;
  /** @example "010190-4000" */
  @Optional() @CPR() cpr?: string;
}

/** Only what is sent changes; an object such as `permit` is replaced as a whole. */
export class ChangeRefugee extends PartialType(Person, { skipNullProperties: false }) {}

/** One number of a person: exactly one of the two. */
export class OneNumber {
  /** @example "010190-4000" */
  @Optional() @CPR() cpr?: string;
  /** @example "7012345" */
  @Optional() @ASYLUM_PERSON_ID() asylumPersonId?: string;
}

/** Not put together from its fields, because a request has only one of them. */
export const ONE_NUMBER: ApiBodyOptions = {
  type: OneNumber,
  examples: {
    cpr: { value: { cpr: '010190-4000' } },
    asylumPersonId: { value: { asylumPersonId: '7012345' } },
  },
};

export class RefugeeQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(REFUGEES)) sort?: string;
  /** Beginnings of names, accents left out. @example "sel tes" */
  @Optional() @Line(100) q?: string;
  /** Only this nationality: ISO 3166-1, or XX. @example ER */
  @Optional() @Code() nationality?: string;
  /** Only permits on this ground. */
  @Optional() @OneOf(PERMIT_BASES) permitBasis?: PermitBasis;
  /** Only cases of this unit. */
  @Optional() @IsId() unitId?: string;
}

export class IdentifierView {
  id: string;
  /** @example cpr */
  @OneOf(['asylum_person_id', 'cpr']) system: string;
  /** A CPR number is masked. @example 010190-•••• */
  value: string;
  /** Known doubts about the number, such as `modulus_11`: many valid numbers have it. @example ["modulus_11"] */
  warnings: string[];
  @Instant() validFrom: string;
  /** Null while it is the current one. */
  @Instant() validTo: string | null;
}

export class TeamMemberView {
  /** @example caseworker */
  @OneOf(TEAM_ROLES) role: string;
  staffId: string;
  /** @example "Karen Holm" */
  name: string;
  fromOn: string;
  /** The first day no longer; null while open. */
  untilOn: string | null;
}

export class RefugeeListItem {
  id: string;
  /** @example 17 */
  @Count() caseNumber: number;
  /** @example Selam */
  givenNames: string;
  /** @example Tesfay */
  familyName: string;
  /** @example ER */
  nationality: string;
  @OneOf(PERMIT_BASES) permitBasis: string | null;
  /** The day the municipality takes over; null while it is not known. @example 2026-10-05 */
  takeoverOn: string | null;
  unitId: string;
}

export class RefugeePage extends PageDto(RefugeeListItem) {}

export class FoundRefugees {
  items: RefugeeListItem[];
}

export class RefugeeView extends RefugeeListItem {
  /** @example 1 */
  @Count() version: number;
  /** @example 1990-01-01 */
  bornOn: string;
  @OneOf(SEXES) sex: string;
  /** ISO 639-3. @example tir */
  motherTongue: string | null;
  /** @example ["eng"] */
  languages: string[];
  interpreter: Interpreter;
  household: Household | null;
  permit: Permit | null;
  allocation: Allocation;
  handover: Handover;
  /** The rules of law the takeover day follows from. */
  takeoverRuleIds: string[];
  identifiers: IdentifierView[];
  team: TeamMemberView[];
}

export class RevealedCpr {
  /** @example 010190-1234 */
  cpr: string;
}
