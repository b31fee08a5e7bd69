import {
  Code,
  Count,
  Flag,
  IsDay,
  IsId,
  Line,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Text,
  Whole,
} from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { TEAM_ROLES } from '../../staff/staff.contract.js';
import { RULES, type PracticeState } from '../practice-rules.queries.js';
import { DUE_UNITS, type PracticeTerms } from '../practice.rules.js';
import type { DutyRole } from '../reminders.contract.js';

const DUTY_ROLES = [...TEAM_ROLES, 'team_leader'] as const;

/** What is to be done, in both languages; no personal data: it is sent in mails and shown in calendars. */
export class PracticeTitle {
  /** @example "Ring til virksomheden" */
  @Line(200) da: string;
  /** @example "Call the company" */
  @Line(200) en: string;
}

/** Why, in both languages; no personal data: it is sent in mails. */
export class PracticeReason {
  /** @example "Vi ringer tre uger efter, at arbejdet begyndte." */
  @Text(500) da: string;
  /** @example "We call three weeks after the work began." */
  @Text(500) en: string;
}

/** How long after the landmark. */
export class PracticeDue {
  /** @example 3 */
  @Whole(1, 520) count: number;
  /** Months are clipped to their end. @example weeks */
  @OneOf(DUE_UNITS) unit: PracticeTerms['due']['unit'];
}

/** A rule of practice for a unit you lead, as the draft of its first version. */
export class DraftPracticeRule {
  @IsId() unitId: string;
  @Nested(() => PracticeTitle) title: PracticeTitle;
  @Nested(() => PracticeReason) reason: PracticeReason;
  /** Whose work it is. @example caseworker */
  @OneOf(DUTY_ROLES) role: DutyRole;
  /** The landmark it counts from: see the landmarks. @example work.began */
  @Code() after: string;
  /** What must be so for it to be asked: see the landmarks; without it, nothing. @example in_work */
  @Nullable() @Code() whileIn?: string | null;
  /** The latest day, counted from the landmark. */
  @Nested(() => PracticeDue) due: PracticeDue;
  /** Days before the latest day that the target lies, moved back to a working day. @example 7 */
  @Whole(0, 366) targetBefore: number;
  /** Counted again from each time it was done. @example false */
  @Flag() repeats: boolean;
  /** The landmark whose recording ends it. @example talk.held */
  @Code() doneBy: string;
  /** Landmarks before this day ask for nothing. @example 2027-01-01 */
  @IsDay() appliesFrom: string;
}

/** What is left out stays as it is. */
export class ChangePracticeVersion {
  @Optional() @Nested(() => PracticeTitle) title?: PracticeTitle;
  @Optional() @Nested(() => PracticeReason) reason?: PracticeReason;
  /** Whose work it is. @example caseworker */
  @Optional() @OneOf(DUTY_ROLES) role?: DutyRole;
  /** The landmark it counts from. @example work.began */
  @Optional() @Code() after?: string;
  /** What must be so for it to be asked; null: nothing. @example in_work */
  @Nullable() @Code() whileIn?: string | null;
  /** The latest day, counted from the landmark. */
  @Optional() @Nested(() => PracticeDue) due?: PracticeDue;
  /** Days before the latest day that the target lies. @example 7 */
  @Optional() @Whole(0, 366) targetBefore?: number;
  /** Counted again from each time it was done. @example false */
  @Optional() @Flag() repeats?: boolean;
  /** The landmark whose recording ends it. @example talk.held */
  @Optional() @Code() doneBy?: string;
  /** Landmarks before this day ask for nothing. @example 2027-01-01 */
  @Optional() @IsDay() appliesFrom?: string;
}

export class PracticeRuleQuery extends PageQuery {
  /** Only those of one unit. */
  @Optional() @IsId() unitId?: string;
  @Optional() @OneOf(sortsOf(RULES)) sort?: string;
}

export class PracticeVersionView {
  id: string;
  /** @example 1 */
  @Count() version: number;
  ruleId: string;
  unitId: string;
  /** Which version of the rule, from 1. @example 2 */
  @Whole(1, 2_147_483_647) number: number;
  /** A draft can be changed; one that is on asks for follow-ups; the others were on. */
  @OneOf(['draft', 'on', 'replaced', 'off']) state: PracticeState;
  title: PracticeTitle;
  reason: PracticeReason;
  /** @example caseworker */
  @OneOf(DUTY_ROLES) role: DutyRole;
  /** @example work.began */
  after: string;
  /** @example in_work */
  whileIn: string | null;
  due: PracticeDue;
  /** @example 7 */
  @Whole(0, 366) targetBefore: number;
  /** @example false */
  repeats: boolean;
  /** @example talk.held */
  doneBy: string;
  /** @example 2027-01-01 */
  @IsDay() appliesFrom: string;
  draftedAt: string;
  switchedOnAt: string | null;
  /** When it was replaced or switched off. */
  endedAt: string | null;
}

export class PracticeRuleView {
  id: string;
  unitId: string;
  /** The newest first. */
  versions: PracticeVersionView[];
}

export class PracticeRulePage extends PageDto(PracticeRuleView) {}

export class Landmark {
  /** @example contract.signed */
  name: string;
  /** In the language of the reader. @example "the contract was signed" */
  words: string;
}

/** What practice may rest on. */
export class LandmarksView {
  after: Landmark[];
  whileIn: Landmark[];
  doneBy: Landmark[];
}
