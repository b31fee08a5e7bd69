import {
  Code,
  Count,
  IsDay,
  ListOf,
  Nullable,
  OneOf,
  Optional,
  Text,
  Whole,
} from '../../platform/http/fields.js';
import {
  ACTIVITY_KINDS,
  GOAL_KINDS,
  PARTIES,
  type Activity,
  type ContractState,
  type Goal,
} from '../contracts.contract.js';

export class ContractGoal {
  /** @example employment */
  @OneOf(GOAL_KINDS) kind: Goal['kind'];
  /** @example "Work as a cook within a year" */
  @Text(2000) description: string;
  /** ISCO-08 group of any level. @example "5120" */
  @Nullable() @Code() occupation?: string | null;
}

export class ContractActivity {
  /** @example internship */
  @OneOf(ACTIVITY_KINDS) kind: Activity['kind'];
  /** @example "Internship in a canteen" */
  @Text(2000) description: string;
  /** First day. @example 2027-03-01 */
  @Nullable() @IsDay() fromOn?: string | null;
  /** Last day, included. @example 2027-05-31 */
  @Nullable() @IsDay() untilOn?: string | null;
  /** @example 20 */
  @Nullable() @Whole(1, 48) hoursPerWeek?: number | null;
}

export class DraftContract {
  /** What the person is heading for. */
  @ListOf(() => ContractGoal, 10, 1) goals: ContractGoal[];
  /** What leads there. */
  @ListOf(() => ContractActivity, 20) activities: ContractActivity[];
}

/** A list that is left out stays as it is. */
export class ChangeContract {
  @Optional() @ListOf(() => ContractGoal, 10, 1) goals?: ContractGoal[];
  @Optional() @ListOf(() => ContractActivity, 20) activities?: ContractActivity[];
}

export class SignContract {
  /** Who has signed. @example both */
  @OneOf([...PARTIES, 'both']) by: (typeof PARTIES)[number] | 'both';
  /** The day they did; today when left out. @example 2026-11-16 */
  @Optional() @IsDay() signedOn?: string;
  /** The day the person signed the declaration of stay and self-support, which goes with the person's signature. @example 2026-11-16 */
  @Optional() @IsDay() declarationSignedOn?: string;
}

export class ContractView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  refugeeId: string;
  /** `in_force` is the one signed last, `replaced` each before it. @example in_force */
  state: ContractState;
  /** The contract this one revises. */
  revisesId: string | null;
  /** The contract that revises this one, signed or not. */
  revisionId: string | null;
  goals: ContractGoal[];
  activities: ContractActivity[];
  draftedAt: string;
  /** @example 2026-11-13 */
  personSignedOn: string | null;
  /** @example 2026-11-13 */
  declarationSignedOn: string | null;
  /** @example 2026-11-16 */
  municipalitySignedOn: string | null;
  /** The day both had signed; null while it is a draft. @example 2026-11-16 */
  signedOn: string | null;
}

export class Contracts {
  /** Newest first. */
  items: ContractView[];
}
