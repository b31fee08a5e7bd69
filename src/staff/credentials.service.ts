import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { hashed, isOutdated, isRight } from './password-hash.js';
import { SignInEvents, type Attempt } from './sign-in-events.service.js';
import { SignInLocks } from './sign-in-locks.service.js';
import { STRENGTHEN_HASH } from './sign-in.queries.js';
import { StaffAccount } from './staff-account.entity.js';

/** An account whose password was right, and the try in which it was; whoever acts on it notes the outcome. */
export interface Verified {
  account: StaffAccount;
  attempt: Attempt;
}

/** Finds out whether somebody knows the password of an account: behind the locks, with equal work for every e-mail. */
@Injectable()
export class Credentials {
  constructor(
    private readonly database: Database,
    private readonly locks: SignInLocks,
    private readonly events: SignInEvents,
  ) {}

  /**
   * @returns undefined, noted as refused, for an unknown e-mail, a wrong password and a closed account alike
   * @throws 429 when the e-mail or the address is locked
   */
  async verify(email: string, password: string, address: string): Promise<Verified | undefined> {
    const attempt = await this.locks.admit(email, address);
    const account = await this.database.transaction((tx) =>
      // Small letters made here, as for the lock: two spellings that the database holds equal have one lock.
      tx
        .createQueryBuilder(StaffAccount, 'a')
        .where('lower(a.email) = :email', { email: email.toLowerCase() })
        .getOne(),
    );
    const right = await isRight(account?.passwordHash, password);
    if (!account?.mayEnter() || !right) {
      await this.database.transaction((tx) =>
        this.events.note(tx, { event: 'refused', attempt, accountId: account?.id }),
      );
      return undefined;
    }
    if (isOutdated(account.passwordHash!)) await this.strengthen(account, password);
    return { account, attempt };
  }

  private async strengthen({ id, passwordHash }: StaffAccount, password: string): Promise<void> {
    await this.database.query(STRENGTHEN_HASH, [id, await hashed(password), passwordHash]);
  }
}
