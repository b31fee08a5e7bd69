import { Email, Secret } from '../../platform/http/fields.js';

export class SignIn {
  /** @example lone.jobkonsulent@demo.ankomst.dk */
  @Email() email: string;
  @Secret(1, 200) password: string;
}

export class Refresh {
  /** The refresh token of the last reply; each works once. */
  @Secret(1, 200) refreshToken: string;
}

export class Tokens {
  /** Send as `Authorization: Bearer …`. */
  accessToken: string;
  refreshToken: string;
  /**
   * Seconds the access token lives.
   * @example 600
   */
  expiresIn: number;
}
