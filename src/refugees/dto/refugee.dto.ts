import { PartialType } from '@nestjs/swagger';
import {
  Code,
  Codes,
  Flag,
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
import { PERMIT_BASES, type PermitBasis } from '../refugees.contract.js';
import { REFUGEES } from '../refugees.queries.js';

const SEXES = ['female', 'male', 'unknown'] as const;
const CHILDCARE = ['not_needed', 'needed', 'arranged'] as const;

/** Residence permit. */
export class Permit {
  @OneOf(PERMIT_BASES) basis: PermitBasis;
  @Nullable() @IsDay() grantedOn?: string | null;
  @Nullable() @IsDay() expiresOn?: string | null;
}

/** Allocation to the municipality (visitering) and takeover of responsibility. */
export class Allocation {
  /** Day of the decision. */
  @Nullable() @IsDay() decidedOn?: string | null;
  /** CPR registration in the municipality, which counts for quota refugees and reunified families. */
  @Nullable() @IsDay() registeredOn?: string | null;
  /** An earlier takeover that the person consented to. */
  @Nullable() @IsDay() takeoverAgreedOn?: string | null;
}

/** The asylum operator's three handover days. */
export class Handover {
  @Nullable() @IsDay() earlyCvOn?: string | null;
  @Nullable() @IsDay() earlyContractOn?: string | null;
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
  @Optional() @CPR() cpr?: string;
}

/** Only what is sent changes; an object such as `permit` is replaced as a whole. */
export class ChangeRefugee extends PartialType(Person, { skipNullProperties: false }) {}

/** One number of a person: exactly one of the two. */
export class OneNumber {
  @Optional() @CPR() cpr?: string;
  /** @example "7012345" */
  @Optional() @ASYLUM_PERSON_ID() asylumPersonId?: string;
}

export class RefugeeQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(REFUGEES)) sort?: string;
  /** Beginnings of names, accents left out. @example sel tes */
  @Optional() @Line(100) q?: string;
  @Optional() @Code() nationality?: string;
  @Optional() @OneOf(PERMIT_BASES) permitBasis?: PermitBasis;
  @Optional() @IsId() unitId?: string;
}

export class IdentifierView {
  id: string;
  /** @example cpr */
  system: string;
  /** A CPR number is masked. @example 010190-•••• */
  value: string;
  /** Known doubts about the number, such as `modulus_11`: many valid numbers have it. */
  warnings: string[];
  validFrom: string;
  /** Null while it is the current one. */
  validTo: string | null;
}

export class TeamMemberView {
  /** @example caseworker */
  role: string;
  staffId: string;
  name: string;
  fromOn: string;
  /** The first day no longer; null while open. */
  untilOn: string | null;
}

export class RefugeeListItem {
  id: string;
  /** @example 17 */
  caseNumber: number;
  /** @example Selam */
  givenNames: string;
  /** @example Tesfay */
  familyName: string;
  /** @example ER */
  nationality: string;
  permitBasis: string | null;
  /** The day the municipality takes over; null while it is not known. */
  takeoverOn: string | null;
  unitId: string;
}

export class RefugeePage extends PageDto(RefugeeListItem) {}

export class FoundRefugees {
  items: RefugeeListItem[];
}

export class RefugeeView extends RefugeeListItem {
  version: number;
  bornOn: string;
  sex: string;
  motherTongue: string | null;
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
