import { IsId, OneOf, Optional, Whole } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { GRANTS } from '../access-grants.queries.js';
import { ActorView } from './case.dto.js';

export class GrantSight {
  @IsId() staffId: string;
  /** How long the colleague may read the case, from now; a grant that runs longer is not shortened. @example 7 */
  @Whole(1, 90) days: number;
}

export class GrantQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(GRANTS)) sort?: string;
}

export class GrantView {
  id: string;
  refugeeId: string;
  staffId: string;
  /** @example "Karen Holm" */
  name: string;
  grantedBy: ActorView;
  fromAt: string;
  untilAt: string;
  /** Whether the colleague may read the case now. */
  running: boolean;
}

export class GrantPage extends PageDto(GrantView) {}
