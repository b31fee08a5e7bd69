import { Count, FlagInQuery, Instant, IsDay, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { RuleView } from '../../legislation/dto/rule.dto.js';
import { FOLLOW_UPS } from '../reminders.queries.js';

export class FollowUpQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(FOLLOW_UPS)) sort?: string;
}

export class MyDayQuery extends PageQuery {
  /** What I have put off until later, instead of what needs me now. @example false */
  @Optional() @FlagInQuery() snoozed?: boolean;
}

export class FollowUpSubject {
  /** @example case */
  type: string;
  id: string;
}

export class FollowUpPerson {
  id: string;
  /** @example "Selam Tesfay" */
  name: string;
}

export class FollowUpAct {
  /** @example POST */
  @OneOf(['POST', 'PUT', 'PATCH', 'DELETE']) method: string;
  /** @example /api/v1/refugees/0190f9a0-0000-7000-8000-000000000000/contracts */
  href: string;
}

/** The unit's own practice that asks for a follow-up. */
export class FollowUpPractice {
  ruleId: string;
  versionId: string;
  /** Which version of the rule, from 1. @example 2 */
  @Count() number: number;
}

export class FollowUpView {
  id: string;
  /** @example contract */
  key: string;
  /** Which one of several of the key: the second of four talks. @example 1 */
  @Count() occurrence: number;
  /** What is to be done, in the language of the reader. @example "Integration contract" */
  title: string;
  subject: FollowUpSubject;
  refugee: FollowUpPerson | null;
  @OneOf(['open', 'done', 'superseded', 'cancelled', 'dismissed']) state: string;
  /** Why it is there, in the language of the reader. @example "The municipality took over on 2027-02-01." */
  reason: string;
  /** The rows of law and practice its days follow from. */
  rules: RuleView[];
  /** Null where the law asks for it. */
  practice: FollowUpPractice | null;
  /** What is taken for granted while a fact is not known, as a code. @example ["visitation_is_takeover"] */
  assumed: string[];
  /** Its time stands still, and nobody is reminded of it. @example false */
  suspended: boolean;
  /** Put off until this day. @example 2027-02-24 */
  snoozedUntil: string | null;
  /** The day on which somebody else is told, if you do not read the reminder. @example 2027-02-18 */
  escalatesOn: string | null;
  /** @example 2027-02-01 */
  earliestOn: string;
  /** @example 2027-02-15 */
  targetOn: string;
  /** The legal day. @example 2027-03-01 */
  latestOn: string;
  /** The last working day on or before it. @example 2027-03-01 */
  @IsDay() actBy: string;
  /** What happens when nobody acts, in the language of the reader. @example "The leader of the unit is told." */
  ifNothing: string;
  /** Where the fact that ends it is recorded. */
  act: FollowUpAct;
}

export class MyDayPage extends PageDto(FollowUpView) {}

/** What moved a follow-up or ended it. */
export class FollowUpCause {
  /** The fact. @example spell.recorded */
  fact: string;
  /** What the fact is about. */
  subject: FollowUpSubject | null;
}

export class FollowUpMove {
  @Instant() at: string;
  because: FollowUpCause;
  /** @example 2027-02-15 */
  fromTargetOn: string;
  /** @example 2027-03-01 */
  fromLatestOn: string;
  /** @example 2027-03-15 */
  toTargetOn: string;
  /** @example 2027-04-01 */
  toLatestOn: string;
}

export class PastFollowUpView extends FollowUpView {
  plannedAt: string;
  /** Null while neither the role nor the lead of the unit is filled. */
  ownerId: string | null;
  endedAt: string | null;
  /** The fact that ended it. @example contract.signed */
  endedBecause: string | null;
  /** What that fact is about. */
  endedBy: FollowUpSubject | null;
  /** The rules of the duty that took its place. */
  endedByRules: RuleView[];
  /** The follow-up that took its place. @example 0190f9a0-0000-7000-8000-000000000000 */
  supersededBy: string | null;
  /** How its days moved, and what moved them. */
  moves: FollowUpMove[];
}

export class FollowUpPage extends PageDto(PastFollowUpView) {}
