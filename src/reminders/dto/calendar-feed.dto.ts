import { Instant, Line, OneOf, Optional } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { FEEDS } from '../calendar-feed.queries.js';

export class GiveFeed {
  /** Which device or program it is for. @example "Min telefon" */
  @Optional() @Line(100) name?: string;
}

export class GivenFeed {
  id: string;
  /** For a calendar program; whoever has it reads the calendar, and it is shown this once. @example "https://ankomst.example.dk/api/v1/calendar/q8Zr3vXk0n2cYw5tLbJm7A.ics" */
  url: string;
}

export class FeedPath {
  /** What the address of the calendar was given with. @example q8Zr3vXk0n2cYw5tLbJm7A */
  @Line(200) token: string;
}

export class FeedQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(FEEDS)) sort?: string;
}

export class FeedView {
  id: string;
  /** @example "Min telefon" */
  name: string | null;
  createdAt: string;
  /** To the hour. @example 2027-02-01T08:30:00.000Z */
  @Instant() lastUsedAt: string | null;
  /** @example null */
  @Instant() revokedAt: string | null;
}

export class FeedPage extends PageDto(FeedView) {}
