import { Count, Instant, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { READ_ALERTS } from '../read-alerts.queries.js';

export class ReadAlertQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(READ_ALERTS)) sort?: string;
}

export class ReadAlertView {
  id: string;
  accountId: string;
  /** @example "Karen Holm" */
  name: string;
  unitId: string;
  /** When the hour began. @example 2027-02-01T09:00:00.000Z */
  @Instant() hour: string;
  /** How many different people the account had read when the alert was raised. @example 312 */
  @Count() persons: number;
}

export class ReadAlertPage extends PageDto(ReadAlertView) {}
