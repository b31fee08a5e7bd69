import { Email, Secret } from '../../platform/http/fields.js';

/** Characters of a password. */
const MIN = 12;
const MAX = 200;

export class AskForReset {
  /** @example karen.caseworker@demo.ankomst.dk */
  @Email() email: string;
}

export class SetPassword {
  /** From the link of an invitation or a reset; works once. @example q8Zr3vXk0n2cYw5tLbJm7Ad1eF6gH9iK4oPsTuVxWyz */
  @Secret(1, 200) token: string;
  @Secret(MIN, MAX) password: string;
}

export class ChangePassword {
  @Secret(1, MAX) currentPassword: string;
  /** @example "another long password" */
  @Secret(MIN, MAX) newPassword: string;
}
