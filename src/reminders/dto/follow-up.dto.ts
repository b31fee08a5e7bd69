import { IsDay, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { RuleView } from '../../legislation/dto/rule.dto.js';
import { FOLLOW_UPS } from '../reminders.queries.js';

export class FollowUpQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(FOLLOW_UPS)) sort?: string;
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

export class FollowUpView {
  id: string;
  /** @example contract */
  key: string;
  subject: FollowUpSubject;
  refugee: FollowUpPerson | null;
  @OneOf(['open', 'done', 'superseded', 'cancelled']) state: string;
  /** Why it is there, in the language of the reader. @example "The municipality took over on 2027-02-01." */
  reason: string;
  /** The rows of law and practice its days follow from. */
  rules: RuleView[];
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

export class PastFollowUpView extends FollowUpView {
  /** Null while neither the role nor the lead of the unit is filled. */
  ownerId: string | null;
  endedAt: string | null;
  /** The fact that ended it. @example contract.signed */
  endedBecause: string | null;
}

export class FollowUpPage extends PageDto(PastFollowUpView) {}
