import { Count, Email, OneOf, Optional, Secret } from '../../platform/http/fields.js';
import { PageDto, PageQuery, sortsOf } from '../../platform/http/paging.js';
import { SESSIONS } from '../sessions.queries.js';

export class SignIn {
  /** @example lone.job-consultant@demo.ankomst.dk */
  @Email() email: string;
  @Secret(1, 200) password: string;
}

export class Refresh {
  /** The refresh token of the last reply; each works once. */
  @Secret(1, 200) refreshToken: string;
}

export class Tokens {
  /** Send as `Authorization: Bearer …`. @example eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTkwIn0.c2lnbmF0dXJl */
  accessToken: string;
  /** Works once. @example q8Zr3vXk0n2cYw5tLbJm7A */
  refreshToken: string;
  /** Seconds the access token lives. @example 600 */
  @Count() expiresIn: number;
}

export class SessionQuery extends PageQuery {
  @Optional() @OneOf(sortsOf(SESSIONS)) sort?: string;
}

export class SessionView {
  id: string;
  startedAt: string;
  /** When it last got new tokens. */
  lastUsedAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
}

export class SessionPage extends PageDto(SessionView) {}
